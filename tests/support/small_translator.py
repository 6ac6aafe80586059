"""A translator that knows what a test tells it."""

from collections.abc import Collection, Mapping

from indexer.analysis.translator import Translations
from indexer.model import Message
from indexer.model.errors import TranslationError

Meanings = Mapping[str, tuple[str, ...]]


class SmallTranslator:
    """The port, over meanings of words by source and target. A ``failure`` is raised instead of an answer."""

    lack: Message | None = None

    def __init__(self, meanings: Mapping[tuple[str, str], Meanings], failure: Message | None = None) -> None:
        self.name = "small"
        self.meanings = meanings
        self.failure = failure

    def translate(self, words: Collection[str], language: str) -> Mapping[str, Translations]:
        """See the port."""
        if self.failure:
            raise TranslationError(self.failure)
        return {
            target: {word: known[word] for word in words if word in known}
            for (source, target), known in self.meanings.items()
            if source == language
        }
