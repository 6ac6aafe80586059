"""Subjects of recommending clauses: the ones to whom a recommendation is directed.

A recommendation names whom it is for in the place of a subject, and others anywhere else: *That the States cooperate
with the Secretariat* is for the States alone. So names are looked for in these places only:

- behind a *that* which opens the recommendation (*That the States …*; *During the next year, that each State …*) or
  a further clause of it (*…, and that the Secretariat …*; *In addition, that …*), or which a verb of asking governs
  (*recommends that …*);
- behind a verb of asking (*Request the Working Group to …*; *Invitar a los Estados a …*);
- at the beginning, before a verb of duty or of being asked (*States should …*; *The Secretariat is asked to …*);
- behind the preposition of the agent in a passive clause (*… be published by the Secretariat*).

A subject that suffers the action is none (*That the group be dissolved*), unless it is asked something (*That the
States be invited to …*). Names joined by *and* are all subjects.
"""

# ARCHITECTURE.md: A recommendation is for its subjects.

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from indexer.analysis.folding import fold

_TOKEN = re.compile(r"\w+(?:-\w+)*(?:'s\b)?|[^\w\s]")

_SENTENCE_SIGNS = frozenset(".;:!?")


class _Grammar(NamedTuple):
    """The words of a language by which subjects are found, folded; patterns match whole words.

    Attributes:
        that: the conjunction of a recommending clause.
        joins: words between clauses, or between names.
        determiners: words that may stand before a name.
        of: the preposition that joins a determiner with a name (*each of the*).
        asking: verbs of asking, in all forms.
        adverbs: words that may stand behind a verb of asking.
        to: prepositions before the one who is asked.
        duty: verbs of duty.
        being: forms of the auxiliary of the passive, those of wishes first.
        participle: participles of the passive.
        reflexive: the pronoun of the reflexive passive; empty where there is none.
        acting: reflexive verbs that are no passives.
        agent: prepositions of the agent, each in words.
    """

    that: str
    joins: str
    determiners: str
    of: str
    asking: str
    adverbs: str
    to: str
    duty: str
    being: tuple[str, str]
    participle: str
    reflexive: str
    acting: str
    agent: tuple[tuple[str, ...], ...]


