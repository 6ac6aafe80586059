"""Fields: the values of filters and facets in an index."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from indexer.analysis.folding import fold
from indexer.analysis.ordinals import MEETING, ordinal
from indexer.model import FIELDS, Body, Filter, Item, Kind, Meeting, Version, message
from indexer.model.errors import BadQuery

_YEARS = re.compile(r"(\d{4})?(\.\.)?(\d{4})?")


@dataclass(frozen=True, slots=True)
class FieldVocabulary:
    """Values of the fields in an index. ``years`` and ``languages`` are sorted."""

    bodies: tuple[Body, ...]
    meetings: tuple[Meeting, ...]
    years: tuple[str, ...]
    languages: tuple[str, ...]

    def accepted_values(self, filter: Filter) -> frozenset[str]:
        """Values of the filter's field that it lets through; empty where the index has none of them.

        Raises:
            BadQuery: there is no such field, or the value cannot be read as one of its values.
        """
        # The parser has read the values of filters that were typed; those of choices come from addresses as they are.
        value = filter.value.strip()
        match filter.field:
            case "body":
                return frozenset(body.id for body in self.bodies if body.id == value.casefold())
            case "meeting":
                return frozenset(self._meetings(value))
            case "year":
                return frozenset(self._years(value))
            case "lang":
                return frozenset(code for code in self.languages if code == value.casefold())
            case "kind":
                return frozenset(kind for kind in Kind if kind == value.casefold())
        raise BadQuery(message("no-such-filter", filter.field, ", ".join(FIELDS)))

    def _meetings(self, value: str) -> Iterable[str]:
        """Find meetings by key, id, ordinal (``4``) or name (``Fourth``, ``Cuarta Reunión``)."""
        body, _, words = value.rpartition("/")
        # `ordinal` reads Roman numerals in capitals alone, and people type them in small letters as well.
        name = " ".join(word for word in words.split() if fold(word) not in MEETING)
        number = ordinal(name) or ordinal(name.upper())
        for meeting in self.meetings:
            named = meeting.id.casefold() == name.casefold() or meeting.ordinal == number
            if named and (not body or meeting.body == body.casefold()):
                yield meeting.key

    def _years(self, value: str) -> Iterable[str]:
        read = _YEARS.fullmatch(value)
        first, dots, last = read.groups() if read else (None, None, None)
        if not (first or last) or (last and not dots):
            raise BadQuery(message("no-year", value, message("give-year")), field="year")
        first, last = first or "0000", last or ("9999" if dots else first)
        # Years have four digits here and in the index, so that texts in order are years in order.
        return (year for year in self.years if first <= year <= (last or ""))


def values_of(item: Item, version: Version, meeting: Meeting) -> dict[str, str]:
    """Values by which a version of an item is filtered and counted, by field.

    There is no ``year`` where the meeting has none.
    """
    values = {"body": item.body, "meeting": meeting.key, "lang": version.language, "kind": str(item.kind)}
    return values | {"year": str(meeting.year)} if meeting.year else values


def field_vocabulary(
    bodies: tuple[Body, ...], meetings: tuple[Meeting, ...], languages: Iterable[str]
) -> FieldVocabulary:
    """Make the vocabulary of the fields in an index of texts in these languages."""
    years = {str(meeting.year) for meeting in meetings if meeting.year}
    return FieldVocabulary(bodies, meetings, tuple(sorted(years)), tuple(sorted(set(languages))))
