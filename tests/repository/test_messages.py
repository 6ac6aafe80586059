"""Every sentence for people has words that a test finds, so that a new one without a test is noticed."""

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from indexer.model.messages import REGISTRY
from tests.support.messages import needed
from tests.support.paths import ROOT

Words = tuple[str, ...]
Sentence = tuple[str, ...]
"""A text in pieces: what stands between the values that are put into it."""

SENTENCE = 4
"""The words from which on a text of the code is a sentence for people."""

FRAGMENT = 3
"""The words in a row by which a test finds it."""

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")

WORD_LISTS = ("indexer/analysis", "indexer/segment/headings.py")
"""Modules of words of languages and of patterns, which say nothing to people."""

DESCRIPTIONS = {
    "help": "the meaning of an option: compared with the manual",
    "description": "documentation of a command or of the interface for programs",
}
"""Arguments whose texts describe as docstrings do, and why no test finds their words."""

DESCRIBING = {
    "Parameter": "describes a parameter in the OpenAPI document",
    "_Means": "describes a setting: compared with the help and the manual",
    "compile": "a pattern",
}
"""Calls whose texts are no messages, and why."""

ELSEWHERE = {
    "search_app/api/openapi.py": "documentation of the interface for programs",
    "indexer/fetch/client.py: recommendation-search": "the name that a server is told",
    "indexer/fetch/client.py: the last try": "said by no run: the loop before it returns or raises",
}
"""Places, or the beginnings of texts in them, that no test need find, and why."""


def texts(path: Path) -> Iterator[Sentence]:
    """The texts of a module in pieces, but for docstrings and what describes."""
    tree = ast.parse(path.read_text("utf-8"))
    left_out = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    left_out |= {id(node.annotation) for node in ast.walk(tree) if isinstance(node, ast.arg | ast.AnnAssign)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            left_out |= {id(part) for part in node.values}
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            described = [each.value for each in node.keywords if each.arg in DESCRIPTIONS]
            described += node.args if name in DESCRIBING else []
            left_out |= {id(inner) for part in described for inner in ast.walk(part)}
    for node in ast.walk(tree):
        if id(node) in left_out:
            continue
        if isinstance(node, ast.JoinedStr):
            yield pieces(node)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield (node.value,)


def pieces(node: ast.JoinedStr) -> Sentence:
    found = [""]
    for part in node.values:
        if isinstance(part, ast.Constant):
            found[-1] += str(part.value)
        else:
            found.append("")
    return tuple(found)


def words(text: str) -> Words:
    return tuple(WORD.findall(text.lower()))


def fragments(sentence: Sentence, size: int = FRAGMENT) -> set[Words]:
    """The words in a row within its pieces; where all pieces are shorter, the longest of them."""
    cut = [words(piece) for piece in sentence]
    size = min(size, max(map(len, cut)))
    return {piece[at : at + size] for piece in cut for at in range(len(piece) - size + 1)}


def sentences(folder: str) -> Iterator[tuple[str, Sentence]]:
    """The sentences for people in the modules of a folder, each with its place."""
    for path in sorted((ROOT / folder).rglob("*.py")):
        place = path.relative_to(ROOT).as_posix()
        if not place.startswith(WORD_LISTS):
            for text in texts(path):
                if re.search(r"\w[^\w\s]? \w", " ".join(text)) and sum(len(words(piece)) for piece in text) >= SENTENCE:
                    yield place, text


def lacking(said: Iterable[tuple[str, Sentence]], known: set[Words]) -> list[str]:
    """The sentences of which no fragment is known that is theirs alone."""
    said = list(said)
    counts = Counter(fragment for text in {text for _, text in said} for fragment in fragments(text))
    found = []
    for place, text in said:
        every = fragments(text)
        own = {fragment for fragment in every if counts[fragment] == 1} or every
        if own.isdisjoint(known):
            found.append(f"{place}: {'…'.join(text)}")
    return found


def in_tests() -> set[Words]:
    """The words in a row, up to three, in the texts of all tests but this one."""
    said = [text for path in (ROOT / "tests").rglob("*.py") if path != Path(__file__) for text in texts(path)]
    return {fragment for text in said for size in range(1, FRAGMENT + 1) for fragment in fragments(text, size)}


def translated() -> set[str]:
    """The messages of the interface alone: the tests of translations hold them."""
    ids = [[message.id] if isinstance(message.id, str) else message.id for message in needed()]
    return {text for texts in ids for text in texts} - {
        text for wording in REGISTRY.values() for text in wording if text
    }


def test_every_sentence_for_people_has_a_test_that_finds_its_words() -> None:
    interface = translated()
    said = [(place, text) for folder in ("indexer", "search_app") for place, text in sentences(folder)]
    wanted = [
        (place, text)
        for place, text in said
        if "".join(text) not in interface and not any(f"{place}: {text[0]}".startswith(each) for each in ELSEWHERE)
    ]
    assert len(wanted) > 150, "the sentences are no longer found"
    assert lacking(wanted, in_tests()) == []


def test_a_sentence_without_a_test_is_noticed() -> None:
    said = [("a.py", ("The moon is ", ", and not made of cheese.")), ("b.py", ("The moon is a cat.",))]
    assert lacking(said, {("not", "made", "of")}) == ["b.py: The moon is a cat."]
    assert lacking(said, {("the", "moon", "is")}) == [f"a.py: {'…'.join(said[0][1])}", "b.py: The moon is a cat."]


def test_every_exception_is_needed() -> None:
    found = [f"{place}: {text[0]}" for folder in ("indexer", "search_app") for place, text in sentences(folder)]
    assert [each for each in ELSEWHERE if not any(line.startswith(each) for line in found)] == []
