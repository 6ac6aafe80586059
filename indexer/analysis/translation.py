"""Translation of the words of texts, so that a query in another language finds them.

A translator gives, for words of texts, words that somebody may type in another language. Turned round, this is a
dictionary that holds nothing but words of the index.
"""

# ARCHITECTURE.md: Words are translated when an index is made, not when it is asked.

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from unicodedata import normalize

from indexer.analysis.language import is_stop_word
from indexer.analysis.tokenizer import tokenize
from indexer.analysis.translator import Translations, Translator
from indexer.model import Dictionary, Item, Synonym

MOST = 8
"""Words of one language that an entry has: more are meanings that hardly anybody has in mind."""

_WORD = re.compile(r"[^\W\d_]+")


def words_by_language(items: Iterable[Item]) -> dict[str, set[str]]:
    """The words of the texts and headings of items, in lower case, by language; numbers are none."""
    words: dict[str, set[str]] = defaultdict(set)
    for item in items:
        for version in item.versions:
            words[version.language].update(_WORD.findall(normalize("NFC", f"{version.heading} {version.text}").lower()))
    return words


def make_dictionaries(words: Mapping[str, Collection[str]], translator: Translator) -> Iterator[Dictionary]:
    """Make the dictionaries of all languages from which words of texts can be reached.

    Args:
        words: the words of the texts in lower case, by language.
        translator: knows what they mean.

    Raises:
        TranslationError: the translator does not answer.
    """
    entries: dict[str, dict[str, list[Synonym]]] = {}
    for language in sorted(words):
        telling = sorted(word for word in words[language] if not is_stop_word(word, language))
        for asked, translations in translator.translate(telling, language).items():
            own = entries.setdefault(asked, defaultdict(list))
            for stem, found in _turned_round(translations, language, asked):
                own[stem] += (Synonym(language, word) for word in found)
    for asked, own in sorted(entries.items()):
        yield Dictionary(asked, {stem: tuple(found) for stem, found in own.items()})


def _turned_round(translations: Translations, language: str, asked: str) -> Iterator[tuple[str, list[str]]]:
    """Stems of what words mean, each with the words that mean it, the likeliest first.

    Of words with the same stem there is one, the shortest. A word with few meanings is likelier than one with many.
    """
    likely: dict[str, dict[tuple[str, ...], float]] = defaultdict(dict)
    shown: dict[tuple[str, ...], str] = {}
    for word, meanings in translations.items():
        own = _only_stems(word, language)
        if own:
            shown[own] = min(shown.get(own, word), word, key=lambda each: (len(each), each))
            for stem in {stem for meaning in meanings for stem in _only_stems(meaning, asked)}:
                likely[stem][own] = max(likely[stem].get(own, 0.0), 1 / len(meanings))
    for stem, words in likely.items():
        best = sorted(words, key=lambda each: (-words[each], shown[each]))
        yield stem, [shown[each] for each in best[:MOST]]


# The same word translates many, and is translated into several languages.
@lru_cache(maxsize=20_000)
def _only_stems(word: str, language: str) -> tuple[str, ...]:
    """Stems of a text of one word that is no grammar; none of another."""
    tokens = list(tokenize(word, language))
    return tokens[0].stems if len(tokens) == 1 and not is_stop_word(word, language) else ()
