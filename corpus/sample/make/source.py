"""The sources: what each meeting of the fictional body printed, in which words and in which layout."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from indexer.model import Kind

SOURCE = Path(__file__).resolve().parent.parent / "source"
"""The folder of the sources: ``body.toml``, a file per meeting, and the image of a scanned page."""

LANGUAGES: tuple[str, ...] = ("en", "es", "pt", "fr")
"""The languages in which a passage may be written."""


@dataclass(frozen=True, slots=True)
class Furniture:
    """Words that every document prints in one language. ``page`` holds ``{number}``; ``hyphenation`` lists words with
    hyphens where they may be broken.
    """

    fictional: str
    header: tuple[str, ...]
    running: str
    series: str
    recommendations: str
    contents: str
    page: str
    hyphenation: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """The setting of a document, defects included.

    ``marker`` is where a number stands: on its first line of text, in the margin beside it, alone on a line above it,
    or in a column that the page draws before any text. ``page_mark`` holds ``{number}``, or is ``page`` for the word of
    the language. ``glued`` names the paths whose marker has no space after it, ``rotated`` the pages stored sideways.
    ``touching``: the header's right column begins where the left one ends. ``scan``: the image that stands for the page
    of the lost passages. Sizes are in points.
    """

    marker: Literal["inline", "hanging", "alone", "column"]
    page_mark: str
    mark_at: Literal["top", "bottom", "right"] = "bottom"
    bullet: str = ""
    cover: bool = False
    contents: bool = False
    touching: bool = False
    running: bool = False
    justify: bool = False
    hyphenate: bool = False
    ligatures: bool = False
    glued: tuple[str, ...] = ()
    rotated: tuple[int, ...] = ()
    scan: str = ""
    font: Literal["Times", "Helvetica", "Vera"] = "Times"
    size: float = 12


@dataclass(frozen=True, slots=True)
class SourcePassage:
    """A passage as its authors meant it, or a heading (``kind`` None), in its languages.

    ``marker`` is what is printed before it, where its path does not tell. ``place`` is where a note stands: after the
    title (``front``), or at the ``foot`` of the page that holds the passage before it. ``continues`` is the
    ``meeting/path`` of the recommendation that it carries on. ``lost`` names the languages in which it cannot be read;
    ``readable`` holds per language what can still be read of it, in this order. ``earlier`` holds the texts of earlier
    revisions.
    """

    path: str
    kind: Kind | None
    texts: Mapping[str, str]
    marker: str | None = None
    place: Literal["body", "front", "foot"] = "body"
    continues: str | None = None
    lost: tuple[str, ...] = ()
    readable: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    earlier: Mapping[int, Mapping[str, str]] = field(default_factory=dict)

    def text(self, language: str, revision: int = 0) -> str:
        """Its words in a language, as of a revision."""
        return self.earlier.get(revision, {}).get(language) or self.texts[language]


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """One PDF to be made: a meeting's passages in one language and layout."""

    meeting: str
    language: str
    file: str
    symbol: str
    date: str
    original: str
    title: str
    place: str
    layout: Layout
    passages: tuple[SourcePassage, ...]
    heading: str
    revision: int = 0


def load_furniture() -> dict[str, Furniture]:
    """Words that every document prints, by language code."""
    table = _read(SOURCE / "body.toml")["furniture"]
    return {language: Furniture(**_tuples(words)) for language, words in table.items()}


def load_documents() -> tuple[SourceDocument, ...]:
    """All documents of all meetings, in the order of their file names."""
    furniture = load_furniture()
    files = sorted(path for path in SOURCE.glob("*.toml") if path.stem != "body")
    return tuple(document for path in files for document in _meeting(_read(path), furniture))


def load_passages(meeting: str) -> tuple[SourcePassage, ...]:
    """The passages of the meeting with this Roman numeral, headings included, in document order."""
    return _passages(_read(SOURCE / f"{meeting}.toml"))


def _meeting(table: Mapping[str, Any], furniture: Mapping[str, Furniture]) -> list[SourceDocument]:
    passages = _passages(table)
    documents = []
    for entry in table["document"]:
        values = {"heading": furniture[entry["language"]].recommendations} | _tuples(entry)
        values["layout"] = Layout(**_tuples(values["layout"]))
        documents.append(SourceDocument(meeting=table["meeting"], passages=passages, **values))
    return documents


def _passages(table: Mapping[str, Any]) -> tuple[SourcePassage, ...]:
    return tuple(_passage(dict(entry)) for entry in table["passage"])


def _passage(entry: dict[str, Any]) -> SourcePassage:
    kind = entry.pop("kind", Kind.RECOMMENDATION)
    texts = {language: entry.pop(language) for language in LANGUAGES if language in entry}
    earlier = {int(revision): words for revision, words in entry.pop("earlier", {}).items()}
    readable = {language: tuple(parts) for language, parts in entry.pop("readable", {}).items()}
    return SourcePassage(
        kind=None if kind == "heading" else Kind(kind),
        texts=texts,
        earlier=earlier,
        readable=readable,
        **_tuples(entry),
    )


def _tuples(table: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}


def _read(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)
