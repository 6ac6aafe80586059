"""Messages for people: a code of the registry, and the parts of its sentence.

What is said to people is kept and handed on as a ``Message``. It becomes words where it is shown: in English for the
command line, in the reader's language on pages. Programs get the code and the parts beside the words.
"""

# ARCHITECTURE.md: What is said to people is a code with parts.

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from gettext import NullTranslations
from typing import Protocol, Union

from indexer.model.messages import documents, fetches, indexes, pdfs, queries, service, settings
from indexer.model.messages.service import PROBLEMS
from indexer.model.messages.wording import AnyWording, Frame, Wording

__all__ = [
    "PROBLEMS",
    "REGISTRY",
    "Frame",
    "Message",
    "MessageTranslations",
    "Part",
    "Wording",
    "all_of",
    "any_of",
    "message",
]

REGISTRY: Mapping[str, AnyWording] = {
    **queries.WORDINGS,
    **pdfs.WORDINGS,
    **documents.WORDINGS,
    **settings.WORDINGS,
    **fetches.WORDINGS,
    **indexes.WORDINGS,
    **service.WORDINGS,
}
"""Wording of each message, by its code."""


class MessageTranslations(Protocol):
    """Translations into one language, as ``gettext`` gives them."""

    def gettext(self, message: str, /) -> str:
        """The translation of a text; the text itself where there is none."""

    def ngettext(self, msgid1: str, msgid2: str, n: int, /) -> str:
        """The translation of a text in the plural form of ``n``."""


_ENGLISH = NullTranslations()

_STOPS = (".", "?", "!")
"""Ends of a sentence that need no full stop before a remedy."""

Part = Union[str, int, "Message"]
"""A part of a message: a text, a number, or a message that stands within its sentence."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message for people.

    Attributes:
        code: its stable name in kebab-case, which the registry has.
        parts: what its sentence and its remedy are about; a message among them stands within the sentence.
    """

    code: str
    parts: tuple[Part, ...] = ()

    def sentence(self, translations: MessageTranslations = _ENGLISH) -> str:
        """The sentence in a language, by default English."""
        row = REGISTRY[self.code]
        if row.plural is None:
            return self._fill(translations.gettext(row.sentence), translations)
        return self._fill(translations.ngettext(row.sentence, row.plural, self._count), translations)

    def remedy(self, translations: MessageTranslations = _ENGLISH) -> str:
        """The remedy in a language; empty where the message stands within another, or is a title or evidence."""
        return " ".join(dict.fromkeys(self._remedies(translations)))

    def text(self, translations: MessageTranslations = _ENGLISH) -> str:
        """The sentence and the remedy, in a language."""
        sentence, remedy = self.sentence(translations), self.remedy(translations)
        if not remedy:
            return sentence
        return f"{sentence} {remedy}" if sentence.endswith(_STOPS) else f"{sentence}. {remedy}"

    def shown_parts(self, translations: MessageTranslations = _ENGLISH) -> tuple[str, ...]:
        """The parts as they stand in the sentence."""
        return tuple(part.sentence(translations) if isinstance(part, Message) else str(part) for part in self.parts)

    def as_mapping(self) -> Mapping[str, object]:
        """The message for programs: code, parts, and its English words."""
        return {
            "code": self.code,
            "message": self.sentence(),
            "parts": self.shown_parts(),
            "remedy": self.remedy(),
        }

    def __str__(self) -> str:
        """The sentence and the remedy in English."""
        return self.text()

    def _remedies(self, translations: MessageTranslations) -> Iterator[str]:
        """The remedies in their order: its own, or those of the messages that it frames."""
        match REGISTRY[self.code]:
            case Wording(remedy=remedy):
                yield self._fill(translations.gettext(remedy), translations)
            case Frame():
                for part in self.parts:
                    if isinstance(part, Message):
                        yield from part._remedies(translations)

    @property
    def _count(self) -> int:
        return next(part for part in self.parts if isinstance(part, int))

    def _fill(self, text: str, translations: MessageTranslations) -> str:
        return text.format(*self.shown_parts(translations))


def all_of(parts: Sequence[Part]) -> Part:
    """The parts as a list in words: ``a and b``. There is one at the least."""
    listed = parts[0]
    for part in parts[1:]:
        listed = message("both", listed, part)
    return listed


def any_of(parts: Sequence[str]) -> Part:
    """The parts as alternatives in words: ``a or b``. There is one at the least."""
    listed: Part = parts[0]
    for part in parts[1:]:
        listed = message("either", listed, part)
    return listed


def message(code: str, *parts: Part) -> Message:
    """Make a message from its code and its parts."""
    return Message(code, parts)
