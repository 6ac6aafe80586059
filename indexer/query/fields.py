"""Filters: typed and chosen values of the fields, and what they stand for in an index."""

import re
from collections.abc import Iterable, Mapping

from indexer.analysis.fields import FIELDS, Field, FieldVocabulary
from indexer.analysis.folding import fold
from indexer.model import Filter, Message, message
from indexer.model.errors import BadQuery


def _spellings(name: str) -> str:
    """A pattern of a name in capitals or small letters, with or without its accents."""
    # Letter by letter, and not by ignoring case: İ and ı are i there, but in no field's name.
    return "".join(
        f"[{''.join(sorted({letter, letter.upper(), fold(letter), fold(letter).upper()}))}]" for letter in name
    )


ANY_NAME = "|".join(_spellings(name) for row in FIELDS.values() for name in row.all_names)
"""A pattern of the name of any field, in any language."""

_NAMED = re.compile(ANY_NAME)

_BY_NAME: Mapping[str, Field] = {fold(name): row for row in FIELDS.values() for name in row.all_names}


def find_field(name: str) -> Field | None:
    """Find the field that people call so, in any language; None where there is none."""
    return _BY_NAME[fold(name)] if _NAMED.fullmatch(name) else None


def guess_field(name: str) -> Field | None:
    """Find the field of which a name is a slip of the pen; None where nobody can tell."""
    from difflib import get_close_matches  # here, as few names are none

    near = get_close_matches(fold(name), _BY_NAME, n=1, cutoff=0.75)
    return _BY_NAME[near[0]] if near else None


def read_filter(row: Field, name: str, value: str, text: str, place: slice) -> Filter:
    """Make a filter of a typed value.

    Args:
        row: the field.
        name: its name as typed.
        value: the value as typed.
        text: the whole query.
        place: the place of the filter in it, in characters from 0.

    Raises:
        BadQuery: the value cannot be read, or a range ends before it begins.
    """
    is_reversed = _is_reversed(row, value)
    if row.pattern.fullmatch(value) and not is_reversed:
        return Filter(row.name, row.written(value))
    mended = row.mended(row, value)
    meant = f"{name}:{mended}"
    at = place.start + 1
    if is_reversed:
        problem = _reversed_range(name, value)
    elif mended:
        problem = message("filter-meant", name, value, at, row.advice, meant)
    else:
        problem = message("filter-unreadable", name, value, at, row.advice)
    better = text[: place.start] + meant + text[place.stop :] if mended else ""
    raise BadQuery(problem, position=place.start, field=row.name, better=better)


def _reversed_range(name: str, value: str) -> Message:
    first, _, last = value.partition("..")
    return message("range-reversed", name, first, last)


def _is_reversed(row: Field, value: str) -> bool:
    """Tell whether a value is a range that ends before it begins."""
    first, _, last = value.partition("..")
    return row.ranges and row.pattern.fullmatch(value) is not None and bool(first and last) and first > last


def value_notes(filters: Iterable[Filter], vocabulary: FieldVocabulary) -> tuple[Message, ...]:
    """Notes on filters whose values an index does not have."""
    without = [each for each in filters if not accepted_values(each, vocabulary)]
    return tuple(
        message("no-such-value", f"{each.field}:{each.value}", FIELDS[each.field].advice)
        if vocabulary.values[each.field]
        else message("field-without-values", each.field)
        for each in without
    )


def accepted_values(filter: Filter, vocabulary: FieldVocabulary) -> frozenset[str]:
    """Values of the filter's field that it lets through; empty where the index has none of them.

    Raises:
        BadQuery: there is no such field, or the value cannot be read as one of its values.
    """
    row = FIELDS.get(filter.field)
    if row is None:
        raise BadQuery(message("no-such-filter", filter.field, ", ".join(FIELDS)))
    # The parser has read the values of filters that were typed; those of choices come from addresses as they are.
    value = filter.value.strip()
    is_reversed = _is_reversed(row, value)
    if row.ranges and (is_reversed or not row.pattern.fullmatch(value)):
        unreadable = message("choice-unreadable", row.name, value, row.advice)
        problem = _reversed_range(row.name, value) if is_reversed else unreadable
        raise BadQuery(problem, field=row.name, value=filter.value, meant=row.mended(row, value))
    # A catalogue lists meetings without documents as well.
    return frozenset(row.accepted(row, value, vocabulary)).intersection(vocabulary.values[row.name])
