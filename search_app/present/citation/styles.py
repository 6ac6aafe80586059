"""Citations as people print them: the organization's own form, APA, Chicago and OSCOLA."""

# ARCHITECTURE.md: Three styles for one kind of source are sentences of our own.

import re
from collections.abc import Callable, Mapping
from typing import Any

from indexer.model import CITATION_PLACES, DEFAULT_CITATION, Texts
from search_app.present.citation.record import Record, author_of, days_of
from search_app.request.locale import format_days, gettext, lazy_gettext, say, speaking

Style = Callable[[Record], str]

_PLACE = re.compile(r"\{(" + "|".join(CITATION_PLACES) + r")\}")
_PART = re.compile(rf"\[([^\[\]]*)\]|{_PLACE.pattern}")


def own_form(record: Record, forms: Texts) -> str:
    """The citation in the form of the organization.

    Args:
        record: the facts.
        forms: the forms in the organization's catalogue, by language; the default where there is none.
    """
    chosen = say(forms, record["language"])
    with speaking(record["language"]):
        values = {
            "body": author_of(record),
            "meeting": record["event-title"],
            "venue": record.get("event-place", ""),
            "days": _days(record, "issued"),
            "item": record["custom"]["name"],
            "symbol": record.get("number", ""),
            "page": gettext("page %(page)s", page=record["page"]),
            "address": record["URL"],
        }
    return _fill(chosen.text if chosen else DEFAULT_CITATION, values)


def _fill(form: str, values: Mapping[str, str]) -> str:
    """A form with its values; what stands in brackets is left out where it has a value that is empty."""

    def part(found: re.Match[str]) -> str:
        text = found[0] if found[1] is None else found[1]
        is_left_out = found[1] is not None and not all(values[name] for name in _PLACE.findall(text))
        return "" if is_left_out else _PLACE.sub(lambda place: values[place[1]], text)

    # Texts may hold braces and brackets of their own: each place of the form is filled once, and never read again.
    return _PART.sub(part, form)


def apa(record: Record) -> str:
    """The citation in the style of the American Psychological Association, 7th edition."""
    with speaking(record["language"]):
        page = gettext("p. %(page)s", page=record["page"])
        days = _days_apart(record) or gettext("n.d.")
    source = ", ".join(filter(None, (record.get("number"), page)))
    return f"{author_of(record)}. ({days}). {record['title']} ({source}). {record['URL']}"


def chicago(record: Record) -> str:
    """The citation as a note in the Chicago style, 17th edition."""
    with speaking(record["language"]):
        where = ", ".join(filter(None, (record.get("event-place"), _days(record, "issued"))))
        seen = gettext("accessed %(day)s", day=_days(record, "accessed"))
    held = " ".join(filter(None, (record["event-title"], f"({where})" if where else "")))
    parts = (held, record.get("number"), record["page"], seen, record["URL"])
    return f"{author_of(record)}, “{record['custom']['name']},” {', '.join(filter(None, parts))}."


def oscola(record: Record) -> str:
    """The citation in the Oxford Standard for Citation of Legal Authorities, 4th edition."""
    with speaking(record["language"]):
        days = _days(record, "issued", british=True)
        seen = gettext("accessed %(day)s", day=_days(record, "accessed", british=True))
    held = f"({days})" if days else ""
    source = ", ".join(filter(None, (record.get("number"), record["page"])))
    parts = (f"{author_of(record)}, ‘{record['title']}’", held, source, f"<{record['URL']}>", seen)
    return " ".join(filter(None, parts))


def _days(record: Record, name: str, *, british: bool = False) -> str:
    days = days_of(record, name)
    return format_days(days[0], days[-1], british=british) if days else ""


def _days_apart(record: Record) -> str:
    """The days behind their year, as APA has them: ``2016, December 12–13``."""
    days = days_of(record, "issued")
    if not days:
        return ""
    if days[0].year != days[-1].year:
        return format_days(days[0], days[-1])
    return f"{days[0].year}, {format_days(days[0], days[-1], with_year=False)}"


STYLES: Mapping[str, Style] = {
    "own": lambda record: str(record["custom"]["citation"]),
    "apa": apa,
    "chicago": chicago,
    "oscola": oscola,
}
"""The styles by name. The organization's own form is a fact of the record."""

STYLE_NAMES: Mapping[str, Any] = {
    "own": lazy_gettext("Organization's form"),
    "apa": lazy_gettext("APA (7th ed.)"),
    "chicago": lazy_gettext("Chicago (17th ed., note)"),
    "oscola": lazy_gettext("OSCOLA (4th ed.)"),
}


def citations_of(record: Record) -> Mapping[str, str]:
    """The citation in each style, by name."""
    return {name: style(record) for name, style in STYLES.items()}
