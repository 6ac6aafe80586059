"""Parser: a query's text to its syntax tree, and back.

``docs/query-language.md`` holds the grammar.

Any string can be read. What cannot mean what it looks like is mended, and a note says so; only a filter of a known
field whose value cannot be read is an error. A tree that comes from here is in normal form: no AND stands directly in
an AND, no OR in an OR, no NOT in a NOT, and ``parse(render(tree)).tree == tree``.
"""

# ARCHITECTURE.md: A query is parsed once, where it comes in.

from collections.abc import Sequence
from functools import lru_cache
from typing import TypeGuard, Unpack, cast

from indexer.model import (
    And,
    Everything,
    Filter,
    Message,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    QuerySettings,
    Typo,
    Word,
    message,
)
from indexer.query.capitals import operators_as_words
from indexer.query.lexer import AND, CLOSE, MAX_LENGTH, MINUS, NOT, OPEN, OR, Lexer, Operator, QueryToken

__all__ = ["MAX_DEPTH", "MAX_LENGTH", "parse", "query_of_meeting", "render"]

MAX_DEPTH = 20
"""Parentheses within parentheses that are heeded: the bound of the parser's recursion."""

_KEPT, _LONGEST_KEPT = 1_000, 200
"""Texts whose trees are kept, and the characters of the longest, so that they take a few megabytes at most."""

_WHOLE_MEETING = 100_000
"""More items than any meeting has."""


def parse(text: str = "", **settings: Unpack[QuerySettings]) -> Query:
    """Parse a query where it comes in; all that comes after takes what this gives.

    Args:
        text: the query as typed.
        settings: what is chosen beside it.

    Raises:
        BadQuery: a filter's value cannot be read; its position counts characters of ``text`` from 0.
    """
    if not text:
        return Query("", Everything(), **settings)
    tree, notes, meant = (_read if len(text) <= _LONGEST_KEPT else _read.__wrapped__)(text)
    return Query(text, tree, notes, meant, **settings)


# Kept, since a visitor who turns a page, chooses a facet or another order asks the same text.
@lru_cache(maxsize=_KEPT)
def _read(text: str) -> tuple[Node, tuple[Message, ...], tuple[tuple[str, Filter], ...]]:
    """Read a text: its tree, the notes on it, and words that look like filters, with those probably meant."""
    lexer = Lexer(text)
    tokens = lexer.tokens
    operators = {token.name for token in tokens if isinstance(token, Operator)}
    # Each pass leaves fewer operators to the next, in this order: one that worked on empty parentheses goes with them,
    # and a NEAR that became a word is something that others can work on.
    if "(" in operators or ")" in operators:
        tokens = _balance(tokens, lexer)
    if "NEAR" in operators:
        tokens = _join_near(tokens, lexer)
    if operators:
        tokens = operators_as_words(_mend_operators(tokens, lexer), lexer)
    alone = not any(isinstance(token, Operator) for token in tokens)
    return _tree(tokens, alone=alone), lexer.notes, tuple(lexer.meant)


def query_of_meeting(body: str, meeting: str) -> Query:
    """Make the query of all items of a meeting, in order, by its ids."""
    chosen = (Filter("body", body), Filter("meeting", f"{body}/{meeting}"))
    return parse(chosen=chosen, sort="document", limit=_WHOLE_MEETING)


def _tree(tokens: list[QueryToken], *, alone: bool) -> Node:
    """Build the tree of mended tokens; ``alone`` says that there is no operator among them."""
    if not tokens:
        return Everything()
    return _join(And, cast("list[Node]", tokens)) if alone else _Descent(tokens).tree()


def render(tree: Node) -> str:
    """Render a tree in the query language: as what ``parse`` reads as the same tree."""
    match tree:
        case Word(text):
            return text
        case Phrase(text):
            return f'"{text}"'
        case Prefix(text):
            return f"{text}*"
        case Typo(text):
            return f"{text}~"
        case Near(left, right, distance):
            return f"{render(left)} NEAR/{distance} {render(right)}"
        case Filter(field, value):
            return f'{field}:"{value}"' if " " in value else f"{field}:{value}"
        case Not(part):
            return f"-{_group(part, (And, Or, Near))}"
        case And(parts):
            return " ".join([part.text if isinstance(part, Word) else _group(part, (Or,)) for part in parts])
        case Or(parts):
            # AND binds more than OR: these parentheses change nothing, but tell people who do not know that.
            return " OR ".join(_group(part, (And,)) for part in parts)
        case Everything():
            return ""


def _group(part: Node, kinds: tuple[type[Node], ...]) -> str:
    """Render a part, in parentheses where it is of one of these kinds."""
    return f"({render(part)})" if isinstance(part, kinds) else render(part)


# ------------------------------------------------------------------------------------------------------------- mending


