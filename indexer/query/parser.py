"""What a person typed, read as a syntax tree; ``docs/query-language.md`` holds the grammar.

Any string can be read. What cannot mean what it looks like is mended, and a note says so; only a filter of a known
field whose value cannot be read is an error. A tree that comes from here is in normal form: no AND stands directly in
an AND, no OR in an OR, no NOT in a NOT, and ``parse(render(tree)).tree == tree``.
"""

from collections.abc import Sequence
from typing import NamedTuple, TypeGuard, cast

from indexer.model import And, Everything, Filter, Near, Node, Not, Note, Or, Phrase, Prefix, Typo, Word
from indexer.query.lexer import AND, CLOSE, MAX_LENGTH, MINUS, NOT, OPEN, OR, Lexer, Operator, QueryToken
from indexer.query.notes import NOTES

__all__ = ["MAX_DEPTH", "MAX_LENGTH", "NOTES", "ParsedQuery", "parse", "render"]

MAX_DEPTH = 20
"""Parentheses within parentheses that are heeded."""


class ParsedQuery(NamedTuple):
    """A question as it was read. Each note appears once."""

    tree: Node
    notes: tuple[Note, ...]


def parse(text: str) -> ParsedQuery:
    """The syntax tree of a question, and notes on what was mended or left out.

    Raises:
        BadQuery: a filter's value cannot be read; its position counts characters of ``text`` from 0.
    """
    lexer = Lexer(text)
    tokens = lexer.tokens
    operators = {token.name for token in tokens if isinstance(token, Operator)}
    if "(" in operators or ")" in operators:
        tokens = _balanced(tokens, lexer)
    if "NEAR" in operators:
        tokens = _paired(tokens, lexer)
    if operators:
        tokens = _operative(tokens, lexer)
    return ParsedQuery(_tree(tokens, alone=not operators), lexer.notes)


def _tree(tokens: list[QueryToken], *, alone: bool) -> Node:
    """The tree of mended tokens. ``alone`` says that there is no operator among them."""
    if not tokens:
        return Everything()
    return _joined(And, cast("list[Node]", tokens)) if alone else _Descent(tokens).tree()


def render(tree: Node) -> str:
    """A tree in the query language: what ``parse`` reads as the same tree."""
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
            return f"-{_grouped(part, (And, Or, Near))}"
        case And(parts):
            return " ".join([part.text if isinstance(part, Word) else _grouped(part, (Or,)) for part in parts])
        case Or(parts):
            return " OR ".join(_grouped(part, (And,)) for part in parts)
        case Everything():
            return ""


def _grouped(part: Node, kinds: tuple[type[Node], ...]) -> str:
    return f"({render(part)})" if isinstance(part, kinds) else render(part)


# ------------------------------------------------------------------------------------------------------------- mending


def _balanced(tokens: list[QueryToken], lexer: Lexer) -> list[QueryToken]:
    """The tokens without parentheses that have no partner, hold nothing or lie too deep."""
    kept: list[QueryToken] = []
    opened: list[tuple[int, bool]] = []
    for token, following in zip(tokens, [*tokens[1:], CLOSE], strict=True):
        if token is OPEN:
            deep = len(opened) >= MAX_DEPTH
            opened.append((len(kept), deep))
            if deep:
                lexer.note("too-deep", str(MAX_DEPTH))
                continue
        elif token is CLOSE:
            if not opened:
                lexer.note("parenthesis-unmatched")
                continue
            partner, deep = opened.pop()
            if len(kept) <= partner + (not deep):
                lexer.note("parenthesis-empty")
                del kept[partner:]
                _release(kept, following)
                continue
            if deep:
                continue
        kept.append(token)
    for partner, deep in reversed(opened):
        lexer.note("parenthesis-unmatched")
        if not deep:
            del kept[partner]
    return kept


def _release(kept: list[QueryToken], following: QueryToken) -> None:
    """Take off the operators at the end that would have worked on empty parentheses."""
    idle = (NOT, MINUS, AND, OR) if following in (AND, OR, CLOSE) else (NOT, MINUS)
    while kept and kept[-1] in idle:
        kept.pop()


def _paired(tokens: list[QueryToken], lexer: Lexer) -> list[QueryToken]:
    """The tokens with each NEAR and its two neighbours made one, or a word where it has not two neighbours."""
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
            kept.append(_joined(And, pairs))
        elif isinstance(token, Operator) and _is_near(token):
            kept.append(_as_word(token, "near-as-word", lexer))
        else:
            kept.append(token)
        index += 1
    return kept


def _is_near(token: QueryToken) -> TypeGuard[Operator]:
    return isinstance(token, Operator) and token.name == "NEAR"


def _as_word(operator: Operator, code: str, lexer: Lexer) -> Word:
    lexer.note(code, operator.word.upper())
    return Word(operator.word)


def _beginnings(tokens: list[QueryToken]) -> list[bool]:
    """For each place in the tokens and the one after, whether something that an operator can work on begins there."""
    begins = [False]
    for token in reversed(tokens):
        if token is not MINUS:
            begins.append(not isinstance(token, Operator) or token.name in ("(", "NOT"))
        else:
            begins.append(begins[-1])
    return begins[::-1]


def _operative(tokens: list[QueryToken], lexer: Lexer) -> list[QueryToken]:
    """The tokens, with each operator that has nothing to work on made a word."""
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
            kept.append(_as_word(token, "operator-as-word", lexer))
    return kept


# ------------------------------------------------------------------------------------------------------------ the tree


class _Descent:
    """Reads mended tokens by recursive descent; MAX_DEPTH bounds the recursion."""

    def __init__(self, tokens: list[QueryToken]) -> None:
        self._tokens = [*tokens, CLOSE]
        self._next = 0

    def tree(self) -> Node:
        """Alternatives up to the parenthesis that closes them, which is passed."""
        parts = [self._all()]
        while self._take("OR"):
            parts.append(self._all())
        self._next += 1
        return _joined(Or, parts)

    def _all(self) -> Node:
        parts = [self._negated()]
        while self._take("AND") or not self._ends():
            parts.append(self._negated())
        return _joined(And, parts)

    def _negated(self) -> Node:
        negative = False
        while self._take("NOT") or self._take("-"):
            negative = not negative
        token = self._tokens[self._next]
        self._next += 1
        part = self.tree() if isinstance(token, Operator) else token
        if not negative:
            return part
        return part.part if isinstance(part, Not) else Not(part)

    def _take(self, name: str) -> bool:
        token = self._tokens[self._next]
        taken = isinstance(token, Operator) and token.name == name
        self._next += taken
        return taken

    def _ends(self) -> bool:
        token = self._tokens[self._next]
        return isinstance(token, Operator) and token.name in (")", "OR")


def _joined(kind: type[And | Or], parts: Sequence[Node]) -> Node:
    if len(parts) == 1:
        return parts[0]
    flat = [leaf for part in parts for leaf in (part.parts if isinstance(part, kind) else (part,))]
    return kind(tuple(flat))
