"""Maker of the records of cited texts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from indexer.model import Body, Item, Meeting, Version
from search_app.present import labels
from search_app.present.citation.record import Record
from search_app.present.citation.styles import own_form
from search_app.request.locale import LocalText, format_days, gettext, say, speaking
from search_app.request.urls import Links, opened_at


@dataclass(frozen=True, slots=True)
class Citer:
    """Maker of records from one generation.

    Attributes:
        links: the addresses, which records hold whole.
        generation: the id of the generation.
        made: the day on which it was made.
        today: the day of access.
    """

    links: Links
    generation: str
    made: date
    today: date

    def record(self, item: Item, version: Version, meeting: Meeting, body: Body) -> Record:
        """The record of an item in the language of a version."""
        language = version.language
        author = _text(say(body.name, language), body.id)
        # Words of the catalogue are in the language cited, ours as well where the interface speaks it.
        with speaking(language):
            held = _text(say(meeting.title, language), gettext("Meeting %(id)s", id=meeting.id))
            title, kind = labels.title_of(item), labels.name_of(labels.KINDS, item.kind)
            invented = gettext("%(body)s does not exist: its documents are a sample.", body=author)
            verify = gettext(
                "SHA-256 of the PDF: %(digest)s. Generation of the index: %(id)s, %(day)s.",
                digest=version.sha256,
                id=self.generation,
                day=format_days(self.made, None),
            )
        days = [day for day in dict.fromkeys((meeting.first_day, meeting.last_day)) if day]
        found = {
            "id": f"{item.id}#{language}",
            "type": "report",
            "title": f"{title}, {held}",
            # An institution is one name: given as a literal, no program cuts it into first and last names.
            "author": [{"literal": author}],
            "publisher": author,
            "genre": kind,
            "issued": days and _date(days),
            "accessed": _date([self.today]),
            "event-title": held,
            "event-place": _text(say(meeting.venue, language), ""),
            "number": version.symbol,
            "page": version.page_label or str(version.page),
            "language": language,
            "URL": self.links.permanent(item) + opened_at(item, language),
            "abstract": version.text,
            "note": f"{verify} {invented}" if body.fictional else verify,
        }
        custom = {
            "item": item.id,
            "body": body.id,
            "meeting": meeting.id,
            "kind": item.kind.value,
            "name": title,
            "pdf": self.links.whole.version(item, version).partition("#")[0],
            "pdf_page": version.page,
            "sha256": version.sha256,
            "generation": self.generation,
            "made": self.made.isoformat(),
        }
        record = {name: value for name, value in found.items() if value} | {"custom": custom}
        return record | {"custom": custom | {"citation": own_form(record, body.citation)}}


def _text(said: LocalText | None, otherwise: str) -> str:
    return said.text if said else otherwise


def _date(days: Sequence[date]) -> Mapping[str, list[list[int]]]:
    return {"date-parts": [[day.year, day.month, day.day] for day in days]}
