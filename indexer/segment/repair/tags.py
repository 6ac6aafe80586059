"""Tags: the structure of a file, believed where it agrees with the pages, or else taken off."""

# ARCHITECTURE.md: Tags are believed for a whole document or not at all.

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.model import Caution, Element, Line, Page, message

_NEARLY_ALL = 0.9
"""Share of the letters of a document that stand in structure elements, at least. Of 37 files 36 have more."""

_OUT_OF_ORDER = 0.2
"""Share of the elements that come earlier in the tree than on the page, at most: up to 0.12 where boxes stand beside
the text.
"""

_BROKEN = 0.15
"""Share of the elements that begin within a sentence, at most: up to 0.07 in files that are well tagged. Some programs
make a paragraph of each line.
"""

_MARGIN = 0.12
"""Share of a page's height at either end in which lines without tags are running lines."""

_UNFINISHED = re.compile(r"[\w,\u00ad-]$")
"""Ends of lines after which a sentence goes on where the next begins with a small letter."""

_APART = frozenset(("Note", "TOC", "Table"))
"""Roles of what stands elsewhere on the page than in the tree, or in an order of its own."""


def settle_tags(pages: Sequence[Page]) -> list[Page]:
    """The pages of a document, without tags where these cannot be believed.

    They are believed where nearly all letters have some, in the order of the page, and paragraphs are no mere lines.
    Then lines at the edges of later pages that have none are running lines, and set aside. Else the first page gets a
    caution.
    """
    if not any(page.structure for page in pages):
        return list(pages)
    measures = _Measures.of(pages)
    if measures.tagged < _NEARLY_ALL * measures.letters:
        why = message("tags-incomplete", round(100 * measures.tagged / max(measures.letters, 1)))
    elif measures.back > _OUT_OF_ORDER * measures.blocks:
        why = message("tags-out-of-order")
    elif measures.broken > _BROKEN * measures.blocks:
        why = message("tags-of-lines")
    else:
        return [_set_untagged_aside(page) if page.number > 1 else page for page in pages]
    bare = [replace(page, lines=tuple(map(_without_tags, page.lines)), structure=()) for page in pages]
    caution = Caution(message("tags-not-believed", why))
    return [replace(bare[0], warnings=(*bare[0].warnings, caution)), *bare[1:]]


def _set_untagged_aside(page: Page) -> Page:
    """A page without untagged lines at its edges, if nearly all of it is tagged."""
    tagged = [line for line in page.lines if any(number for _, number in line.elements)]
    if not tagged or sum(map(_letters, tagged)) < _NEARLY_ALL * sum(map(_letters, page.lines)):
        return page
    margin = _MARGIN * page.height
    top = min(margin, *(line.box.top for line in tagged))
    bottom = max(page.height - margin, *(line.box.bottom for line in tagged))
    # By identity: two lines of a page may be equal.
    aside = {id(line) for line in page.lines if line.box.bottom <= top or line.box.top >= bottom}
    return replace(
        page,
        lines=tuple(line for line in page.lines if id(line) not in aside),
        set_aside=(*page.set_aside, *(line for line in page.lines if id(line) in aside)),
    )


def _letters(line: Line) -> int:
    return sum(map(str.isalnum, line.text))


def _without_tags(line: Line) -> Line:
    return replace(line, elements=()) if line.elements else line


@dataclass(frozen=True, slots=True)
class _Measures:
    """Measures of how tags agree with pages.

    Attributes:
        letters: the letters of the document, ``tagged`` those with tags.
        tagged: as above.
        blocks: the times that another element begins or goes on.
        back: those times at which it is one from earlier in the tree.
        broken: those at which it begins within a sentence.
    """

    letters: int
    tagged: int
    blocks: int
    back: int
    broken: int

    @classmethod
    def of(cls, pages: Sequence[Page]) -> "_Measures":
        """Measure the tags of a document."""
        letters = tagged = blocks = back = broken = 0
        last, above = 0, ""
        for line, element, apart in _lines(pages):
            count = _letters(line)
            letters += count
            tagged += count if element else 0
            if element and element != last and not apart:
                blocks += 1
                back += element < last
                broken += line.text[:1].islower() and bool(_UNFINISHED.search(above))
            if not apart:
                last, above = element or last, line.text
        return cls(letters, tagged, blocks, back, broken)


def _lines(pages: Sequence[Page]) -> Iterator[tuple[Line, int, bool]]:
    """The lines of a document with the element of each, 0 for none; and whether it stands apart from the text."""
    elements = {element.number: element for page in pages for element in page.structure}
    for page in pages:
        for line in page.lines:
            number = next((number for _, number in line.elements[::-1] if number in elements), 0)
            yield line, number, _is_apart(number, elements)


def _is_apart(number: int, elements: dict[int, Element]) -> bool:
    while number in elements:
        if elements[number].role in _APART:
            return True
        # Elements stand after those around them, so that no chain is a circle.
        number = elements[number].within if elements[number].within < number else 0
    return False
