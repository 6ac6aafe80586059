"""Assignment of strays to meetings: PDFs in no catalogue ─▶ documents, or questions to people.

What a first page prints is weighed against what the catalogue knows: the body's names with a number (``Fourth Meeting
of the Group of …``), its series of symbols (``CIBER-IV/…``), the days of its meetings. Name and number, or the symbol,
tell the meeting, and so does the name with a meeting's days; days alone do not, and a number without the name tells
nothing. Where two of these point to different meetings, or the symbol is of another series, people are asked; days that
are far from the meeting tell against its printed number, but not against its symbol. They answer by moving the file
into a folder named after its meeting, or in the catalogue.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import PurePosixPath

from indexer.analysis.dates import all_printed_days
from indexer.analysis.language import identify
from indexer.analysis.numerals import roman
from indexer.analysis.ordinals import ORDINAL, ordinal, strip_accents
from indexer.catalogue.propose import printed_symbol
from indexer.catalogue.reader import Catalogue
from indexer.catalogue.scan import Stray, UnreadableFile
from indexer.catalogue.symbols import revision_of, work_of
from indexer.model import RECOMMENDATIONS, Caution, Document, Extraction, Line, Meeting, Page
from indexer.segment import says_recommendations

# Words for what is held, beside those of the catalogue's own titles.
_HELD = ("Meeting", "Reunion", "Reuniao", "Session", "Sesion", "Sessao")
_TITLE = re.compile(
    rf"{ORDINAL}\s+(?P<held>[^\W\d]+)\s+(?:(?:of|the|de|del|las?|los|d[aeo]s?|du)\s+)*(?P<name>\w.+)", re.IGNORECASE
)
_BETWEEN = r"\W*(?:\w{1,5}\W+){0,4}?"
"""Short words between ``Fourth Meeting`` and the name: ``of the``, ``de las``, ``OFTHE``, an acronym."""

_SERIES = re.compile(r"(?P<stem>[A-Z]{3,})-(?P<ordinal>[IVXLC]+)\s?/")
_SYMBOL = re.compile(
    _SERIES.pattern + r"/?\s?(?:[A-Za-z]+\.?\s?)?\d[\w.()]*(?:/\w[\w.()]*)*(?:,?\s*(?i:rev)\.?\s*\d+)?"
)
_SHORTEST_NAME = 12
"""Characters of a name that tells a body: shorter ones stand in any text."""

_PAGES_OF_A_TITLE = 2
"""Pages with text on which a title may announce the role of a document: a cover may come first."""

# Around a meeting, documents are prepared and reported on.
_A_YEAR = timedelta(days=366)
"""Time around a meeting in which days on a page do not speak against it."""

_ROLES = {
    "questionnaire": re.compile(r"(?:\w+ ){0,2}(?:questionnaire|cuestionario|questionario)\b.{0,120}", re.IGNORECASE),
    "report": re.compile(r"(?:(?:final|draft) )?(?:report|informe|relatorio|rapport)\b.{0,120}", re.IGNORECASE),
}


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


@dataclass(frozen=True, slots=True)
class _Evidence:
    """The evidence of a file's first pages.

    ``mentions`` are meetings of the body, by number and as printed; ``bare`` are numbers of meetings that need not be
    of the body, whose name is on the page where ``named``. ``symbol`` is that of the document, ``numbered`` the number
    in it where it is of the body's series, ``foreign`` a symbol of another series. ``days`` are the first and last
    days that are printed. ``role`` and ``language`` are those of the document, None where nothing tells them;
    ``failure`` is the sentence on why nothing could be read.
    """

    mentions: tuple[tuple[int, str], ...]
    named: bool
    symbol: str | None
    numbered: int | None
    foreign: str | None
    bare: frozenset[int]
    days: tuple[tuple[date, date], ...]
    role: str | None
    language: str | None
    failure: str | None

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of meetings that symbol and title tell: one where they agree."""
        told = [self.numbered, self.mentions[0][0] if self.mentions else None]
        return tuple(dict.fromkeys(number for number in told if number))


