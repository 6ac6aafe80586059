"""Port of translators: the few methods that each of them has."""

from collections.abc import Collection, Mapping
from typing import Protocol

from indexer.model import Message

Translations = Mapping[str, tuple[str, ...]]
"""Words by those that they translate, one or more for each meaning that a word can have."""


class Translator(Protocol):
    """A source of translations of single words.

    Attributes:
        name: all that translations depend on, to tell indexes apart; empty where there are none.
        lack: a message that says what is missing, and how to get it; None where nothing is.
    """

    name: str
    lack: Message | None

    def languages_from(self, language: str) -> Collection[str]:
        """The languages into which the words of a language can be translated."""

    def translate(self, words: Collection[str], source: str, target: str) -> Translations:
        """Translate words, each by itself; those that are not known are left out.

        Args:
            words: words in lower case, of letters alone.
            source: their language.
            target: one of ``languages_from(source)``.

        Raises:
            TranslationError: the translator does not answer, or not in time.
        """


class NoTranslator:
    """The translator that knows no language.

    Args:
        lack: says what is missing for another one; None where none is wanted.
    """

    name = ""

    def __init__(self, lack: Message | None = None) -> None:
        self.lack = lack

    def languages_from(self, _language: str) -> Collection[str]:
        """See the port."""
        return ()

    def translate(self, _words: Collection[str], _source: str, _target: str) -> Translations:
        """See the port."""
        return {}
