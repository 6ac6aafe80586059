"""Assignment of strays to meetings: PDFs in no catalogue ─▶ documents, or questions to people.

People answer by moving a file into a folder named after its meeting, or in the catalogue.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from indexer.analysis.numerals import roman
from indexer.catalogue.evidence import Case, meetings_on_days, weigh
from indexer.catalogue.first_page import FirstPage, FirstPageReader
from indexer.catalogue.reader import Catalogue
from indexer.catalogue.scan import Stray
from indexer.catalogue.symbols import revision_of, work_of
from indexer.model import (
    RECOMMENDATIONS,
    Assignment,
    Caution,
    Document,
    Doubt,
    Evidence,
    Extraction,
    Meeting,
    Page,
    all_of,
    message,
)


def assign(catalogue: Catalogue, strays: Iterable[tuple[Stray, Extraction]]) -> Assignment:
    """Give strays to the meetings of a catalogue, as far as that is certain.

    ``strays`` come with what was read of them. The meeting under which a portal links to one counts where the page
    names the body or the days of that meeting and nothing speaks against it. A document that the catalogue lists
    without a file gets it. The meeting that follows the last is added where a file is clearly of it.
    """
    reader = FirstPageReader(catalogue)
    found = [(stray, reader.read(read.pages, read.failure)) for stray, read in strays]
    # All pages first: one without days may be of a meeting that another adds.
    full = _with_next_meetings(catalogue, [page for _, page in found])
    listed = {meeting.id for meeting in catalogue.meetings}
    cautions: dict[str, tuple[Caution, ...]] = {}
    evidence: dict[str, tuple[Evidence, ...]] = {}
    doubts: list[Doubt] = []
    for stray, page in found:
        case = Case(full, stray, page)
        verdict = weigh(case)
        meeting = verdict.answer
        if isinstance(meeting, Meeting):
            full = _with_document(full, _document(stray, meeting, page), page.language)
            cautions[stray.file] = tuple(_cautions(meeting, page, listed))
            evidence[stray.file] = verdict.evidence
        else:
            doubts.append(Doubt(stray.file, case.candidates, meeting, verdict.evidence, page.failure))
    return Assignment(full.meetings, full.documents, evidence, cautions, tuple(doubts))


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
            yield Caution(message("meeting-differs", message("listed-meeting", document.meeting, all_of(told))))
        if not page.symbol:
            return
        if document.symbol and work_of(document.symbol) != work_of(page.symbol):
            yield Caution(message("symbol-differs", document.symbol, page.symbol))
        revision = revision_of(page.symbol)
        if (document.symbol or document.revision) and document.revision != revision:
            yield Caution(message("revision-differs", document.revision, revision))


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
                if later and not meetings_on_days(catalogue, each):
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
        yield Caution(message("meeting-not-listed", meeting.id))
    others = [roman(number) for number in page.numbers if number != meeting.ordinal]
    if others:
        yield Caution(message("meeting-differs", message("given-meeting", meeting.id, ", ".join(others))))