_GRAMMARS: Mapping[str, _Grammar] = {
    "en": _Grammar(
        that="that",
        joins="and|or|,",
        determiners="the|each|every|all|any|its|their|this|these|our|those|both|other|individual",
        of="of",
        asking="(?:ask|request|invit|urg|encourag|instruct|entrust|mandat|recommend|advis|direct|call)(?:|s|e|es|ed|ing)",
        adverbs="also|again|once|further|strongly|in|turn|upon|on",
        to="to",
        duty="should|shall|must|ought",
        being=("be", "is|are"),
        participle=r"\w+(?:ed|en)|made|held|kept|sent|set|put|built|brought|led|told|paid|read|heard|dealt",
        reflexive="",
        acting="",
        agent=(("by",),),
    ),
    "es": _Grammar(
        that="que",
        joins="y|e|o|u|,",
        determiners="el|la|los|las|cada|todo|toda|todos|todas|su|sus|este|esta|estos|estas|dicho|dicha|dichos|dichas"
        "|nuestro|nuestros|propio|propia|propios|propias|ambos|ambas|otro|otros|demas|uno|una",
        of="de",
        asking="(?:solicit|ped|pid|invit|exhort|inst|alent|alient|encarg|encomend|encomiend|recomend|recomiend|rog|rueg"
        "|ruegu|requer|requier|llam)(?:ar|ir|er|a|an|e|en|o|ue|uen|amos|imos|emos|ado|ada|ados|adas|ido|idos|ando|iendo)",
        adverbs="tambien|nuevamente|asimismo|encarecidamente|ademas|respetuosamente",
        to="a|al",
        duty="debe|deben|debera|deberan|deberia|deberian|han|ha",
        being=("sea|sean", "es|son"),
        participle=r"\w+(?:[ai]d[oa]s?|t[oa]s?|ch[oa]s?|s[oa]s?)",
        reflexive="se",
        acting="(?:reun|comprom|incorpor|asegur|abst|esf|adh|sum|dirij|dirig|coordin|organi|ponga|haga|dot|cerc"
        "|acerqu|valga|sirv)[a-z]*",
        agent=(("por",), ("a", "cargo", "de")),
    ),
    "pt": _Grammar(
        that="que",
        joins="e|ou|,",
        determiners="o|a|os|as|cada|todo|toda|todos|todas|seu|sua|seus|suas|este|esta|estes|estas|proprio|propria"
        "|proprios|proprias|ambos|outros|demais|um|uma",
        of="de",
        asking="(?:solicit|ped|pec|convid|exort|inst|encoraj|encarreg|encomend|recomend|rog|requer)"
        "(?:ar|ir|er|a|am|e|em|o|amos|imos|emos|ado|ada|ados|adas|ido|idos|ando|endo)",
        adverbs="tambem|novamente|igualmente|alem|disso",
        to="a|ao|aos|as",
        duty="deve|devem|devera|deverao|deveria|deveriam",
        being=("seja|sejam", "e|sao"),
        participle=r"\w+(?:[ai]d[oa]s?|t[oa]s?|s[oa]s?|ue|ues)",
        reflexive="se",
        acting="(?:reun|comprom|incorpor|assegur|abst|esf|ader|som|dirij|coordin|organi)[a-z]*",
        agent=(("por",), ("pelo",), ("pela",), ("pelos",), ("pelas",)),
    ),
    "fr": _Grammar(
        that="que|qu",
        joins="et|ou|,",
        determiners="le|la|les|l|chaque|tous|toutes|tout|toute|son|sa|ses|leur|leurs|ce|cette|ces|autres|un|une|des",
        of="de",
        asking="(?:demand|invit|exhort|pri|encourag|charg|recommand|requier|requer|appel|appell)"
        "(?:er|ir|e|ent|es|ons|ant|ee|ees|t|)",
        adverbs="egalement|instamment|aussi|nouveau",
        to="a|au|aux",
        duty="doit|doivent|devrait|devraient|devra|devront",
        being=("soit|soient", "est|sont"),
        participle=r"\w+(?:ee?s?|is?e?s?|it?e?s?|ue?s?|ert?e?s?)",
        reflexive="se",
        acting="(?:reun|engag|joign|assur|abst|efforc|dot)[a-z]*",
        agent=(("par",),),
    ),
}


def find_subjects(text: str, language: str, phrases: Mapping[str, Sequence[str]]) -> set[str]:
    """Find the values that a text names as its subjects.

    Args:
        text: the text.
        language: its language; in one whose grammar is not known nothing is found.
        phrases: by value, the words that name it.
    """
    grammar = _GRAMMARS.get(language)
    if grammar is None or not phrases:
        return set()
    clauses = _Clauses(grammar, _words(text), phrases)
    return {value for each in clauses.subjects() for value in each}


@lru_cache(maxsize=1024)
def _words(text: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(fold(text).replace("’", "'")))


@lru_cache(maxsize=1 << 14)
def _is(pattern: str, word: str) -> bool:
    return re.fullmatch(pattern, word) is not None


