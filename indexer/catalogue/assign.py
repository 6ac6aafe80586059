"""Assignment of strays to meetings: PDFs in no catalogue ─▶ documents, or questions to people.

What a first page prints is weighed against what the catalogue knows: the body's names with a number (``Fourth Meeting
of the Group of …``), its series of symbols (``CIBER-IV/…``), the days of its meetings. Name and number, or the symbol,
tell the meeting, and so does the name with a meeting's days; days alone do not, and a number without the name tells
nothing. Where two of these point to different meetings, or the symbol is of another series, people are asked; days that
are far from the meeting tell against its printed number, but not against its symbol. They answer by moving the file
into a folder named after its meeting, or in the catalogue.
"""

# ARCHITECTURE.md: A file is assigned only where its page is clear.
# ARCHITECTURE.md: Evidence decides about portals, people decide about folders.

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import PurePosixPath

from indexer.analysis.numerals import roman
from indexer.catalogue.first_page import FirstPage, FirstPageReader
from indexer.catalogue.reader import Catalogue
from indexer.catalogue.scan import Stray, UnreadableFile
from indexer.catalogue.symbols import revision_of, work_of
from indexer.model import RECOMMENDATIONS, Caution, Document, Extraction, Meeting, Page

# Around a meeting, documents are prepared and reported on.
_A_YEAR = timedelta(days=366)
"""Time around a meeting in which days on a page do not speak against it."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A file that people must give to a meeting, or must mend first.

    ``candidates`` are the ids of the meetings that it may belong to, ``reason`` a sentence on why it is not certain.
    ``readable`` is False where nothing could be read of it.
    """

    file: str
    candidates: tuple[str, ...]
    reason: str
    readable: bool = True


@dataclass(frozen=True, slots=True)
class Assignment:
    """A catalogue with the documents and meetings that were recognised.

    ``cautions`` are what is to be said of those documents, by file; ``doubts`` are the files that were not recognised.
    """

    catalogue: Catalogue
    cautions: Mapping[str, tuple[Caution, ...]] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()


def assign(catalogue: Catalogue, strays: Sequence[tuple[Stray, Extraction | UnreadableFile]]) -> Assignment:
    """Give strays to the meetings of a catalogue, as far as that is certain.

    ``strays`` come with what was read of them. The meeting under which a portal links to one counts where the page
    names the body or the days of that meeting and nothing speaks against it. A document that the catalogue lists
    without a file gets it. The meeting that follows the last is added where a file is clearly of it.
    """
    if not strays:
        return Assignment(catalogue)
    reader = FirstPageReader(catalogue)
    found = [(stray, _first_page(reader, read)) for stray, read in strays]
    # All pages first: one without days may be of a meeting that another adds.
    full = _with_next_meetings(catalogue, [page for _, page in found])
    listed = {meeting.id for meeting in catalogue.meetings}
    cautions: dict[str, tuple[Caution, ...]] = {}
    doubts: list[Doubt] = []
    for stray, page in found:
        meeting, objection = _meeting_of(full, stray, page)
        if meeting is None:
            doubts.append(Doubt(stray.file, _candidates(full, stray, page), objection, not page.failure))
        else:
            full = _with_document(full, _document(stray, meeting, page), page.language)
            cautions[stray.file] = tuple(_cautions(meeting, page, listed))
    return Assignment(full, cautions, tuple(doubts))


def _first_page(reader: FirstPageReader, read: Extraction | UnreadableFile) -> FirstPage:
    """The first page of a file, whatever could be read of it."""
    if isinstance(read, UnreadableFile):
        return reader.read((), read.problem)
    return reader.read(read.pages, read.failure)


