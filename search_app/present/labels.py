"""Names of the model's values in the visitor's language."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from indexer.analysis.fields import FIELDS, Naming
from indexer.model import RECOMMENDATIONS, Body, Hit, Item, Kind, Meeting, State, Version, Weight
from search_app.present.coverage import BodyCoverage
from search_app.request.locale import LocalText, format_days, gettext, language_name, lazy_gettext, say

KINDS: Mapping[str, Any] = {
    Kind.RECOMMENDATION: lazy_gettext("Recommendation"),
    Kind.PREAMBLE: lazy_gettext("Preamble"),
    Kind.PARAGRAPH: lazy_gettext("Paragraph"),
    Kind.REPLY: lazy_gettext("Reply"),
    Kind.NOTE: lazy_gettext("Note"),
}

KINDS_IN_ALL: Mapping[str, Any] = {
    Kind.RECOMMENDATION: lazy_gettext("Recommendations"),
    Kind.PREAMBLE: lazy_gettext("Preambles"),
    Kind.PARAGRAPH: lazy_gettext("Other paragraphs"),
    Kind.REPLY: lazy_gettext("Replies"),
    Kind.NOTE: lazy_gettext("Notes"),
}

FACETS: Mapping[str, Any] = {name: lazy_gettext(row.label) for name, row in FIELDS.items()}

SORTS: Mapping[str, Any] = {
    "relevance": lazy_gettext("Best match"),
    "date": lazy_gettext("Newest first"),
    "oldest": lazy_gettext("Oldest first"),
    "document": lazy_gettext("Document order"),
}

MATCHES: Mapping[str, Any] = {
    "best": lazy_gettext("Best matches"),
    "all": lazy_gettext("All words, nothing else"),
    "any": lazy_gettext("Any word"),
}

MATCHED_AS: Mapping[str, Any] = {
    "exact": lazy_gettext("as typed"),
    "accent": lazy_gettext("with other accents"),
    "stem": lazy_gettext("another form of the word"),
    "prefix": lazy_gettext("begins like this"),
    "equivalent": lazy_gettext("means the same"),
    "translation": lazy_gettext("translated"),
    "typo": lazy_gettext("similar spelling"),
    "proximity": lazy_gettext("the words are close together"),
}

STATES: Mapping[str, Any] = {
    State.INDEXED: lazy_gettext("Searchable"),
    State.NO_ITEMS: lazy_gettext("No recommendations found"),
    State.NOT_FETCHED: lazy_gettext("Not available yet"),
    State.UNREADABLE: lazy_gettext("Could not be read"),
    State.SUPERSEDED: lazy_gettext("Replaced by a later revision"),
    State.SET_ASIDE: lazy_gettext("Not searched: another file is used instead"),
    State.UNASSIGNED: lazy_gettext("Meeting unknown"),
}

WEIGHTS: Mapping[str, Any] = {
    Weight.FOR: lazy_gettext("Supports"),
    Weight.AGAINST: lazy_gettext("Contradicts"),
    Weight.DECIDES: lazy_gettext("Decides"),
    Weight.ASKS: lazy_gettext("Not certain"),
}

ROLES: Mapping[str, Any] = {
    RECOMMENDATIONS: lazy_gettext("Recommendations"),
    "report": lazy_gettext("Report"),
    "questionnaire": lazy_gettext("Questionnaire"),
}

TIERS: Mapping[str, Any] = {
    "element": lazy_gettext("Search box with results on your page (recommended; needs scripts)"),
    "frame": lazy_gettext("Frame with the search and its results (if your site allows no scripts of others)"),
    "form": lazy_gettext("Plain form that opens this site (works everywhere)"),
    "fragment": lazy_gettext("Results inserted by your own server (ASP, PHP)"),
}

THEMES: Mapping[str, Any] = {
    "": lazy_gettext("Same as the visitor's system"),
    "light": lazy_gettext("Light"),
    "dark": lazy_gettext("Dark"),
}


def name_of(label: Mapping[str, Any], value: str) -> str:
    """The name that a label gives to a value; a value that it does not know names itself."""
    return str(label.get(value, value))


def number_of(item: Item) -> str:
    """An item's number as cited: as printed, or in square brackets where it was counted and prints none."""
    path, _, repeated = item.path.partition("~")
    number = path.removeprefix(f"{item.kind.value}.")
    if repeated:
        number += f" ({repeated})"
    return number if item.numbered else f"[{number}]"


def title_of(item: Item) -> str:
    """An item's name within its meeting: ``Recommendation 3``."""
    return f"{name_of(KINDS, item.kind)} {number_of(item)}"


