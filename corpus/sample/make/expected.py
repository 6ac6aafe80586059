"""Passages that are to be read from the sample corpus: the truth against which extraction is tested."""

from dataclasses import dataclass

from indexer.model import Kind

from .press import print_document, printed_marker
from .source import SourceDocument, SourcePassage


@dataclass(frozen=True, slots=True)
class ExpectedPassage:
    """A passage that a reader of the PDF can find, in document order.

    ``fragments`` are the pieces of its text that can be read, in this order; what may stand between two of them is
    lost. One fragment is the whole text: it must come back identical. White space is folded to single spaces, line-end
    hyphens are undone, ligatures are letters. Neither ``marker`` (what is printed before the text: ``3.``, ``-``,
    ``1.4 *``) nor headings belong to the text; lettered sub-items do. ``numbered`` is False where the path counts
    passages that print no number. ``pages`` are those on which its lines stand, from 1; for a foot note the page of its
    foot.
    """

    path: str
    kind: Kind
    fragments: tuple[str, ...]
    pages: tuple[int, ...]
    marker: str = ""
    numbered: bool = True


def expected_passages(document: SourceDocument) -> list[ExpectedPassage]:
    """The passages that can be read from a document, in the order of the sources (notes after the passage that calls
    them); those on a scanned page are left out.
    """
    pages = print_document(document).pages
    return [
        _expected(passage, passage.kind, document, tuple(pages[passage.path]))
        for passage in document.passages
        if passage.kind is not None and document.language not in passage.lost
    ]


def lost_passages(document: SourceDocument) -> dict[str, tuple[int, ...]]:
    """The paths of the passages of which nothing can be read, with the pages on which they are shown."""
    pages = print_document(document).pages
    return {
        passage.path: tuple(pages[passage.path]) for passage in document.passages if document.language in passage.lost
    }


def _expected(passage: SourcePassage, kind: Kind, document: SourceDocument, pages: tuple[int, ...]) -> ExpectedPassage:
    whole = (passage.text(document.language, document.revision),)
    readable = passage.readable.get(document.language, whole)
    bullet = document.layout.bullet
    marker = printed_marker(passage, bullet)
    return ExpectedPassage(
        path=passage.path,
        kind=kind,
        fragments=tuple(" ".join(text.split()) for text in readable),
        pages=pages,
        marker=marker,
        numbered=marker not in ("", bullet) and kind is not Kind.NOTE,
    )