class Comparison:
    """A comparison of a catalogue's documents with their first pages."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._reader = FirstPageReader(catalogue)
        self._ordinals = {meeting.id: meeting.ordinal for meeting in catalogue.meetings}

    def of(self, document: Document, opening: Page) -> tuple[Document, tuple[Caution, ...]]:
        """A listed document completed by its first page, with cautions where they differ.

        Symbol and revision are taken from the page where the catalogue says nothing of them, and the symbol is one of
        the meeting's.
        """
        page = self._reader.read((opening,))
        cautions = tuple(self._differences(document, page))
        # A symbol of another meeting may be one that the page refers to.
        if document.symbol or page.numbered != self._ordinals[document.meeting]:
            return document, cautions
        revision = document.revision or revision_of(page.symbol or "")
        return replace(document, symbol=page.symbol, revision=revision), cautions

    def _differences(self, document: Document, page: FirstPage) -> Iterator[Caution]:
        """Cautions on meeting, symbol and revision, as far as the page prints them."""
        told = [*map(roman, page.numbers), *([page.foreign] if page.foreign else [])]
        if told and self._ordinals[document.meeting] not in page.numbers:
            yield _differs("meeting", document.meeting, " and ".join(told))
        if not page.symbol:
            return
        if document.symbol and work_of(document.symbol) != work_of(page.symbol):
            yield _differs("symbol", document.symbol, page.symbol)
        revision = revision_of(page.symbol)
        if (document.symbol or document.revision) and document.revision != revision:
            yield _differs("revision", str(document.revision), str(revision))


def _differs(what: str, listed: str, printed: str) -> Caution:
    """The caution that catalogue and page differ in something."""
    return Caution(
        f"{what}-differs",
        f"The catalogue says {what} {listed}, but the first page prints {printed}. It is taken as {listed}; mend the "
        "catalogue if that is wrong.",
    )


def _with_next_meetings(catalogue: Catalogue, found: Sequence[FirstPage]) -> Catalogue:
    """The catalogue with the meetings that follow its last.

    One is added where a page names it, and days after those of the last.
    """
    while catalogue.meetings:
        last = catalogue.meetings[-1]
        number = last.ordinal + 1
        days: list[tuple[date, date]] = []
        titles: dict[str, str] = {}
        for each in found:
            if each.numbers == (number,) and each.mentions and each.role and not each.foreign:
                later = [pair for pair in each.days if not last.last_day or pair[0] > last.last_day]
                if later and not _meetings_on_days(catalogue, each):
                    days += later
                    titles.setdefault(each.language or catalogue.body.languages[0], each.mentions[0][1])
        # Where ids are no Roman numerals nobody can say what the next one is called.
        if not days or last.id != roman(last.ordinal):
            break
        # The longest: a page may print one day of the meeting beside all of them.
        first_day, last_day = max(days, key=lambda pair: pair[1] - pair[0])
        portal = next(iter(catalogue.body.portal.values()), None)
        meeting = Meeting(
            catalogue.body.id, roman(number), number, titles, first_day=first_day, last_day=last_day, page=portal
        )
        catalogue = replace(catalogue, meetings=(*catalogue.meetings, meeting))
    return catalogue


def _meeting_of(catalogue: Catalogue, stray: Stray, page: FirstPage) -> tuple[Meeting | None, str]:
    """The meeting of a file and no objection; or None, and why it is not certain."""
    by_id = {meeting.id.casefold(): meeting for meeting in catalogue.meetings}
    # People have laid it there: no page speaks against that, as pages speak of many meetings.
    folders = PurePosixPath(stray.file).parts[:-1]
    believed = next((by_id[name.casefold()] for name in folders if name.casefold() in by_id), None)
    if believed:
        return believed, ""
    linked = by_id.get(stray.linked_meeting.casefold()) if stray.linked_meeting else None
    if page.failure:
        return linked, page.failure
    if page.foreign:
        return None, f"Its symbol, {page.foreign}, is of another series. If it is of another body, take it out."
    # Days alone tell no meeting: the name must stand with them.
    exact = _meetings_on_days(catalogue, page)
    numbers = page.numbers or (tuple(meeting.ordinal for meeting in exact) if page.named else ())
    if not numbers and linked and (page.named or linked in exact):
        numbers = (linked.ordinal,)
    if not numbers and linked:
        return None, (
            f"The portal links it to meeting {linked.id}, but its first page names neither the body nor the days of "
            "that meeting."
        )
    if not numbers:
        return None, "Its first page does not say together which body met and for which time."
    meeting = next((each for each in catalogue.meetings if each.ordinal == numbers[0]), None)
    mentioned = sorted({*numbers, *(number for number, _ in page.mentions)})
    # A title may name former meetings as well; symbol, days or link then tell which one it is of.
    clear = page.numbered or meeting in exact or (linked is not None and meeting == linked)
    if len(numbers) > 1 or (len(mentioned) > 1 and not clear):
        return None, f"Its first page names several meetings: {', '.join(map(roman, mentioned))}."
    if linked and meeting != linked:
        return None, f"The portal links it to meeting {linked.id}, but its first page says {roman(numbers[0])}."
    if meeting is None:
        return None, (
            f"The catalogue has no meeting {roman(numbers[0])}, and the page does not print that it follows the last, "
            "and on which days."
        )
    if exact and meeting not in exact:
        return None, f"It seems to be of meeting {meeting.id}, but prints the days of another."
    # A symbol is given once, while a page may print any days.
    if not page.numbered and (other := _far_from(meeting, page.days)):
        return None, f"It seems to be of meeting {meeting.id}, but the days that it prints are far from it: {other}."
    if page.role is None and not linked:
        return None, f"It is of meeting {meeting.id}, but no heading says that it holds recommendations."
    return meeting, ""


def _meetings_on_days(catalogue: Catalogue, page: FirstPage) -> list[Meeting]:
    """The meetings whose first and last days stand on the page."""
    return [
        meeting
        for meeting in catalogue.meetings
        if meeting.first_day and (meeting.first_day, meeting.last_day) in page.days
    ]


def _far_from(meeting: Meeting, days: Sequence[tuple[date, date]]) -> str:
    """The first day on a page, where none is near the meeting; else empty.

    Near is within a year before or after it.
    """
    first, last = meeting.first_day, meeting.last_day
    if not days or not first or not last:
        return ""
    near = any(one - _A_YEAR <= last and first <= other + _A_YEAR for one, other in days)
    return "" if near else str(days[0][0])


def _candidates(catalogue: Catalogue, stray: Stray, page: FirstPage) -> tuple[str, ...]:
    """The ids of meetings that the portal or anything on the page points to.

    They are in the order of the catalogue; a symbol of another series leaves none.
    """
    if page.foreign:
        return ()
    numbers = {*page.numbers, *(number for number, _ in page.mentions), *page.bare}
    return tuple(
        meeting.id
        for meeting in catalogue.meetings
        if meeting.ordinal in numbers
        or meeting.id == stray.linked_meeting
        or any(
            meeting.first_day and meeting.last_day and meeting.first_day <= last and first <= meeting.last_day
            for first, last in page.days
        )
    )


def _document(stray: Stray, meeting: Meeting, page: FirstPage) -> Document:
    """The document that a stray is in its meeting."""
    return Document(
        body=meeting.body,
        meeting=meeting.id,
        file=stray.file,
        url=stray.url,
        # People lay files of a meeting into its folder for the recommendations in them.
        role=page.role or RECOMMENDATIONS,
        symbol=page.symbol,
        revision=revision_of(page.symbol or ""),
    )


def _with_document(catalogue: Catalogue, document: Document, language: str | None) -> Catalogue:
    """The catalogue with one document more, or one file more for a document without."""
    for place, listed in enumerate(catalogue.documents):
        alike = (listed.meeting, listed.role, listed.file) == (document.meeting, document.role, None)
        same = document.symbol is None or listed.revision == document.revision
        if alike and same and listed.language in (None, language):
            filled = replace(
                listed, file=document.file, symbol=listed.symbol or document.symbol, url=listed.url or document.url
            )
            return replace(
                catalogue, documents=(*catalogue.documents[:place], filled, *catalogue.documents[place + 1 :])
            )
    return replace(catalogue, documents=(*catalogue.documents, document))


def _cautions(meeting: Meeting, page: FirstPage, listed: set[str]) -> Iterator[Caution]:
    """Cautions on a document that was given to a meeting; ``listed`` are the ids of those in the catalogue."""
    if meeting.id not in listed:
        yield Caution(
            "meeting-not-listed",
            f"The catalogue does not have meeting {meeting.id}: its title and days are those that this document "
            "prints. Add it to the catalogue, with its venue and its page on the portal.",
        )
    others = [roman(number) for number in page.numbers if number != meeting.ordinal]
    if others:
        yield Caution(
            "meeting-differs",
            f"It was given to meeting {meeting.id}, but its first page says {', '.join(others)}. Move it into "
            "the folder of the right one if that is wrong.",
        )
