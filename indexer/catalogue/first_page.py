"""First pages: meetings, symbols, days and roles that they print, as far as a catalogue knows them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from indexer.analysis.dates import all_printed_days
from indexer.analysis.language import identify
from indexer.analysis.ordinals import ORDINAL, ordinal, strip_accents
from indexer.catalogue.propose import printed_symbol
from indexer.catalogue.reader import Catalogue
from indexer.model import RECOMMENDATIONS, Line, Message, Page, message
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

_ROLES = {
    "questionnaire": re.compile(r"(?:\w+ ){0,2}(?:questionnaire|cuestionario|questionario)\b.{0,120}", re.IGNORECASE),
    "report": re.compile(r"(?:(?:final|draft) )?(?:report|informe|relatorio|rapport)\b.{0,120}", re.IGNORECASE),
}


@dataclass(frozen=True, slots=True)
class FirstPage:
    """The first pages of a file, as far as they tell its meeting.

    Attributes:
        mentions: meetings of the body, by number and as printed.
        named: whether the name of the body stands there.
        symbol: the symbol of the document.
        series: the first series of symbols with its number, such as ``CIBER-IX``.
        numbered: the number in it, where the series is one of the body.
        foreign: the series, where it is another's.
        bare: numbers of meetings that need not be of the body.
        days: the first and last days that are printed.
        role: the role of the document; None where nothing tells it.
        language: the language of the document; None where nothing tells it.
        failure: why nothing could be read; None where something was.
    """

    mentions: tuple[tuple[int, str], ...]
    named: bool
    symbol: str | None
    series: str | None
    numbered: int | None
    foreign: str | None
    bare: frozenset[int]
    days: tuple[tuple[date, date], ...]
    role: str | None
    language: str | None
    failure: Message | None

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of meetings that symbol and title tell: one where they agree."""
        told = [self.numbered, self.mentions[0][0] if self.mentions else None]
        return tuple(dict.fromkeys(number for number in told if number))


class FirstPageReader:
    """A reader of first pages, which finds what the catalogue of a body knows."""

    def __init__(self, catalogue: Catalogue) -> None:
        held = "|".join(sorted({match["held"] for match in _titles(catalogue)} | set(_HELD)))
        self._name = names_of(catalogue)
        numbered = rf"(?<![^\W_])(?:(?P<before>{ORDINAL})\W+(?:{held})|(?:{held})\W+(?P<after>{ORDINAL}))"
        self._bare = re.compile(rf"{numbered}(?![^\W_]|-[^\W_])", re.IGNORECASE)
        self._mention = re.compile(rf"{numbered}{_BETWEEN}(?:{self._name.pattern})", re.IGNORECASE)
        self._stems = frozenset(_stems(catalogue))

    def read(self, pages: Sequence[Page], failure: Message | None = None) -> FirstPage:
        """Read the first page with text, and the role on the first two.

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
        return FirstPage(
            mentions=tuple(
                (number, " ".join(printed[slice(*match.span())].split()))
                for match in self._mention.finditer(text)
                if (number := _number(match))
            ),
            named=bool(self._name.search(text)),
            symbol=" ".join(symbol.split()) if symbol else None,
            series=series[0].rstrip(" /") if series else None,
            numbered=ordinal(series["ordinal"]) if series and series["stem"] in self._stems else None,
            foreign=series[0].rstrip(" /") if foreign and series else None,
            bare=frozenset(number for match in self._bare.finditer(text) if (number := _number(match))),
            days=tuple((first, last) for first, last, _ in all_printed_days(printed)),
            role=_role(line for page in first for line in page.lines),
            language=identify(" ".join(line.text for page in pages for line in page.lines)),
            failure=failure if not pages else None if first else message("pages-without-text"),
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
