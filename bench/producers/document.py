"""The invented document that all producers make, in English and in Spanish.

Its texts are in ``english.toml`` and ``spanish.toml``. Within them ``{^2}`` is raised, ``{_2}`` is lowered, and
``{1}`` is the mark of the note of that number.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_MARK = re.compile(r"\{(?P<kind>[\^_]?)(?P<text>\d+)\}")
SOFT_HYPHEN = "\u00ad"


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A recommendation of the document: its text, and the points of the list within it."""

    text: str
    points: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InventedDocument:
    """The document in one language.

    Attributes:
        language: its code.
        header: the line above each page.
        footer: the word before the number below each page.
        title, heading: what stands above the introduction, and above the recommendations.
        introduction: the paragraph before the recommendations.
        recommendations: twelve, numbered from 1.
        closing: the heading behind them, and the paragraph below it.
        notes: the foot notes, numbered from 1.
    """

    language: str
    header: str
    footer: str
    title: str
    introduction: str
    heading: str
    recommendations: tuple[Recommendation, ...]
    closing: tuple[str, str]
    notes: tuple[str, ...]


def marked(
    text: str, *, plain: Callable[[str], str], raised: str, lowered: str, note: str | Callable[[int], str]
) -> str:
    """Write a text in the language of a producer.

    Args:
        text: the text.
        plain: escapes what is not marked.
        raised: the format of raised print, as ``<sup>%s</sup>``.
        lowered: likewise of lowered print.
        note: the format of a note's mark, or what makes it of the note's number.
    """
    parts = []
    end = 0
    for match in _MARK.finditer(text):
        parts.append(plain(text[end : match.start()]))
        if match["kind"]:
            parts.append((raised if match["kind"] == "^" else lowered) % match["text"])
        else:
            parts.append(note % match["text"] if isinstance(note, str) else note(int(match["text"])))
        end = match.end()
    return "".join((*parts, plain(text[end:])))


def printed(recommendation: Recommendation, substitutes: Mapping[str, str]) -> str:
    """The text of a recommendation as a reader of the page gives it; ``substitutes`` are a producer's own signs."""
    points = (f"({'abcdef'[number]}) {point}" for number, point in enumerate(recommendation.points))
    whole = " ".join((recommendation.text, *points))
    for sign, other in {SOFT_HYPHEN: "", "\u00a0": " ", **substitutes}.items():
        whole = whole.replace(sign, other)
    return _MARK.sub(
        lambda match: match["text"] if match["kind"] == "_" else match["text"].translate(_SUPERSCRIPTS), whole
    )


def _load(path: Path) -> InventedDocument:
    """Read the document from a file."""
    given = tomllib.loads(path.read_text("utf-8"))
    recommendations = tuple(
        Recommendation(each["text"], tuple(each.get("points", ()))) for each in given.pop("recommendations")
    )
    heading, paragraph = given.pop("closing")
    notes = tuple(given.pop("notes"))
    return InventedDocument(recommendations=recommendations, closing=(heading, paragraph), notes=notes, **given)


DOCUMENTS = tuple(_load(Path(__file__).with_name(f"{name}.toml")) for name in ("english", "spanish"))
"""The document in its languages."""
