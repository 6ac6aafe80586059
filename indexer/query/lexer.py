"""Lexer: a query cut into words, phrases, filters and operators."""

# ARCHITECTURE.md: Only filters that cannot be read are errors.

import re
from typing import NamedTuple

from indexer.analysis.fields import FIELDS
from indexer.analysis.tokenizer import extent
from indexer.model import Filter, Message, Node, Phrase, Prefix, Typo, Word, message
from indexer.query.fields import ANY_NAME, find_field, guess_field, read_filter

MAX_LENGTH = 2000
"""Characters of a query that are read."""

MAX_CLAUSES = 256
"""Words, phrases and filters of a query that are read."""

MAX_DISTANCE = 100
"""Largest distance of NEAR, in words between."""

# Keyboards, word processors and copied pages give other characters for the same sign: all of them are heeded.
_QUOTES = '"“”„«»‹›＂'

_MINUSES = "-\u2010\u2011\u2013\u2212\ufe63\uff0d"

# The long dash is punctuation: it is looked at as a sign, but excludes nothing.
_SIGNS = frozenset(f"{_MINUSES}+!—")

# Single quotation marks come first and need a space or a parenthesis on either side, since they are apostrophes as
# well: l'évidence. A word ends at a quotation mark; where a field stands before one, the second line leaves it to the
# third.
_TOKEN = re.compile(
    rf"(?<![^\s(])(?P<minus>[{_MINUSES}]?)['‘](?P<single>[^\s{_QUOTES}()][^{_QUOTES}()]*?)['’](?=[\s)]|\Z)"
    rf"|(?P<word>(?![{_MINUSES}]?(?:{ANY_NAME}):[{_QUOTES}])[^\s{_QUOTES}()]+)"
    rf"|(?P<field>[{_MINUSES}]?(?:{ANY_NAME})):[{_QUOTES}](?P<value>[^{_QUOTES}]*+)[{_QUOTES}]?"
    rf"|[{_QUOTES}](?P<phrase>[^{_QUOTES}]*+)(?P<close>[{_QUOTES}](?:~[0-9]+)?|\Z)"
    rf"|(?P<parenthesis>[()])"
)

_FILTER = re.compile(rf"(?<![^\s(,;])(?:{ANY_NAME}):(?:[{_QUOTES}][^{_QUOTES}]*+[{_QUOTES}]?|[^\s{_QUOTES}()]+)")

_WHOLE_WORDS = re.compile(rf".{{0,{MAX_LENGTH - 1}}}[^\s()](?=[\s()])", re.DOTALL)

_EXCLUDES = re.compile(rf"(?<![^\s(])[{_MINUSES}](?![{_MINUSES}])")

# Six digits are enough to say that a distance is too large, and make a number that costs nothing to read.
_NEAR = re.compile(r"NEAR/([0-9]{1,6})")

_OMISSION = re.compile(r"\[\s*(?:…|\.{3})\s*\]|\(\s*(?:…|\.{3})\s*\)|…|\.{3,}")

_SLIPS = re.compile(r"(.*\w)~([0-9]+)")

_FINAL_STOPS = re.compile(r"(?:[\s,;:!?]|(?<!\.)\.)+$")
"""Signs and spaces after a filter's value, in any order: a value ends in none, so that it is printed as it was read."""


class Operator(NamedTuple):
    """Operator: ``AND``, ``OR``, ``NOT``, ``-``, ``NEAR`` or a parenthesis. ``distance`` is that of NEAR."""

    name: str
    distance: int = 0

    @property
    def word(self) -> str:
        """Operator as a word, for where it has nothing to work on."""
        return f"near/{self.distance}" if self.name == "NEAR" else self.name.lower()


QueryToken = Node | Operator

OPEN, CLOSE, MINUS = Operator("("), Operator(")"), Operator("-")

AND, OR, NOT = Operator("AND"), Operator("OR"), Operator("NOT")

_OPERATORS = {operator.name: operator for operator in (AND, OR, NOT)}