class _Clauses:
    """The clauses of a text, and the values named where their subjects stand."""

    def __init__(self, grammar: _Grammar, words: Sequence[str], phrases: Mapping[str, Sequence[str]]) -> None:
        self._grammar = grammar
        # Ends, so that the words behind any word can be looked at.
        self._words = (*words, "", "", "")
        names = {_words(phrase): value for value, several in phrases.items() for phrase in several}
        # The longest first: a working group of experts is more than a working group.
        self._names = sorted(names.items(), key=lambda pair: -len(pair[0]))

    def subjects(self) -> Iterator[set[str]]:
        """The values that are named in each place of a subject."""
        found, end = self._names_at(next((place for place, word in enumerate(self._words) if word.isalnum()), 0))
        if self._is_bound(end):
            yield found
        for place, word in enumerate(self._words[:-2]):
            if _is(self._grammar.that, word) and self._recommends(place):
                found, end = self._names_at(place + 1)
                if self._acts(end):
                    yield found
                yield from self._agents(place + 1)
            elif _is(self._grammar.asking, word):
                yield self._objects(place)

    # --------------------------------------------------------------------------------------------------------- names

    def _names_at(self, start: int) -> tuple[set[str], int]:
        """The values named from a place on, and the place behind the last name."""
        found: set[str] = set()
        end = place = start
        while (name := self._name_at(place)) is not None:
            value, end = name
            found.add(value)
            place = end
            while _is(self._grammar.joins, self._words[place]):
                place += 1
            if place == end:
                break
        return found, end

    def _name_at(self, place: int) -> tuple[str, int] | None:
        """The value named at a place, behind determiners, and where its name ends."""
        grammar, words = self._grammar, self._words
        first = place
        while True:
            for name, value in self._names:
                end = place + len(name)
                # An apostrophe behind a name makes it the owner of something else.
                if words[place:end] == name and words[end] != "'":
                    return value, end
            elided = words[place] == "'"
            if not (elided or _is(grammar.determiners, words[place]) or (place > first and words[place] == grammar.of)):
                return None
            place += 1

    # ------------------------------------------------------------------------------------------------------- clauses

    def _recommends(self, place: int) -> bool:
        """Tell whether the conjunction at a place opens a clause of what is recommended."""
        before = self._words[place - 1] if place else "."
        if before in _SENTENCE_SIGNS or _is(self._grammar.asking, before):
            return True
        # A comma stands behind words of time or manner before the first clause; behind another one it begins an aside.
        if before == ",":
            return not any(_is(self._grammar.that, word) for word in self._sentence_before(place))
        return _is(self._grammar.joins, before)

    def _sentence_before(self, place: int) -> Sequence[str]:
        start = place
        while start and self._words[start - 1] not in _SENTENCE_SIGNS:
            start -= 1
        return self._words[start:place]

    def _objects(self, place: int) -> set[str]:
        """The values named as the ones whom the verb at a place asks."""
        grammar, words = self._grammar, self._words
        before = self._sentence_before(place)
        # Within a clause somebody else asks: ``That the States ask the Secretariat to help them``.
        if any(_is(grammar.that, word) for word in before):
            return set()
        behind = place + 1
        while _is(grammar.adverbs, words[behind]) or _is(grammar.to, words[behind]):
            behind += 1
        found, end = self._names_at(behind)
        opens = all(_is(f"{grammar.adverbs}|{grammar.to}", word) or word == grammar.reflexive for word in before)
        opens = opens or _is(grammar.joins, before[-1])
        return found if opens or _is(grammar.to, words[end]) or _is(grammar.that, words[end]) else set()

    def _agents(self, start: int) -> Iterator[set[str]]:
        """The values named as agents in a passive clause that begins at a place."""
        passive = False
        for place in range(start, len(self._words) - 2):
            word = self._words[place]
            if _is(self._grammar.that, word) or word in _SENTENCE_SIGNS or (passive and word == ","):
                return
            passive = passive or self._suffers(place, self._grammar.being[0])
            for agent in self._grammar.agent:
                end = place + len(agent)
                if passive and self._words[place:end] == agent:
                    yield self._names_at(end)[0]

    # --------------------------------------------------------------------------------------------------------- verbs

    def _acts(self, end: int) -> bool:
        """Tell whether the subject that ends at a place acts, or is asked to."""
        return not self._suffers(end, "|".join(self._grammar.being)) or self._is_asked(end)

    def _suffers(self, place: int, being: str) -> bool:
        """Tell whether a verb in the passive begins at a place."""
        word, following = self._words[place : place + 2]
        if word and word == self._grammar.reflexive:
            return not _is(self._grammar.acting, following)
        return _is(being, word) and _is(self._grammar.participle, following)

    def _is_asked(self, place: int) -> bool:
        word, following = self._words[place : place + 2]
        return _is("|".join(self._grammar.being), word) and _is(self._grammar.asking, following)

    def _is_bound(self, end: int) -> bool:
        """Tell whether the subject that ends at a place has a duty or is asked."""
        return _is(self._grammar.duty, self._words[end]) or self._is_asked(end)