def _balance(tokens: list[QueryToken], lexer: Lexer) -> list[QueryToken]:
    """Drop parentheses that have no partner, hold nothing or lie too deep."""
    kept: list[QueryToken] = []
    opened: list[tuple[int, bool]] = []
    for token, following in zip(tokens, [*tokens[1:], CLOSE], strict=True):
        if token is OPEN:
            deep = len(opened) >= MAX_DEPTH
            opened.append((len(kept), deep))
            if deep:
                lexer.note(message("too-deep", str(MAX_DEPTH)))
                continue
        elif token is CLOSE:
            if not opened:
                lexer.note(message("parenthesis-unmatched"))
                continue
            partner, deep = opened.pop()
            # One that lies too deep was not kept itself, so that what it holds begins where it would stand.
            first_inside = partner if deep else partner + 1
            if len(kept) <= first_inside:
                lexer.note(message("parenthesis-empty"))
                del kept[partner:]
                _release(kept, following)
                continue
            if deep:
                continue
        kept.append(token)
    # From the last to the first, so that the places of those before stay as they are.
    for partner, deep in reversed(opened):
        lexer.note(message("parenthesis-unmatched"))
        if not deep:
            del kept[partner]
    return kept


def _release(kept: list[QueryToken], following: QueryToken) -> None:
    """Take off the operators at the end that would have worked on empty parentheses."""
    # Before another part, AND and OR still have something to work on: `a OR () b` leaves `a OR b`.
    idle = (NOT, MINUS, AND, OR) if following in (AND, OR, CLOSE) else (NOT, MINUS)
    while kept and kept[-1] in idle:
        kept.pop()


def _join_near(tokens: list[QueryToken], lexer: Lexer) -> list[QueryToken]:
    """Join each NEAR with its two neighbours; make it a word where it has not two.

    ``a NEAR/3 b NEAR/2 c`` is two pairs that share ``b``.
    """
    kept: list[QueryToken] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        pairs: list[Node] = []
        while index + 2 < len(tokens):
            left, operator, right = tokens[index : index + 3]
            if not (isinstance(left, Word | Phrase) and isinstance(right, Word | Phrase) and _is_near(operator)):
                break
            pairs.append(Near(left, right, operator.distance))
            index += 2
        if pairs:
            kept.append(_join(And, pairs))
        elif isinstance(token, Operator) and _is_near(token):
            kept.append(_as_word(token, message("near-as-word", token.word.upper()), lexer))
        else:
            kept.append(token)
        index += 1
    return kept


def _is_near(token: QueryToken) -> TypeGuard[Operator]:
    return isinstance(token, Operator) and token.name == "NEAR"


def _as_word(operator: Operator, note: Message, lexer: Lexer) -> Word:
    lexer.note(note)
    return Word(operator.word)


def _beginnings(tokens: list[QueryToken]) -> list[bool]:
    """Tell if an operand begins, for each place in the tokens and the end."""
    begins = [False]
    for token in reversed(tokens):
        if token is not MINUS:
            begins.append(not isinstance(token, Operator) or token.name in ("(", "NOT"))
        else:
            begins.append(begins[-1])
    return begins[::-1]


def _mend_operators(tokens: list[QueryToken], lexer: Lexer) -> list[QueryToken]:
    """Make operators that have nothing to work on words; leave out such a minus."""
    begins = _beginnings(tokens)
    kept: list[QueryToken] = []
    for index, token in enumerate(tokens):
        if not isinstance(token, Operator) or token.name in "()":
            kept.append(token)
            continue
        left = bool(kept) and (not isinstance(kept[-1], Operator) or kept[-1] is CLOSE)
        if begins[index + 1] and (left or token.name in ("NOT", "-")):
            kept.append(token)
        elif token is not MINUS:
            kept.append(_as_word(token, message("operator-as-word", token.word.upper()), lexer))
    return kept


# ------------------------------------------------------------------------------------------------------------ the tree


class _Descent:
    """Recursive descent over mended tokens; MAX_DEPTH bounds the recursion."""

    def __init__(self, tokens: list[QueryToken]) -> None:
        # The whole reads as a group whose parenthesis closes at the end, so that no rule has to look for the end.
        self._tokens = [*tokens, CLOSE]
        self._next = 0

    def tree(self) -> Node:
        """Read alternatives up to the parenthesis that closes them, which is passed."""
        parts = [self._conjunction()]
        while self._take("OR"):
            parts.append(self._conjunction())
        self._next += 1
        return _join(Or, parts)

    def _conjunction(self) -> Node:
        parts = [self._negation()]
        while self._take("AND") or not self._ends():
            parts.append(self._negation())
        return _join(And, parts)

    def _negation(self) -> Node:
        # Counted in a loop, since a query may hold more NOTs in a row than the recursion may go deep.
        negative = False
        while self._take("NOT") or self._take("-"):
            negative = not negative
        token = self._tokens[self._next]
        self._next += 1
        # After the operators above the only one that can begin an operand is a parenthesis: the others were mended.
        part = self.tree() if isinstance(token, Operator) else token
        if not negative:
            return part
        return part.part if isinstance(part, Not) else Not(part)

    def _take(self, name: str) -> bool:
        """Pass the next token where it is the operator of this name; False where it is not."""
        token = self._tokens[self._next]
        if isinstance(token, Operator) and token.name == name:
            self._next += 1
            return True
        return False

    def _ends(self) -> bool:
        token = self._tokens[self._next]
        return isinstance(token, Operator) and token.name in (")", "OR")


def _join(kind: type[And | Or], parts: Sequence[Node]) -> Node:
    """Join parts to a node in normal form: one part stands alone, and none is of the node's own kind."""
    if len(parts) == 1:
        return parts[0]
    flat = [leaf for part in parts for leaf in (part.parts if isinstance(part, kind) else (part,))]
    return kind(tuple(flat))