def without_filters(text: str) -> str:
    """Leave the filters out of a query, and keep all else as it was typed."""
    return _FILTER.sub(" ", text)


class Lexer:
    """Lexer of one query: its ``tokens``, as far as the bounds allow, and ``notes``.

    ``text`` is the query as typed. ``meant`` are words that look like filters, with the filters that were probably
    meant.

    Raises:
        BadQuery: a filter's value cannot be read.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._notes: dict[Message, None] = {}
        self.tokens: list[QueryToken] = []
        self.meant: list[tuple[str, Filter]] = []
        words = text.split()
        if len(text) <= MAX_LENGTH and len(words) <= MAX_CLAUSES and all(map(str.isalpha, words)):
            # Nearly all queries are letters and spaces alone, in which no sign is to be looked for.
            self.tokens += [_OPERATORS.get(word) or Word(word) for word in words]
        else:
            self._cut(text)

    def note(self, note: Message) -> None:
        """Add a note, once."""
        self._notes[note] = None

    @property
    def notes(self) -> tuple[Message, ...]:
        """Notes for the asker, in the order in which they were made."""
        return tuple(self._notes)

    def _cut(self, text: str) -> None:
        if len(text) > MAX_LENGTH:
            self.note(message("cut-short", str(MAX_LENGTH)))
            whole = _WHOLE_WORDS.match(text)
            # Half a word would search for something that was not typed; one word longer than all is cut all the same.
            text = whole[0] if whole else text[:MAX_LENGTH]
        clauses = 0
        for match in _TOKEN.finditer(text):
            kind, before = match.lastgroup, len(self.tokens)
            # Parentheses right after the last word are still read: they close what stands open.
            if clauses == MAX_CLAUSES and kind != "parenthesis":
                self.note(message("too-many-words", str(MAX_CLAUSES)))
                return
            if kind == "word":
                self._bare(match[0], match.start(), text)
            elif kind == "single":
                self.tokens += [MINUS] if match["minus"] else []
                self._phrase(match["single"], "'")
            elif kind == "close":
                self._phrase(match["phrase"], match["close"])
            elif kind == "parenthesis":
                self.tokens.append(OPEN if match[0] == "(" else CLOSE)
            else:
                self._quoted_filter(match["field"], match["value"], slice(*match.span()))
            if len(self.tokens) > before and not isinstance(self.tokens[-1], Operator):
                clauses += 1

    def _bare(self, raw: str, start: int, text: str) -> None:
        """Read a stretch without spaces, quotation marks and parentheses."""
        if raw.isalpha() and raw not in _OPERATORS:
            self.tokens.append(Word(raw))
        elif raw in _OPERATORS:
            self.tokens.append(_OPERATORS[raw])
        elif near := _NEAR.fullmatch(raw):
            self._near(int(near[1]))
        elif raw[0] not in _SIGNS:
            self._clause(raw, start)
        elif _EXCLUDES.match(text, start):
            self._exclusion(raw, start + 1, text)
        else:
            # Both are punctuation too, and say something of the search only where a word follows at once.
            if raw[0] not in "!—" or raw[1:2].isalnum():
                self.note(message("sign-left-out", raw))
            self._clause(raw, start)

    def _near(self, distance: int) -> None:
        if distance > MAX_DISTANCE:
            self.note(message("near-too-far", str(MAX_DISTANCE)))
        self.tokens.append(Operator("NEAR", min(distance, MAX_DISTANCE)))

    def _exclusion(self, raw: str, start: int, text: str) -> None:
        """Read what follows the minus sign that ``raw`` begins with.

        That is the rest of ``raw``, or a phrase or a group at ``start``.
        """
        self.tokens.append(MINUS)
        if raw[1:]:
            self._clause(raw[1:], start)
        elif start == len(text) or text[start].isspace() or text[start] == ")":
            self._nothing(raw)

    def _clause(self, raw: str, start: int) -> None:
        """Read a word, a filter, ``begin*`` or ``word~``."""
        found = extent(raw)
        if found is None:
            self._nothing(raw)
            return
        first, last, words = found
        field, colon, value = raw[first:].partition(":")
        place = slice(start + first, start + len(raw))
        if colon and field.isalpha() and self._take_filter(field, _FINAL_STOPS.sub("", value), place):
            return
        word, mark = raw[first:last], raw[last : last + 1]
        # The number after ~ is a word of its own, so that `crime~2` has two: Lucene's way to ask for two slips.
        if words == 2 and (slips := _SLIPS.fullmatch(word)) and extent(slips[1]) == (0, len(slips[1]), 1):
            if slips[2] != "1":
                self.note(message("typo-one-slip", raw))
            self.tokens.append(Typo(slips[1]))
            return
        if "*" in raw[:last] or (mark != "*" and "*" in raw[last:]):
            self.note(message("star-at-end-only", raw))
        if "~" in raw[:last] or (mark != "~" and "~" in raw[last:]) or (mark == "~" and words > 1):
            self.note(message("typo-one-word", raw))
        if mark == "*":
            self.tokens.append(Prefix(word))
        elif mark == "~" and words == 1:
            self.tokens.append(Typo(word))
        else:
            # A sign stood beside it, as in `!AND`: in capitals it would be an operator where the tree is printed.
            self.tokens.append(Word(word.lower() if word in _OPERATORS or _NEAR.fullmatch(word) else word))

    def _take_filter(self, field: str, value: str, place: slice) -> bool:
        """Read ``field:value`` as a filter; False where it is none, and nothing was taken."""
        row = find_field(field)
        if row is None:
            # An address is no attempt at a filter: https://example.org.
            if value and not value.startswith("//"):
                self._note_no_filter(field, value)
            return False
        if value:
            self.tokens.append(read_filter(row, field, value, self.text, place))
        else:
            self.note(message("filter-without-value", field, row.filter_example))
            self.tokens.append(Word(field))
        return True

    def _note_no_filter(self, field: str, value: str) -> None:
        """Note that ``field:value`` is no filter, and which one was probably meant."""
        row = guess_field(field)
        if row is not None and row.pattern.fullmatch(value):
            meant = Filter(row.name, row.written(value))
            self.meant.append((f"{field}:{value}", meant))
            self.note(message("filter-misspelt", field, f"{meant.field}:{meant.value}"))
        else:
            self.note(message("not-a-filter", field, ", ".join(f"{known}:" for known in FIELDS)))

    def _quoted_filter(self, field: str, value: str, place: slice) -> None:
        if field[0] in _MINUSES:
            self.tokens.append(MINUS)
        value = _FINAL_STOPS.sub("", " ".join(value.split()))
        name = field.lstrip(_MINUSES)
        if row := find_field(name):  # always: the pattern meets fields alone
            self.tokens.append(read_filter(row, name, value, self.text, place))

    def _phrase(self, body: str, close: str) -> None:
        phrase = " ".join(body.split())
        if not close:
            self.note(message("quote-closed"))
        if extent(phrase) is None:
            self._nothing(f'"{phrase}"')
            return
        if close[1:]:
            self.note(message("near-instead", close[1:], close[2:]))
        if "*" in phrase:
            self.note(message("star-at-end-only", phrase))
        if "~" in phrase:
            self.note(message("typo-one-word", phrase))
        # What is left out of a quotation may be anything: each of its pieces is looked for.
        pieces = [piece for piece in _OMISSION.split(phrase) if extent(piece)]
        excluded = bool(self.tokens) and self.tokens[-1] is MINUS
        self.tokens += [Phrase(phrase)] if excluded else [Phrase(piece.strip()) for piece in pieces]

    def _nothing(self, raw: str) -> None:
        """Leave out a piece that holds no word, and the minus sign before it."""
        self.note(message("no-word", raw))
        if self.tokens and self.tokens[-1] is MINUS:
            self.tokens.pop()
