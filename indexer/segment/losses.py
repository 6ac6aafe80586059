"""Losses: what looks like recommendations and is called none, as cautions for people."""

from collections.abc import Iterator, Sequence

from indexer.model import Caution, Kind, Override, Passage, message
from indexer.segment.annotation import Annotation
from indexer.segment.announcements import says_that_it_recommends

_FEWEST_ELSEWHERE = 5
"""Paragraphs that recommend, outside of the recommendations of a document, of which people are told, at least."""

_MORE = 3
"""Times the recommendations of a document, at least: reports speak of what they recommend in their chapters too."""

_MOST_PAGES = 8
"""Pages that are named, at most."""


def loss_cautions(passages: Sequence[Passage]) -> Iterator[Caution]:
    """Make cautions on what seems to be lost among other paragraphs."""
    items = [passage for passage in passages if passage.kind is Kind.RECOMMENDATION]
    others = [passage for passage in passages if passage.kind in (Kind.PARAGRAPH, Kind.PREAMBLE)]
    elsewhere = [passage for passage in others if says_that_it_recommends(passage.text)]
    if elsewhere and not items:
        yield Caution(message("paragraphs-recommend", len(elsewhere), _pages(elsewhere)), elsewhere[0].pages[0])
    elif len(elsewhere) >= max(_FEWEST_ELSEWHERE, _MORE * len(items)):
        yield Caution(message("recommended-elsewhere", len(elsewhere), _pages(elsewhere)), elsewhere[0].pages[0])


def word_cautions(found: Annotation, override: Override | None) -> Iterator[Caution]:
    """Make cautions on settings of the catalogue that no row is like."""
    texts = [row.text for row in found.body.rows]
    if override and override.start and not any(map(found.words.starts, texts)):
        yield Caution(message("word-of-no-row", "start", override.start))
    if override and override.end and not any(map(found.words.ends, texts)):
        yield Caution(message("word-of-no-row", "end", override.end))
    if override and override.item:
        named = any(found.words.read_label(text) or found.words.announces(text) for text in texts)
        if not named:
            yield Caution(message("word-of-no-row", "item", override.item))


def _pages(passages: Sequence[Passage]) -> str:
    """List the pages on which passages begin, in order."""
    pages = sorted({passage.pages[0] for passage in passages})
    return ", ".join(map(str, pages[:_MOST_PAGES])) + (" …" if len(pages) > _MOST_PAGES else "")
