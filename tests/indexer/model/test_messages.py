"""Messages: codes with parts, which become words where they are shown."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from gettext import NullTranslations

import pytest

from indexer.model import Message, json, message
from indexer.model.messages import REGISTRY, Wording
from tests.support.paths import ROOT

PLACE = re.compile(r"\{(\d)\}")


class Backwards(NullTranslations):
    """Translations that give each text in capitals."""

    def gettext(self, message: str) -> str:
        return message.upper()

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return (msgid1 if n == 1 else msgid2).upper()


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Each place in the code that makes a message."""
    for package in ("indexer", "search_app"):
        for file in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "message":
                    yield f"{file.relative_to(ROOT).as_posix()}:{node.lineno}", node


def codes_of(call: ast.Call) -> list[str]:
    """The codes that a call may make: a text, or one of two."""
    (first, *_) = call.args
    choices = [first.body, first.orelse] if isinstance(first, ast.IfExp) else [first]
    return [str(each.value) for each in choices if isinstance(each, ast.Constant)]


def places_of(code: str) -> set[int]:
    """The numbers of the parts that the words of a message name."""
    return {int(each) for text in REGISTRY[code] if text for each in PLACE.findall(text)}


@pytest.mark.parametrize(("place", "call"), list(calls()), ids=lambda each: each if isinstance(each, str) else "")
def test_a_message_is_made_of_a_code_of_the_registry_and_of_all_its_parts(place: str, call: ast.Call) -> None:
    assert codes_of(call), f"{place}: the code is no text"
    for code in codes_of(call):
        assert code in REGISTRY, place
        if not any(isinstance(each, ast.Starred) for each in call.args):
            assert places_of(code) == set(range(len(call.args) - 1)), place


def test_every_code_of_the_registry_is_made_somewhere() -> None:
    assert set(REGISTRY) - {code for _, call in calls() for code in codes_of(call)} == set()


@pytest.mark.parametrize("code", REGISTRY)
def test_a_row_is_plain_words(code: str) -> None:
    row = REGISTRY[code]
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)
    for text in row:
        assert text is None or text.strip() == text != ""
    if row.plural:
        assert PLACE.findall(row.sentence) == PLACE.findall(row.plural)


@pytest.mark.parametrize("code", [code for code, row in REGISTRY.items() if isinstance(row, Wording)])
def test_a_whole_message_has_a_remedy_that_does_not_repeat_it(code: str) -> None:
    row = REGISTRY[code]
    assert isinstance(row, Wording)
    assert row.remedy.endswith((".", "?", "}"))
    assert row.remedy not in row.sentence


def test_a_message_that_frames_others_has_their_remedies_each_once_and_their_sentences_alone() -> None:
    refusals = [message("not-complete", "a", "60"), message("too-large", "b", 64), message("not-complete", "c", "60")]
    listed = message("one-and-other", message("one-and-other", refusals[0], refusals[1]), refusals[2])
    whole = message("not-fetched", listed)
    assert whole.sentence() == (
        "Not fetched: a: not complete after 60 seconds; b: larger than 64 MB; not taken; "
        "c: not complete after 60 seconds"
    )
    assert whole.remedy() == "Try again later. Fetch it in a browser, and put it into the folder of PDFs."
    assert str(whole) == f"{whole.sentence()}. {whole.remedy()}"
    assert whole.remedy(Backwards()) == whole.remedy().upper()


def test_what_stands_within_others_has_no_remedy() -> None:
    assert (message("disk-full").remedy(), str(message("disk-full"))) == ("", "the disk is full; make room")


def test_a_mistake_is_said_with_its_place_and_what_to_do() -> None:
    mistake = message("mistake", "catalogue.toml", "body.nmae", message("misspelt-key", "'name'"))
    assert str(mistake) == "catalogue.toml: body.nmae: unknown key. Did you mean 'name'?"
    assert mistake.as_mapping()["remedy"] == "Did you mean 'name'?"


def test_no_two_modules_of_the_registry_have_a_code_in_common() -> None:
    found = defaultdict(list)
    for file in sorted((ROOT / "indexer" / "model" / "messages").glob("*.py")):
        for code in re.findall(
            r'^    "([a-z0-9-]+)": (?:Wording|Frame|Fragment)\(', file.read_text(encoding="utf-8"), re.MULTILINE
        ):
            found[code].append(file.name)
    assert set(found) == set(REGISTRY)
    assert {code: files for code, files in found.items() if len(files) > 1} == {}


def test_a_message_within_a_message_stands_in_its_sentence_in_the_same_language() -> None:
    whole = message("filter-unreadable", "lang", "español", 1, message("give-kind", "note"))
    assert str(whole) == "“lang:español” cannot be read (at character 1). Give one of note."
    assert whole.text(Backwards()) == "“lang:español” CANNOT BE READ (AT CHARACTER 1). GIVE ONE OF note."
    assert whole.shown_parts() == ("lang", "español", "1", "Give one of note.")


def test_braces_in_a_part_are_no_places_for_parts() -> None:
    assert message("no-word", "{1}").sentence() == "“{1}” holds no letter or digit and was left out."


def test_a_message_comes_back_from_json() -> None:
    whole = message("filter-unreadable", "lang", "{", 1, message("give-kind", "note"))
    assert json.decode(json.encode(whole), Message) == whole
    assert hash(json.decode(json.encode(whole), Message)) == hash(whole)
