"""Every sentence for people stands in the registry or the translations, and a test finds each."""

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

SEVERAL = 3
"""The words from which on a text is looked at whether it is for people."""

FRAGMENT = 3
"""The words in a row by which a test finds it."""

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")

WORD_LISTS = ("indexer/analysis", "indexer/segment/vocabulary.py", "indexer/query/citation_grammar.py")
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


MESSAGES = "indexer/model/messages/"
"""The registry of messages."""

OUTSIDE = {
    "indexer/cli/": "progress, tables and help of a terminal, which are English as those of Python are",
    "search_app/__main__.py": "the same, of the service",
    "search_app/web/settings.py": "the same: what argparse says of options",
    "search_app/web/error_pages.py: An answer failed": "a line of the log",
    "indexer/build/check.py: meeting ": "a place in a file, named by its keys",
    "indexer/engines/whoosh/": "a damage as the codec names it, which a message quotes",
    "indexer/search/offsets.py": "the same",
    "indexer/generations/read_lock.py": "an error of the system, which a message quotes",
    "indexer/model/json.py": "the same, of JSON",
    "indexer/extract/pdf/": "what pdfminer is told, and a word of the protocol with the worker",
    "search_app/present/metadata.py: required": "a word of schema.org",
    "indexer/catalogue/folders.py: system volume": "the name of a folder",
    "search_app/views/embed_scripts.py": "headers",
    "search_app/web/caching.py": "headers",
}
"""Places of texts that are none of the registry's, or their beginnings, and why."""


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


def sentences(folder: str, least: int = SENTENCE) -> Iterator[tuple[str, Sentence]]:
    """The sentences for people in the modules of a folder, of so many words at the least, each with its place."""
    for path in sorted((ROOT / folder).rglob("*.py")):
        place = path.relative_to(ROOT).as_posix()
        if not place.startswith(WORD_LISTS):
            for text in texts(path):
                if re.search(r"\w[^\w\s]? \w", " ".join(text)) and sum(len(words(piece)) for piece in text) >= least:
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


def in_tests_as_they_are() -> set[str]:
    """The texts of all tests but this one, without values."""
    said = [text for path in (ROOT / "tests").rglob("*.py") if path != Path(__file__) for text in texts(path)]
    return {text[0] for text in said if len(text) == 1}


def as_pieces(text: str) -> Sentence:
    """A text of the registry in pieces: what stands between its parts."""
    return tuple(re.split(r"\{\d\}", text))


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
        if not place.startswith(MESSAGES)
        and "".join(text) not in interface
        and not any(f"{place}: {text[0]}".startswith(each) for each in ELSEWHERE)
    ]
    assert len(wanted) > 20, "the sentences are no longer found"
    assert lacking(wanted, in_tests()) == []


def test_every_code_of_the_registry_has_a_test_that_finds_it_or_words_of_its_sentence() -> None:
    known, codes = in_tests(), in_tests_as_they_are()
    sentences_of = {code: [text for text in (each.sentence, each.plural) if text] for code, each in REGISTRY.items()}
    unfound = [
        code
        for code, found in sentences_of.items()
        if code not in codes and all(fragments(as_pieces(text)).isdisjoint(known) for text in found)
    ]
    assert unfound == []


def test_no_sentence_for_people_stands_outside_the_registry_and_the_translations() -> None:
    translations = {
        text for message in needed() for text in ([message.id] if isinstance(message.id, str) else message.id)
    }
    found = [
        f"{place}: {text[0]}"
        for folder in ("indexer", "search_app")
        for place, text in sentences(folder, SEVERAL)
        if not place.startswith(MESSAGES) and "".join(text) not in translations
    ]
    assert [each for each in found if not each.startswith((*ELSEWHERE, *OUTSIDE))] == []
    assert [each for each in OUTSIDE if not any(line.startswith(each) for line in found)] == []


def test_a_sentence_without_a_test_is_noticed() -> None:
    said = [("a.py", ("The moon is ", ", and not made of cheese.")), ("b.py", ("The moon is a cat.",))]
    assert lacking(said, {("not", "made", "of")}) == ["b.py: The moon is a cat."]
    assert lacking(said, {("the", "moon", "is")}) == [f"a.py: {'…'.join(said[0][1])}", "b.py: The moon is a cat."]


def test_every_exception_is_needed() -> None:
    found = [f"{place}: {text[0]}" for folder in ("indexer", "search_app") for place, text in sentences(folder)]
    assert [each for each in ELSEWHERE if not any(line.startswith(each) for line in found)] == []
