from pathlib import Path

import pytest

from indexer.extract.pdf.reader import read_pages
from tests.browser.conftest import Visit
from tests.support.portal import Portal
from tests.support.steps import HOSTILE
from tests.support.tiers import TIERS, Tier

DIALOG = '<div id="dialog" role="dialog" aria-label="x"><a href="#x">Cerrar</a>{0}</div>'
HEADS = pytest.mark.parametrize("head", ["", HOSTILE], ids=["plain", "hostile"])
TRAPS = pytest.mark.parametrize("trap", ["trap", "narrow-trap"])


def trapped(trap: str) -> str:
    return HOSTILE + f'<script src="/{trap}.js"></script>'


def close(text: str) -> str:
    """A text without spaces and capitals, as lines and style sheets change them."""
    return "".join(text.split()).casefold()


@pytest.fixture(params=TIERS)
def tier(request: pytest.FixtureRequest, visit: Visit, portal: Portal) -> Tier:
    return Tier(request.param, visit().page, portal)


@TRAPS
def test_in_a_dialog_that_traps_the_focus_one_searches_and_follows_a_result_by_keyboard(tier: Tier, trap: str) -> None:
    tier.put(trapped(trap), DIALOG)
    tier.page.locator("#dialog > a").focus()
    tier.press_until("Tab", "q")
    tier.page.keyboard.type("evidencia")
    tier.page.keyboard.press("Enter")
    tier.wait()
    tier.press_until("Tab", "Recomendación 2")
    tier.page.keyboard.press("Enter")
    tier.page.wait_for_url(f"{tier.portal.search}/item/**")


@TRAPS
@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
def test_in_a_dialog_that_traps_the_focus_one_goes_round_and_never_out(tier: Tier, trap: str, key: str) -> None:
    tier.put(trapped(trap), DIALOG)
    tier.page.locator("#dialog > a").focus()
    for _ in range(2):
        tier.press_until(key, "q")
        tier.press_until(key, "Cerrar")


@TRAPS
def test_a_dialog_beside_it_keeps_the_focus_and_when_it_closes_one_searches(tier: Tier, trap: str) -> None:
    tier.put(trapped(trap), "{0}" + DIALOG.format(""))
    tier.page.locator("#dialog > a").focus()
    tier.field.click()
    if tier.name != "frame":  # what happens in a frame is not told to the page around it
        assert tier.focused == "Cerrar"
    tier.page.evaluate("dialog().remove()")
    tier.search("evidencia")


@HEADS
def test_paper_has_each_result_to_its_end_and_nothing_to_click(tier: Tier, head: str, tmp_path: Path) -> None:
    tier.choices["size"] = "8"
    tier.put(head + '<link rel="stylesheet" href="/paper.css">')
    tier.search("evidencia")
    results = [close(each) for each in tier.results]
    tier.page.pdf(path=tmp_path / "sheets.pdf", format="A4")
    lines = [close(line.text) for page in read_pages(tmp_path / "sheets.pdf") for line in page.lines]
    printed = "".join(lines)
    assert len(results) > 7
    assert [each for each in results if each not in printed] == []
    assert "muestra" in printed
    assert not [clicked for clicked in ("Siguiente", "Para citar", "Todos los resultados") if close(clicked) in printed]
    headings = 0 if tier.name == "form" else 1  # the portal's own says what the button does
    assert sum(line.removeprefix("evidencia") == "buscar" for line in lines) == headings


@HEADS
def test_the_page_around_it_stays_as_it_is(tier: Tier, head: str) -> None:
    parts = ("h1", "h2", "#above", "#below")
    tier.page.goto(tier.portal.put("", head))
    before = [tier.page.locator(each).screenshot() for each in parts]
    tier.put(head)
    assert [tier.page.locator(each).screenshot() for each in parts] == before
    if tier.name != "form":
        tier.search("evidencia")
        # What stands below may now begin between two pixels, where letters are drawn otherwise.
        assert [tier.page.locator(each).screenshot() for each in parts[:3]] == before[:3]


def test_it_keeps_within_a_narrow_column(tier: Tier) -> None:
    tier.page.set_viewport_size({"width": 320, "height": 800})
    tier.put(around='<div id="column">{0}</div>')
    column = tier.page.locator("#column")
    assert column.evaluate("each => each.scrollWidth - each.clientWidth") == 0
    if tier.name != "form":
        tier.search("evidencia")
        assert column.evaluate("each => each.scrollWidth - each.clientWidth") == 0


def test_an_element_that_is_moved_still_gives_way_to_the_plain_form(visit: Visit, portal: Portal) -> None:
    page = visit().page
    page.goto(portal.put(DIALOG.format(portal.snippet(tier="element")), trapped("narrow-trap")))
    page.evaluate("dialog().append(document.querySelector('recommendation-search'))")
    page.locator("#q").click()
    assert page.evaluate("document.activeElement === document.querySelector('recommendation-search [name=q]')")
    page.keyboard.type("evidencia")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{portal.search}/search?*")