def assign(catalogue: Catalogue, strays: Sequence[tuple[Stray, Extraction | UnreadableFile]]) -> Assignment:
    """Give strays to the meetings of a catalogue, as far as that is certain.

    ``strays`` come with what was read of them. The meeting under which a portal links to one counts where the page
    names the body or the days of that meeting and nothing speaks against it. A document that the catalogue lists
    without a file gets it. The meeting that follows the last is added where a file is clearly of it.
    """
    if not strays:
        return Assignment(catalogue)
    reader = _EvidenceReader(catalogue)
    found = [(stray, _evidence(reader, read)) for stray, read in strays]
    # All pages first: one without days may be of a meeting that another adds.
    full = _with_next_meetings(catalogue, [evidence for _, evidence in found])
    listed = {meeting.id for meeting in catalogue.meetings}
    cautions: dict[str, tuple[Caution, ...]] = {}
    doubts: list[Doubt] = []
    for stray, evidence in found:
        meeting, objection = _meeting_of(full, stray, evidence)
        if meeting is None:
            doubts.append(Doubt(stray.file, _candidates(full, stray, evidence), objection, not evidence.failure))
        else:
            full = _with_document(full, _document(stray, meeting, evidence), evidence.language)
            cautions[stray.file] = tuple(_cautions(meeting, evidence, listed))
    return Assignment(full, cautions, tuple(doubts))


def _evidence(reader: "_EvidenceReader", read: Extraction | UnreadableFile) -> "_Evidence":
    """The evidence of a file, whatever could be read of it."""
    if isinstance(read, UnreadableFile):
        return reader.read((), read.problem)
    return reader.read(read.pages, read.failure)


