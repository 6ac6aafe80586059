import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.extract.pdf.reader import read_pages
from tests.browser.test_tiers import DIALOG, trapped
from tests.conftest import OPTIONAL
from tests.support.firefox import ENTER, TAB, Firefox, running
from tests.support.portal import Portal
from tests.support.steps import FIELD, HOSTILE

ELEMENT = "recommendation-search"
ROOT = f"document.querySelector('{ELEMENT}').shadowRoot"
PLACES = "['#above', '#below'].map(each => JSON.stringify(document.querySelector(each).getBoundingClientRect()))"
HEADS = pytest.mark.parametrize("head", ["", HOSTILE], ids=["plain", "hostile"])


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if program is None:
        pytest.skip(OPTIONAL + "Firefox is not installed")
    with running(program, tmp_path_factory.mktemp("firefox")) as started:
        yield started


@HEADS
def test_the_element_searches_and_moves_nothing(firefox: Firefox, portal: Portal, head: str) -> None:
    content = portal.snippet(tier="element", size="3", body="sample")
    firefox.go(portal.put(content[: content.index("<script")], head))
    before = firefox.see(PLACES)
    firefox.go(portal.put(content, head))
    firefox.until(f"!!{ROOT}")
    assert firefox.see(PLACES) == before
    firefox.type("evidencia 24/7" + ENTER, "#q", ELEMENT)
    firefox.until(f"{ROOT}.querySelector('.rs-count').textContent")
    assert firefox.see(f"{ROOT}.querySelector('#q').value") == "evidencia 24/7"
    firefox.see(f"{ROOT}.querySelector('#q').value = ''")
    firefox.type("evidencia" + ENTER, "#q", ELEMENT)
    firefox.until(f"{ROOT}.querySelector('.rs-count').textContent === '9 resultados, 1–3'")
    firefox.click(".rs-step", ELEMENT)
    firefox.until(f"{ROOT}.querySelector('.rs-count').textContent === '9 resultados, 4–6'")
    firefox.until(f"{ROOT}.activeElement?.getAttribute('role') === 'status'")
    firefox.click(".rs-title a", ELEMENT)
    firefox.until("location.pathname.startsWith('/item/')")


@HEADS
def test_the_frame_is_as_high_as_what_it_shows(firefox: Firefox, portal: Portal, head: str) -> None:
    firefox.go(portal.put(portal.snippet(tier="frame", size="3", body="sample"), head))
    firefox.enter_frame("iframe")
    firefox.until(f"document.querySelector('{FIELD}')")
    firefox.type("evidencia" + ENTER, FIELD)
    firefox.until("document.querySelectorAll('.rs-hit').length === 3")
    height = firefox.see("document.body.getBoundingClientRect().height")
    firefox.leave_frame()
    firefox.until(f"Math.abs(document.querySelector('iframe').clientHeight - {height}) < 4")


@HEADS
def test_paper_has_a_frame_to_its_end(firefox: Firefox, portal: Portal, head: str, tmp_path: Path) -> None:
    firefox.go(portal.put(portal.snippet(tier="frame", size="8", body="sample"), head))
    firefox.enter_frame("iframe")
    firefox.until(f"document.querySelector('{FIELD}')")
    firefox.type("evidencia" + ENTER, FIELD)
    firefox.until("document.querySelectorAll('.rs-hit').length === 8")
    height = firefox.see("document.body.getBoundingClientRect().height")
    firefox.leave_frame()
    firefox.until(f"Math.abs(document.querySelector('iframe').clientHeight - {height}) < 4")
    sheets = tmp_path / "sheets.pdf"
    sheets.write_bytes(firefox.print())
    printed = " ".join(line.text for page in read_pages(sheets) for line in page.lines)
    assert [each for each in ("II/2", "VIII/2", "Qué falta") if each not in printed] == []


@pytest.mark.parametrize("trap", ["trap", "narrow-trap"])
@pytest.mark.parametrize("tier", ["element", "frame"])
def test_a_dialog_that_traps_the_focus_lets_one_into_it(firefox: Firefox, portal: Portal, tier: str, trap: str) -> None:
    content = DIALOG.format(portal.snippet(tier=tier, results="site"))
    firefox.go(portal.put(content, trapped(trap)))
    firefox.until(f"!!{ROOT}" if tier == "element" else "!!document.querySelector('iframe').style.blockSize")
    firefox.see("document.querySelector('#dialog > a').focus()")
    firefox.press(TAB)
    for sign in "evidencia":
        firefox.press(sign)
    firefox.press(ENTER)
    firefox.until("location.pathname === '/search'")
    assert firefox.see("document.querySelector('#q').value") == "evidencia"


@HEADS
def test_form_and_fragment_are_understood_from_a_page_in_windows_1252(
    firefox: Firefox, portal: Portal, head: str
) -> None:
    firefox.go(portal.put(portal.include("ui=es&size=3"), head))
    firefox.type("evidencia electrónica", FIELD)
    firefox.click("button")
    firefox.until("document.querySelectorAll('.rs-hit').length === 3")
    assert firefox.see(f"document.querySelector('{FIELD}').value") == "evidencia electrónica"
    firefox.go(portal.put(portal.snippet(tier="form"), head))
    firefox.type("evidencia electrónica", FIELD)
    firefox.click("button")
    firefox.until("document.querySelectorAll('article').length === 9")
