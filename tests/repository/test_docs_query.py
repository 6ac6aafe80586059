"""The examples of the query language's documentation are true."""

import re

import pytest

from indexer.analysis.fields import FIELDS
from indexer.model import Kind
from indexer.model.errors import BadQuery
from indexer.model.messages.queries import NOTES
from indexer.query.lexer import MAX_CLAUSES, MAX_DISTANCE, MAX_LENGTH
from indexer.query.parser import MAX_DEPTH, parse, render
from tests.support.paths import ROOT

DOCUMENT = (ROOT / "docs" / "query-language.md").read_text(encoding="utf-8")


def rows(*header: str) -> list[tuple[str, ...]]:
    """The rows of all tables with this header, without the marks of code."""
    head = re.escape(f"| {' | '.join(header)} |")
    tables = re.findall(head + r"\n\|[-|]+\|\n((?:\|.*\|\n)+)", DOCUMENT)
    lines = [line for table in tables for line in table.splitlines()]
    cells = [re.split(r" ?\| ?", line)[1:-1] for line in lines]
    return [tuple(cell.strip("`") for cell in row) for row in cells]


@pytest.mark.parametrize(("typed", "read_as", "_finds"), rows("typed", "read as", "finds"))
def test_an_example_is_read_as_documented_without_a_note(typed: str, read_as: str, _finds: str) -> None:
    assert (read_as, ()) == (render(parse(typed).tree), parse(typed).notes)


@pytest.mark.parametrize(("typed", "read_as", "note"), rows("typed", "read as", "note"))
def test_an_example_is_read_as_documented_with_its_note(typed: str, read_as: str, note: str) -> None:
    assert (read_as, [note] * bool(note)) == (render(parse(typed).tree), [each.code for each in parse(typed).notes])


@pytest.mark.parametrize(("typed", "error", "character"), rows("typed", "error", "at character"))
def test_an_error_is_documented_with_its_place(typed: str, error: str, character: str) -> None:
    with pytest.raises(BadQuery) as caught:
        parse(typed)
    assert caught.value.message.sentence().startswith(error)
    assert caught.value.position == int(character) - 1
    assert caught.value.position == int(character) - 1


def test_the_documentation_names_every_note_field_kind_and_bound() -> None:
    for word in [*NOTES, *Kind, MAX_CLAUSES, MAX_DEPTH, MAX_DISTANCE, MAX_LENGTH]:
        assert re.search(rf"\b{word}\b", DOCUMENT), word


def test_the_table_of_fields_is_made_of_their_rows() -> None:
    documented = [(field, also, example) for field, also, _, example in rows("field", "also", "value", "example")]
    assert documented == [
        (name, ", ".join(f"`{each}`" for each in row.all_names[1:]).strip("`"), row.filter_example)
        for name, row in FIELDS.items()
    ]


def test_each_table_has_rows() -> None:
    for header in (("typed", "read as", "finds"), ("typed", "read as", "note"), ("typed", "error", "at character")):
        assert len(rows(*header)) >= 4