class Comparison:
    """A comparison of a catalogue's documents with their first pages."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._reader = _EvidenceReader(catalogue)
        self._ordinals = {meeting.id: meeting.ordinal for meeting in catalogue.meetings}

    def of(self, document: Document, opening: Page) -> tuple[Document, tuple[Caution, ...]]:
        """A listed document completed by its first page, with cautions where they differ.

        Symbol and revision are taken from the page where the catalogue says nothing of them, and the symbol is one of
        the meeting's.
        """
        evidence = self._reader.read((opening,))
        cautions = tuple(self._differences(document, evidence))
        # A symbol of another meeting may be one that the page refers to.
        if document.symbol or evidence.numbered != self._ordinals[document.meeting]:
            return document, cautions
        revision = document.revision or revision_of(evidence.symbol or "")
        return replace(document, symbol=evidence.symbol, revision=revision), cautions

    def _differences(self, document: Document, evidence: _Evidence) -> Iterator[Caution]:
        """Cautions on meeting, symbol and revision, as far as the page prints them."""
        told = [*map(roman, evidence.numbers), *([evidence.foreign] if evidence.foreign else [])]
        if told and self._ordinals[document.meeting] not in evidence.numbers:
            yield _differs("meeting", document.meeting, " and ".join(told))
        if not evidence.symbol:
            return
        if document.symbol and work_of(document.symbol) != work_of(evidence.symbol):
            yield _differs("symbol", document.symbol, evidence.symbol)
        revision = revision_of(evidence.symbol)
        if (document.symbol or document.revision) and document.revision != revision:
            yield _differs("revision", str(document.revision), str(revision))


def _differs(what: str, listed: str, printed: str) -> Caution:
    """The caution that catalogue and page differ in something."""
    return Caution(
        f"{what}-differs",
        f"The catalogue says {what} {listed}, but the first page prints {printed}. It is taken as {listed}; mend the "
        "catalogue if that is wrong.",
    )


class _EvidenceReader:
    """A reader of first pages, which finds what the catalogue of a body knows."""

    def __init__(self, catalogue: Catalogue) -> None:
        held = "|".join(sorted({match["held"] for match in _titles(catalogue)} | set(_HELD)))
        self._name = names_of(catalogue)
        numbered = rf"(?<![^\W_])(?:(?P<before>{ORDINAL})\W+(?:{held})|(?:{held})\W+(?P<after>{ORDINAL}))"
        self._bare = re.compile(rf"{numbered}(?![^\W_]|-[^\W_])", re.IGNORECASE)
        self._mention = re.compile(rf"{numbered}{_BETWEEN}(?:{self._name.pattern})", re.IGNORECASE)
        self._stems = frozenset(_stems(catalogue))

    def read(self, pages: Sequence[Page], failure: str | None = None) -> _Evidence:
        """The evidence of pages: the first one with text, and the role on the first two.

        ``failure`` says why nothing or not all of the file could be read.
        """
        first = [page for page in pages if page.lines][:_PAGES_OF_A_TITLE]
        lines = first[0].lines if first else ()
        printed = " ".join(line.text for line in lines)
        text = strip_accents(printed)  # of the same length: places in one are places in the other
        # The first symbol of a series tells whose the document is; where no series is known, none is foreign.
        series = next(_SERIES.finditer(printed), None)
        own = next((each for each in _SYMBOL.finditer(printed) if each["stem"] in (self._stems or each["stem"])), None)
        foreign = series is not None and bool(self._stems) and series["stem"] not in self._stems
        symbol = own[0] if own else None if series else printed_symbol(lines)
        return _Evidence(
            mentions=tuple(
                (number, " ".join(printed[slice(*match.span())].split()))
                for match in self._mention.finditer(text)
                if (number := _number(match))
            ),
            named=bool(self._name.search(text)),
            symbol=" ".join(symbol.split()) if symbol else None,
            numbered=ordinal(series["ordinal"]) if series and series["stem"] in self._stems else None,
            foreign=series[0].rstrip(" /") if foreign and series else None,
            bare=frozenset(number for match in self._bare.finditer(text) if (number := _number(match))),
            days=tuple((first, last) for first, last, _ in all_printed_days(printed)),
            role=_role(line for page in first for line in page.lines),
            language=identify(" ".join(line.text for page in pages for line in page.lines)),
            failure=failure if not pages else None if first else "None of its pages holds text.",
        )


def names_of(catalogue: Catalogue) -> re.Pattern[str]:
    """A pattern for the names of a body and of who held its meetings.

    It is for texts without accents. Names that occur in the titles of meetings are among them.
    """
    names = {match["name"] for match in _titles(catalogue)}
    names |= {strip_accents(name) for name in catalogue.body.name.values()}
    names |= {strip_accents(name) for meeting in catalogue.meetings for name in meeting.held_by.values()}
    # An alternative that comes first wins: a short name would match the beginning of a longer one.
    longest_first = sorted((name for name in names if len(name) >= _SHORTEST_NAME), key=len, reverse=True)
    return re.compile("|".join(_loosely(each) for each in longest_first) or r"(?!)", re.IGNORECASE)


def _titles(catalogue: Catalogue) -> list[re.Match[str]]:
    """The titles of meetings, taken apart into ordinal, kind and name."""
    titles = (title for meeting in catalogue.meetings for title in meeting.title.values())
    return [match for title in titles if (match := _TITLE.fullmatch(strip_accents(title)))]


def _loosely(name: str) -> str:
    """A pattern of a name however its words are broken, hyphened or set apart."""
    return r"[\W_]*".join(re.escape(letter) for letter in name if letter.isalnum())


def _number(match: re.Match[str]) -> int | None:
    """The number of a mention, which stands before or after its word."""
    return ordinal(match["before"] or match["after"])


def _stems(catalogue: Catalogue) -> Iterator[str]:
    """The series of the body's symbols: ``CIBER``, where ``CIBER-IV/…`` is a symbol of the fourth meeting."""
    ordinals = {meeting.id: meeting.ordinal for meeting in catalogue.meetings}
    for document in catalogue.documents:
        for match in _SERIES.finditer(document.symbol or ""):
            # Letters before a number that is not the meeting's may be anything but a series.
            if ordinal(match["ordinal"]) == ordinals[document.meeting]:
                yield match["stem"]


def _role(lines: Iterable[Line]) -> str | None:
    """The role that the first heading announces."""
    for line in lines:
        if line.text[:1].isupper():
            if says_recommendations(line.text):
                return RECOMMENDATIONS
            for role, pattern in _ROLES.items():
                if pattern.fullmatch(strip_accents(line.text)):
                    return role
    return None


def _with_next_meetings(catalogue: Catalogue, found: Sequence[_Evidence]) -> Catalogue:
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
        page = next(iter(catalogue.body.portal.values()), None)
        meeting = Meeting(
            catalogue.body.id, roman(number), number, titles, first_day=first_day, last_day=last_day, page=page
        )
        catalogue = replace(catalogue, meetings=(*catalogue.meetings, meeting))
    return catalogue


