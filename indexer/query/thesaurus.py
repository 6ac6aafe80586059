"""Equivalent terms within and across languages, from ``corpus/thesaurus.toml``, and where a question uses them.

A *term* is one word or several in one language; the terms of a *concept* can stand for one another. A term is met in
its inflected forms and however its compounds are written, and its grammatical words may be left out where two others
remain: ``punto contacto`` is the term *puntos de contacto*, ``línea`` is not *en línea*.
"""

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
from indexer.model import Concept, Synonym, Word
from indexer.model.errors import BadQuery, CatalogueError
from indexer.query.lexer import Lexer
from indexer.storage.toml import LANGUAGE, Table, read_toml

MAX_WORDS = 10
"""The most words of a term."""

_CONCEPT = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class Stretch(NamedTuple):
    """Words of a question that are a term: ``words[start:end]``, and the other terms of its concept."""

    start: int
    end: int
    concept: str
    others: tuple[Synonym, ...]


@dataclass(slots=True)
class Node:
    """A place in a tree of stems: what may follow, and what the terms that end here can be replaced with: the number of
    each concept, ascending, with the places of its terms.
    """

    following: "dict[str, Node]" = field(default_factory=dict)
    replacements: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)

    def ends(self, concept: int, written_otherwise: Sequence[int]) -> None:
        """Let a term of a concept end here, which the terms that are written otherwise can replace."""
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
    roots: tuple[tuple[str, Node], ...]

    @classmethod
    def of(cls, concepts: Iterable[Concept]) -> "Thesaurus":
        """The thesaurus of some concepts."""
        known = tuple(concepts)
        roots: dict[str, Node] = {}
        for number, concept in enumerate(known):
            folded = [fold(term.text) for term in concept.terms]
            for term, own in zip(concept.terms, folded, strict=True):
                root = roots.setdefault(term.language, Node())
                otherwise = [place for place, other in enumerate(folded) if other != own]
                for form in query_phrase(term.text, term.language):
                    for end in _ends(root, _contents(form, term.language)):
                        end.ends(number, otherwise)
        return cls(known, tuple(roots.items()))

    def equivalents(self, words: Sequence[str]) -> tuple[Stretch, ...]:
        """The stretches of a question that are terms, by their start, with the terms that can stand for each.

        Args:
            words: plain words of a question that stand side by side, as typed; none that stood in quotation marks.

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
        for start, end in sorted(found, key=lambda place: (place[0] - place[1], place[0])):
            if all(end <= taken or start >= left for taken, left in chosen):
                chosen.append((start, end))
        return tuple(
            Stretch(*place, concept, others) for place in sorted(chosen) for concept, others in found[place].items()
        )


def _contents(form: Form, language: str) -> list[tuple[str, ...]]:
    """The stems of the words of a form that carry a subject; of all, where fewer than two do: ``en línea``."""
    every = [token.stems for token in form]
    telling = [token.stems for token in form if not is_stop_word(token.exact[0], language)]
    return telling if len(telling) > 1 else every


def _ends(root: Node, steps: Sequence[tuple[str, ...]]) -> list[Node]:
    """The nodes at the end of all ways through a tree that take one stem at each step; made where they are missing."""
    nodes = [root]
    for stems in steps:
        nodes = [node.following.setdefault(stem, Node()) for node in nodes for stem in stems]
    return nodes


def _occurrences(words: Sequence[str], language: str, root: Node) -> Iterator[tuple[int, int, Node]]:
    """Where terms of one language occur in a question: start, end, and the node that holds the terms."""
    forms = [next(iter(query_word(word, language)), ()) for word in words]
    for start in range(len(words)):
        nodes, begun = [root], False
        for end in range(start, len(words)):
            for token in forms[end]:
                onward = [node.following[stem] for node in nodes for stem in token.stems if stem in node.following]
                skipped = nodes if begun and is_stop_word(token.exact[0], language) else []
                nodes, begun = onward + skipped, True
                if not nodes:
                    break
            if not nodes or not forms[end]:
                break
            yield from ((start, end + 1, node) for node in onward if node.replacements)


# ------------------------------------------------------------------------------------------------------------- reading


def load_thesaurus(path: Path) -> Thesaurus:
    """The thesaurus that a file holds.

    Raises:
        CatalogueError: with a sentence for every mistake: file, concept, key, and what was expected.
    """
    mistakes: list[str] = []
    top = read_toml(path, mistakes)
    concepts = [_concept(name, top) for name in top]
    if not mistakes:
        _note_ambiguities(concepts, top)
    if mistakes:
        raise CatalogueError(mistakes)
    return Thesaurus.of(concepts)


def _concept(name: str, top: Table) -> Concept:
    if not _CONCEPT.fullmatch(name):
        top.note(name, "expected a name of small letters, digits and hyphens, such as points-of-contact")
    table = top.table(name)
    terms = [term for language in table for term in _terms(language, table)]
    if len(terms) < 2:
        top.note(name, "expected two terms or more, which can stand for one another")
    return Concept(name, tuple(terms))


def _terms(language: str, table: Table) -> Iterator[Synonym]:
    if not LANGUAGE.fullmatch(language):
        table.note(language, "expected a language of two small letters, such as en")
        return
    seen: set[str] = set()
    for text in table.list_of_texts(language):
        words = len({token.position for token in tokenize(text, language)})
        if not 1 <= words <= MAX_WORDS:
            table.note(language, f"{text!r}: expected 1 to {MAX_WORDS} words, found {words}")
        elif not _is_plain(text):
            table.note(language, f"{text!r}: expected plain words, without quotation marks, signs and operators")
        elif all(is_stop_word(token.exact[0], language) for token in tokenize(text, language)):
            table.note(language, f"{text!r}: expected a word that says something of a subject")
        elif fold(text) in seen:
            table.note(language, f"{text!r}: stands here twice; case and accents make no difference")
        else:
            seen.add(fold(text))
            yield Synonym(language, " ".join(text.split()))


def _is_plain(text: str) -> bool:
    """Whether a question would read a text as plain words, all of it."""
    try:
        lexer = Lexer(text)
    except BadQuery:
        return False
    return not lexer.notes and all(isinstance(token, Word) for token in lexer.tokens)


def _note_ambiguities(concepts: Sequence[Concept], top: Table) -> None:
    """Note terms that stand in two concepts, which would make all terms of both equivalent to them.

    Terms that are met by the same words are one: ``unit`` and ``units``, ``cyber-crime`` and ``cybercrime``.
    """
    owners: dict[tuple[str, tuple[str, ...]], tuple[str, str]] = {}
    for concept in concepts:
        for language, text in concept.terms:
            ways = [way for form in query_phrase(text, language) for way in product(*_contents(form, language))]
            met = [owners.setdefault((language, way), (concept.name, text)) for way in ways]
            for owner, other in dict.fromkeys(met):
                if owner != concept.name:
                    same = "" if fold(other) == fold(text) else f", written {other!r}"
                    top.note(
                        f"{concept.name}.{language}", f"{text!r} stands in {owner!r} as well{same}; keep one of them"
                    )
