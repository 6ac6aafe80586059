"""Running headers, footers and page marks, recognised by where they stand and that they recur.

Rows are set aside from the edge of a page inwards only, and no further than the first row that neither recurs at its
height on other pages nor is a page mark. So a line of the text is in no danger however often it recurs.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from indexer.model import Line, Page

_ROWS = 5
"""No more rows than these are taken from an edge."""

_NEAR = 4.0
"""Points within which the heights of a running line agree from page to page."""

_SHARE = 0.2
"""The share of the pages on which a running line recurs; two pages at least."""

_MARGIN = 0.2
"""The share of the page's height at either end in which running lines stand."""

_MARK = re.compile(
    r"(?P<said>(?:page|página|pagina|pág\.|pag\.|p\.)\s*)?(?P<left>[-–—\[|]\s*)?(?P<number>\d{1,4}|[ivxl]{1,6})"
    r"(?P<right>\s*[-–—\]|])?(?:\s*(?:/|of|de|sur)\s*\d{1,4})?",
    re.IGNORECASE,
)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}

EdgeRows = list[tuple[Line, ...]]


def set_aside(pages: Sequence[Page]) -> Iterator[Page]:
    """The pages with their running lines and page marks moved from ``lines`` to ``set_aside``."""
    edges = [(_edge(page, top=True), _edge(page, top=False)) for page in pages]
    recurring = _recurring(pages, edges)
    offsets = _offsets(pages, edges)
    head = _head(pages)
    for page, both in zip(pages, edges, strict=True):
        running = {id(line) for rows in both for line in _running(page, rows, recurring, offsets)}
        if page.number > 1:
            running |= {id(line) for line in _repeated_head(page, both[0], head)}
        yield replace(
            page,
            lines=tuple(line for line in page.lines if id(line) not in running),
            set_aside=page.set_aside + tuple(line for line in page.lines if id(line) in running),
        )


def _edge(page: Page, *, top: bool) -> EdgeRows:
    """The outermost rows of a page's margin, from its edge inwards."""
    limit = page.height * _MARGIN
    near = [line for line in page.lines if (line.box.bottom <= limit if top else line.box.top >= page.height - limit)]
    rows: list[list[Line]] = []
    for line in sorted(near, key=lambda line: _height(line), reverse=not top):
        if rows and abs(_height(rows[-1][0]) - _height(line)) < line.size / 2:
            rows[-1].append(line)
        elif len(rows) == _ROWS:
            break
        else:
            rows.append([line])
    return [tuple(row) for row in rows]


def _height(line: Line) -> float:
    return (line.box.top + line.box.bottom) / 2


def _faces(page: Page, line: Line) -> tuple[str, str]:
    """What can recur of a line: its text, and its text with the numbers counted from the page's own number."""
    text = " ".join(line.text.split()).casefold()
    return text, re.sub(r"\d+", lambda digits: f"#{int(digits[0]) - page.number}", text)


def _distance(page: Page, line: Line) -> float:
    """The distance of a line from the nearer edge of the page, negative from the bottom edge."""
    height = _height(line)
    return height if height < page.height / 2 else height - page.height


def _recurring(pages: Sequence[Page], edges: Sequence[tuple[EdgeRows, EdgeRows]]) -> dict[str, list[float]]:
    """The heights at which a text recurs on enough pages."""
    heights: dict[str, list[float]] = {}
    for page, both in zip(pages, edges, strict=True):
        for text, height in {(face, _distance(page, line)) for line in _lines(both) for face in _faces(page, line)}:
            heights.setdefault(text, []).append(height)
    enough = max(2, len(pages) * _SHARE)
    return {
        text: agreed
        for text, found in heights.items()
        if (agreed := [one for one in found if sum(abs(one - other) <= _NEAR for other in found) >= enough])
    }


def _offsets(pages: Sequence[Page], edges: Sequence[tuple[EdgeRows, EdgeRows]]) -> set[int]:
    """The differences between printed and counted page numbers that hold on two pages or more."""
    seen: Counter[int] = Counter()
    for page, both in zip(pages, edges, strict=True):
        marks = [_mark(line.text) for line in _lines(both)]
        seen.update({number - page.number for number in marks if number is not None})
    return {offset for offset, count in seen.items() if count > 1}


def _lines(both: Iterable[EdgeRows]) -> Iterator[Line]:
    return (line for rows in both for row in rows for line in row)


def _mark(text: str) -> int | None:
    """The number of a page mark: ``- 51 -``, ``Page 17``, ``3 / 10``, ``iv``; None for anything else."""
    match = _MARK.fullmatch(text.strip())
    if not match:
        return None
    digits = match["number"]
    if digits.isdigit():
        return int(digits)
    values = [_ROMAN[letter] for letter in digits.lower()]
    return sum(-one if one < after else one for one, after in pairwise([*values, 0]))


def _says_page(text: str) -> bool:
    """Whether a page mark needs no other page to be known for one: ``- 51 -``, ``Page 17``."""
    match = _MARK.fullmatch(text.strip())
    return bool(match and match["number"].isdigit() and (match["said"] or (match["left"] and match["right"])))


def _running(page: Page, rows: EdgeRows, recurring: dict[str, list[float]], offsets: set[int]) -> Iterator[Line]:
    def runs(line: Line) -> bool:
        height = _distance(page, line)
        if any(abs(height - other) <= _NEAR for face in _faces(page, line) for other in recurring.get(face, ())):
            return True
        number = _mark(line.text)
        return number is not None and (
            number - page.number in offsets or _says_page(line.text) or (number == page.number and _lonely(page, line))
        )

    for row in rows:
        if not all(runs(line) for line in row):
            return
        yield from row


def _head(pages: Sequence[Page]) -> frozenset[str]:
    """The words of the first page's upper third: what a document says of itself."""
    lines = [line for page in pages[:1] for line in page.lines if line.box.bottom < page.height / 3]
    return frozenset(word for line in lines for word in _words(line.text))


def _repeated_head(page: Page, rows: EdgeRows, head: frozenset[str]) -> tuple[Line, ...]:
    """The first row of a later page where it says nothing that the document's head does not say, and stands apart:
    a running header that recurs on too few pages to be known by that.
    """
    if not rows or not all(head.issuperset(_words(line.text)) for line in rows[0]):
        return ()
    bottom = max(line.box.bottom for line in rows[0])
    below = [line.box.top - bottom for line in page.lines if not any(line is own for own in rows[0])]
    apart = not below or min(gap for gap in below) > max(line.size for line in rows[0])
    return rows[0] if apart else ()


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _lonely(page: Page, line: Line) -> bool:
    """Whether a line stands well apart from the next one: further than three lines of the page are from each other."""
    others = [other for other in page.lines if other is not line]
    gaps = [max(other.box.top - line.box.bottom, line.box.top - other.box.bottom) for other in others]
    return not gaps or min(gaps) > 2 * median(other.size for other in others)
