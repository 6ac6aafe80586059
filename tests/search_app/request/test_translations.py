import re
from pathlib import Path

import pytest

from indexer.analysis.fields import FIELDS
from indexer.model import Kind, State
from search_app.present.labels import KINDS, STATES
from search_app.request.locale import LANGUAGES
from tests.support.messages import APP, catalogues, needed, texts

TEMPLATES = sorted((APP / "templates").rglob("*.html"))
CATALOGUES = dict(catalogues())
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}")


def test_every_language_of_the_interface_has_its_messages() -> None:
    assert {file.parent.parent.name for file in CATALOGUES} == set(LANGUAGES) - {"en"}


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.parent.parent.name)
def test_every_message_is_translated_and_no_other(file: Path) -> None:
    translated = CATALOGUES[file]
    wanted = {each.id for each in needed() if each.id}
    assert {each.id for each in translated if each.id} == wanted, "run: make messages"
    assert [each.id for each in translated if each.id and (each.fuzzy or not all(texts(each)))] == []
    assert not translated.obsolete


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.parent.parent.name)
def test_translations_keep_the_places_for_values(file: Path) -> None:
    for each in CATALOGUES[file]:
        english = str(each.id[-1] if isinstance(each.id, tuple) else each.id)
        if each.id:
            for text in texts(each):
                assert sorted(PLACEHOLDER.findall(text)) == sorted(PLACEHOLDER.findall(english)), english


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.parent.parent.name)
def test_translations_name_fields_as_their_readers_do(file: Path) -> None:
    language = file.parent.parent.name
    for each in CATALOGUES[file]:
        for name, row in FIELDS.items():
            typed = re.compile(rf"\b{name}:(?=[\w.])")
            for text in texts(each) if each.id and typed.search(str(each.id)) else ():
                assert not typed.search(text)
                assert text.count(f"{row.names[language][0]}:") == len(typed.findall(str(each.id))), text


MARKUP = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}|<!doctype html>", re.DOTALL)
SPOKEN = re.compile(r"""\b(?:title|alt|aria-label|placeholder|label)="([^"]*)\"""")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda each: each.name)
def test_no_template_holds_words_that_are_not_translated(template: Path) -> None:
    bare = MARKUP.sub("", template.read_text("utf-8"))
    said = " ".join([re.sub(r"<[^>]*>", " ", bare), *SPOKEN.findall(bare)])
    code = re.sub(r"indexer build|corpus/|/pdf/", "", said)
    assert re.findall(r"[^\W\d_]{2,}", code) == []


def test_every_kind_and_state_has_a_name() -> None:
    assert set(KINDS) == set(Kind)
    assert set(STATES) == set(State)
