"""Thesaurus: equivalent terms within and across languages, and their lookup in a query.

It is read from ``corpus/thesaurus.toml``; ``docs/thesaurus.md`` tells people how to edit it.

A *term* is one word or several in one language; the terms of a *concept* can stand for one another. A term is met in
its inflected forms and however its compounds are written, and its grammatical words may be left out where two others
remain: ``punto contacto`` is the term *puntos de contacto*, ``línea`` is not *en línea*.
"""

# ARCHITECTURE.md: The thesaurus is kept in the index as trees of stems.

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import NamedTuple

from indexer.analysis.folding import fold
from indexer.analysis.language import is_stop_word
from indexer.analysis.query_forms import Form, query_phrase, query_word
from indexer.analysis.tokenizer import tokenize
from indexer.model import Concept, Message, Synonym, Word, message
from indexer.model.errors import BadQuery, CatalogueError
from indexer.query.lexer import Lexer
from indexer.storage.toml import LANGUAGE, Table, read_toml

MAX_WORDS = 10
"""Words of the longest term."""

_CONCEPT = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class Stretch(NamedTuple):
    """Words of a query that are a term: ``words[start:end]``, and the other terms of its concept."""

    start: int
    end: int
    concept: str
    others: tuple[Synonym, ...]


@dataclass(slots=True)
class TrieNode:
    """TrieNode of a tree of stems.

    Attributes:
        following: the nodes after this one, by the stem that leads there.
        replacements: the number of each concept, ascending, with the places of its terms that can stand for those that
            end here.
    """

    following: "dict[str, TrieNode]" = field(default_factory=dict)
    replacements: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)

    def add_end(self, concept: int, written_otherwise: Sequence[int]) -> None:
        """Let a term of a concept end here.

        The terms that are written otherwise can replace it.
        """
        # Several terms of a concept may end at one node: each leaves out what is written as it is.
        known: Sequence[int] = written_otherwise
        if self.replacements and self.replacements[-1][0] == concept:
            _, known = self.replacements.pop()
        self.replacements.append((concept, tuple(other for other in known if other in written_otherwise)))


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """Concepts, ready to be looked up. It never changes, and may be used by several threads at once.

    ``roots`` are trees of the stems of terms, one for each language, in the order in which concepts name them. To grow
    them takes longer than to search, so that an index keeps them.
    """

    concepts: tuple[Concept, ...]
    roots: tuple[tuple[str, TrieNode], ...]

    @classmethod
    def of(cls, concepts: Iterable[Concept]) -> "Thesaurus":
        """The thesaurus of some concepts."""
        known = tuple(concepts)
        roots: dict[str, TrieNode] = {}
        for number, concept in enumerate(known):
            folded = [fold(term.text) for term in concept.terms]
            for term, own in zip(concept.terms, folded, strict=True):
                root = roots.setdefault(term.language, TrieNode())
                otherwise = [place for place, other in enumerate(folded) if other != own]
                for form in query_phrase(term.text, term.language):
                    for end in _ends(root, _contents(form, term.language)):
                        end.add_end(number, otherwise)
        return cls(known, tuple(roots.items()))

    def equivalents(self, words: Sequence[str]) -> tuple[Stretch, ...]:
        """Find the stretches of a query that are terms, by their start.

        Each comes with the terms that can stand for it.

        Args:
            words: plain words of a query that stand side by side, as typed; none that stood in quotation marks.

        A stretch never overlaps another: longer ones come first, then earlier ones. Words of any language are met. A
        term of two concepts gives two stretches at one place. ``others`` leaves out the terms that are met by the
        words themselves, and is never empty; its order is that of the file.
        """
        found: dict[tuple[int, int], dict[str, tuple[Synonym, ...]]] = {}
        for language, root in self.roots:
            for start, end, node in _occurrences(words, language, root):
                for number, places in node.replacements:
                    if places:
                        concept = self.concepts[number]
                        others = tuple(concept.terms[place] for place in places)
                        found.setdefault((start, end), {}).setdefault(concept.name, others)
        chosen: list[tuple[int, int]] = []
        # The longer one says more: `model law` is not the `law` of another concept.
        for start, end in sorted(found, key=lambda place: (place[0] - place[1], place[0])):
            if all(end <= taken or start >= left for taken, left in chosen):
                chosen.append((start, end))
        return tuple(
            Stretch(*place, concept, others) for place in sorted(chosen) for concept, others in found[place].items()
        )