def _meeting_of(catalogue: Catalogue, stray: Stray, evidence: _Evidence) -> tuple[Meeting | None, str]:
    """The meeting of a file and no objection; or None, and why it is not certain."""
    by_id = {meeting.id.casefold(): meeting for meeting in catalogue.meetings}
    # People have laid it there: no page speaks against that, as pages speak of many meetings.
    folders = PurePosixPath(stray.file).parts[:-1]
    believed = next((by_id[name.casefold()] for name in folders if name.casefold() in by_id), None)
    if believed:
        return believed, ""
    linked = by_id.get(stray.linked_meeting.casefold()) if stray.linked_meeting else None
    if evidence.failure:
        return linked, evidence.failure
    if evidence.foreign:
        return None, f"Its symbol, {evidence.foreign}, is of another series. If it is of another body, take it out."
    # Days alone tell no meeting: the name must stand with them.
    exact = _meetings_on_days(catalogue, evidence)
    numbers = evidence.numbers or (tuple(meeting.ordinal for meeting in exact) if evidence.named else ())
    if not numbers and linked and (evidence.named or linked in exact):
        numbers = (linked.ordinal,)
    if not numbers and linked:
        return None, (
            f"The portal links it to meeting {linked.id}, but its first page names neither the body nor the days of "
            "that meeting."
        )
    if not numbers:
        return None, "Its first page does not say together which body met and for which time."
    meeting = next((each for each in catalogue.meetings if each.ordinal == numbers[0]), None)
    mentioned = sorted({*numbers, *(number for number, _ in evidence.mentions)})
    # A title may name former meetings as well; symbol, days or link then tell which one it is of.
    clear = evidence.numbered or meeting in exact or (linked is not None and meeting == linked)
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
    if not evidence.numbered and (other := _far_from(meeting, evidence.days)):
        return None, f"It seems to be of meeting {meeting.id}, but the days that it prints are far from it: {other}."
    if evidence.role is None and not linked:
        return None, f"It is of meeting {meeting.id}, but no heading says that it holds recommendations."
    return meeting, ""


def _meetings_on_days(catalogue: Catalogue, evidence: _Evidence) -> list[Meeting]:
    """The meetings whose first and last days stand on the page."""
    return [
        meeting
        for meeting in catalogue.meetings
        if meeting.first_day and (meeting.first_day, meeting.last_day) in evidence.days
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


def _candidates(catalogue: Catalogue, stray: Stray, evidence: _Evidence) -> tuple[str, ...]:
    """The ids of meetings that the portal or anything on the page points to.

    They are in the order of the catalogue; a symbol of another series leaves none.
    """
    if evidence.foreign:
        return ()
    numbers = {*evidence.numbers, *(number for number, _ in evidence.mentions), *evidence.bare}
    return tuple(
        meeting.id
        for meeting in catalogue.meetings
        if meeting.ordinal in numbers
        or meeting.id == stray.linked_meeting
        or any(
            meeting.first_day and meeting.last_day and meeting.first_day <= last and first <= meeting.last_day
            for first, last in evidence.days
        )
    )


def _document(stray: Stray, meeting: Meeting, evidence: _Evidence) -> Document:
    """The document that a stray is in its meeting."""
    return Document(
        body=meeting.body,
        meeting=meeting.id,
        file=stray.file,
        url=stray.url,
        # People lay files of a meeting into its folder for the recommendations in them.
        role=evidence.role or RECOMMENDATIONS,
        symbol=evidence.symbol,
        revision=revision_of(evidence.symbol or ""),
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


def _cautions(meeting: Meeting, evidence: _Evidence, listed: set[str]) -> Iterator[Caution]:
    """Cautions on a document that was given to a meeting; ``listed`` are the ids of those in the catalogue."""
    if meeting.id not in listed:
        yield Caution(
            "meeting-not-listed",
            f"The catalogue does not have meeting {meeting.id}: its title and days are those that this document "
            "prints. Add it to the catalogue, with its venue and its page on the portal.",
        )
    others = [roman(number) for number in evidence.numbers if number != meeting.ordinal]
    if others:
        yield Caution(
            "meeting-differs",
            f"It was given to meeting {meeting.id}, but its first page says {', '.join(others)}. Move it into "
            "the folder of the right one if that is wrong.",
        )