def cited_as(hits: Sequence[Hit], symbol: str) -> str:
    """Heading of what a query cites; ``symbol`` is that of the document cited as a whole."""
    if symbol:
        return str(gettext("You cited the document %(symbol)s", symbol=symbol))
    if len(hits) > 1:
        return str(gettext("You cited these texts"))
    if hits[0].item.kind is Kind.RECOMMENDATION:
        return str(gettext("You cited this recommendation"))
    return str(gettext("You cited this text"))


def body_name(body: Body) -> LocalText:
    """The name of a body in the visitor's language, or in another."""
    return say(body.name) or LocalText(body.id, "en")


def meeting_name(meeting: Meeting) -> LocalText:
    """The title of a meeting in the visitor's language, or in another."""
    return say(meeting.title) or LocalText(gettext("Meeting %(id)s", id=meeting.id), "")


def value_name(field: str, value: str, coverage: BodyCoverage) -> str:
    """The name of a facet's value."""
    row = FIELDS[field]
    first, dots, last = value.partition("..")
    if row.ranges and dots:
        if first and last:
            return f"{first}–{last}"
        return str(gettext("from %(value)s", value=first) if first else gettext("until %(value)s", value=last))
    return _NAMINGS[row.naming](field, value, coverage)


def _name_in_catalogue(field: str, value: str, coverage: BodyCoverage) -> str:
    for body in coverage.listed_bodies:
        for each in body.fields.get(field, ()):
            if each.id == value and (name := say(each.name)):
                return name.text
    return value


def field_values(item: Item, coverage: BodyCoverage) -> dict[str, list[str]]:
    """The names of the values found in an item's texts, by title of the field.

    They are none where the item's texts are looked through for what its body lists, and name nothing of it.
    """
    defined = coverage.bodies[item.body].fields
    return {
        name_of(FACETS, field): [value_name(field, value, coverage) for value in item.values.get(field, ())]
        for field, row in FIELDS.items()
        if field in item.values or (item.kind in row.in_kinds and defined.get(field))
    }


def _name_of_body(_field: str, value: str, coverage: BodyCoverage) -> str:
    return body_name(coverage.bodies[value]).text if value in coverage.bodies else value


def _name_of_meeting(_field: str, value: str, coverage: BodyCoverage) -> str:
    return short_name(coverage.meetings[value], coverage) if value in coverage.meetings else value


def short_name(meeting: Meeting, coverage: BodyCoverage) -> str:
    """The name of a meeting in a list: ``IX (2016)``."""
    year = f" ({meeting.year})" if meeting.year else ""
    # The id of a meeting is unique within its body alone.
    return f"{meeting.id}{year}" + (f", {meeting.body}" if len(coverage.speaking) > 1 else "")


def citation(item: Item, meeting: Meeting, body: Body, version: Version) -> str:
    """Citation of an item, down to the page where the version begins."""
    return join_citation(
        source(meeting, body), title_of(item), version.symbol, page_name(version.page, version.page_label)
    )


def source(meeting: Meeting, body: Body) -> str:
    """Citation of a meeting: its body, title, venue and days."""
    venue = say(meeting.venue)
    days = format_days(meeting.first_day, meeting.last_day) if meeting.first_day else None
    return _comma_list(body_name(body).text, meeting_name(meeting).text, venue.text if venue else None, days)


def page_name(page: int, label: str) -> str:
    """Citation of a page; ``label`` is what its file calls it."""
    return str(gettext("page %(page)s", page=page_number(page, label)))


def page_number(page: int, label: str) -> str:
    """The number of a page, behind its label in the file where that differs: ``iii (5 of the PDF)``."""
    return str(gettext("%(label)s (%(page)s of the PDF)", label=label, page=page)) if label else str(page)


def page_of(version: Version) -> str:
    """The number of the page on which a version begins."""
    return page_number(version.page, version.page_label)


def join_citation(source: str, title: str, symbol: str | None, page: str) -> str:
    """A citation made of its parts."""
    return _comma_list(source, title, symbol, page) + "."


def _comma_list(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)


_NAMINGS: Mapping[Naming, Callable[[str, str, BodyCoverage], str]] = {
    "body": _name_of_body,
    "meeting": _name_of_meeting,
    "language": lambda _field, value, _coverage: language_name(value),
    "catalogue": _name_in_catalogue,
    "kind": lambda _field, value, _coverage: name_of(KINDS_IN_ALL, value),
    "itself": lambda _field, value, _coverage: value,
}
"""Names of values, by the kind of thing that they are."""
