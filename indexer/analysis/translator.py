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

    def translate(self, words: Collection[str], language: str) -> Mapping[str, Translations]:
        """Translate words, each by itself, into all languages that can be reached; those not known are left out.

        Args:
            words: words in lower case, of letters alone.
            language: their language.

        Returns:
            The translations by their language.

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

    def translate(self, _words: Collection[str], _language: str) -> Mapping[str, Translations]:
        """See the port."""
        return {}
