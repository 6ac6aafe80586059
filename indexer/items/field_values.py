"""Values of fields, found in the texts of items.

The catalogue of a body defines them.
"""

from dataclasses import replace

from indexer.analysis.fields import FIELDS, Field
from indexer.model import Body, Item


def add_field_values(item: Item, body: Body) -> Item:
    """Add the values that the texts of an item name, in the catalogue's order."""
    found = {name: _values(item, row, body) for name, row in FIELDS.items() if name in body.fields}
    values = {name: own for name, own in found.items() if own}
    return replace(item, values=values) if values else item


def _values(item: Item, row: Field, body: Body) -> tuple[str, ...]:
    """The values of a field that any version names."""
    if row.in_texts is None or item.kind not in row.in_kinds:
        return ()
    found: set[str] = set()
    for version in item.versions:
        phrases = {each.id: each.phrases.get(version.language, ()) for each in body.fields[row.name]}
        found |= set(row.in_texts(version.text, version.language, phrases))
    return tuple(each.id for each in body.fields[row.name] if each.id in found)