def _contents(form: Form, language: str) -> list[tuple[str, ...]]:
    """Stems of the words of a form that carry a subject; of all, where fewer than two do: ``en línea``."""
    every = [token.stems for token in form]
    telling = [token.stems for token in form if not is_stop_word(token.exact[0], language)]
    return telling if len(telling) > 1 else every


def _ends(root: TrieNode, steps: Sequence[tuple[str, ...]]) -> list[TrieNode]:
    """Find the nodes at the end of all ways through a tree; make those missing.

    Each way takes one of the stems at each step.
    """
    nodes = [root]
    for stems in steps:
        nodes = [node.following.setdefault(stem, TrieNode()) for node in nodes for stem in stems]
    return nodes


def _occurrences(words: Sequence[str], language: str, root: TrieNode) -> Iterator[tuple[int, int, TrieNode]]:
    """Find the terms of one language in a query: start, end, and the node where they end."""
    forms = [next(iter(query_word(word, language)), ()) for word in words]
    for start in range(len(words)):
        nodes, begun = [root], False
        for end in range(start, len(words)):
            for token in forms[end]:
                onward = [node.following[stem] for node in nodes for stem in token.stems if stem in node.following]
                # Grammar may stand between the words of a term, but not before the first: `la línea` is no term.
                skipped = nodes if begun and is_stop_word(token.exact[0], language) else []
                nodes, begun = onward + skipped, True
                if not nodes:
                    break
            if not nodes or not forms[end]:
                break
            # Of the nodes reached by the last word alone: a term does not end with a word of grammar that was skipped.
            yield from ((start, end + 1, node) for node in onward if node.replacements)


# ------------------------------------------------------------------------------------------------------------- reading


def load_thesaurus(path: Path) -> Thesaurus:
    """Read the thesaurus that a file holds.

    Raises:
        CatalogueError: with a sentence for every mistake: file, concept, key, and what was expected.
    """
    mistakes: list[Message] = []
    top = read_toml(path, mistakes)
    concepts = [_concept(name, top) for name in top]
    # Terms that are mistakes themselves would make ambiguities that are none.
    if not mistakes:
        _note_ambiguities(concepts, top)
    if mistakes:
        raise CatalogueError(*mistakes)
    return Thesaurus.of(concepts)


def _concept(name: str, top: Table) -> Concept:
    if not _CONCEPT.fullmatch(name):
        top.note(name, message("concept-name"))
    table = top.table(name)
    terms = [term for language in table for term in _terms(language, table)]
    if len(terms) < 2:
        top.note(name, message("concept-of-one"))
    return Concept(name, tuple(terms))


def _terms(language: str, table: Table) -> Iterator[Synonym]:
    if not LANGUAGE.fullmatch(language):
        table.note(language, message("language-expected"))
        return
    seen: set[str] = set()
    for text in table.list_of_texts(language):
        # Joined forms of compounds stand at the positions of their first parts, and are no words more.
        words = len({token.position for token in tokenize(text, language)})
        if not 1 <= words <= MAX_WORDS:
            table.note(language, message("term-too-long", repr(text), MAX_WORDS, words))
        elif not _is_plain(text):
            table.note(language, message("term-not-plain", repr(text)))
        elif all(is_stop_word(token.exact[0], language) for token in tokenize(text, language)):
            table.note(language, message("term-of-grammar", repr(text)))
        elif fold(text) in seen:
            table.note(language, message("term-twice", repr(text)))
        else:
            seen.add(fold(text))
            yield Synonym(language, " ".join(text.split()))


def _is_plain(text: str) -> bool:
    """Tell whether a query would read a text as plain words, all of it."""
    try:
        lexer = Lexer(text)
    except BadQuery:
        return False
    return not lexer.notes and all(isinstance(token, Word) for token in lexer.tokens)


def _note_ambiguities(concepts: Sequence[Concept], top: Table) -> None:
    """Note terms that stand in two concepts: all terms of both would be equivalent to them.

    Terms that are met by the same words are one: ``unit`` and ``units``, ``cyber-crime`` and ``cybercrime``.
    """
    owners: dict[tuple[str, tuple[str, ...]], tuple[str, str]] = {}
    for concept in concepts:
        for language, text in concept.terms:
            ways = [way for form in query_phrase(text, language) for way in product(*_contents(form, language))]
            met = [owners.setdefault((language, way), (concept.name, text)) for way in ways]
            for owner, other in dict.fromkeys(met):
                if owner != concept.name:
                    problem = message("term-in-two", repr(text), repr(owner))
                    if fold(other) != fold(text):
                        problem = message("term-in-two-forms", repr(text), repr(owner), repr(other))
                    top.note(f"{concept.name}.{language}", problem)
