"""Proposal of a catalogue for a folder of PDFs, for people to mend.

It is made of file names and first pages. Files whose names differ only in a language at their end (``rules-en.pdf``,
``rules-es.pdf``) are documents of one meeting; any other file is a meeting of its own.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, count, groupby
from pathlib import Path
from statistics import median

from indexer.analysis.dates import printed_days
from indexer.analysis.language import identify
from indexer.analysis.numerals import is_roman, roman
from indexer.analysis.ordinals import ordinal
from indexer.catalogue.reader import Catalogue
from indexer.catalogue.symbols import revision_of
from indexer.model import Body, Document, Extraction, Line, Meeting

# In ASCII: where case is ignored ſ would be s, which it is in no language's code.
_LANGUAGE_AT_END = re.compile(r"^(?P<stem>.*?)[-_. ]*(?<![a-z])(?P<language>(?ai:en|es|fr|pt))$", re.IGNORECASE)
_SYMBOL = re.compile(r"\b[A-Z][A-Z0-9.-]*(?:/[\w().-]*\w\)?){2,}(?:\s+[Rr][Ee][Vv]\.?\s?\d+)?")
_FALLBACK_LANGUAGE = "en"
"""The language of a body none of whose files tells one: a catalogue must name some."""

_LONGEST_TITLE = 200
"""Characters of a title: a page whose text is all of one kind would be one as a whole."""

_POINTS_LARGER = 1.0
"""Points by which letters of a title are larger than most: more than rounding makes of one size."""


@dataclass(frozen=True, slots=True)
class _Guess:
    """A guess at one file; ``group`` is its name without the language at its end.

    ``titles`` are lines that may be its title, ``symbol`` and ``days`` what its first page prints.
    """

    file: str
    group: str
    language: str | None
    titles: tuple[str, ...]
    symbol: str | None
    days: tuple[date, date, int] | None


def body_id(name: str) -> str:
    """A body's id made of any name: ``un-reports-2014`` for ``UN Reports (2014)``."""
    return "-".join(re.findall(r"[a-z0-9]+", _ascii(name).lower())) or "body"


def propose(folder: Path, pdf_folder: Path, extractions: Iterable[tuple[str, Extraction]]) -> Catalogue:
    """A catalogue for the PDFs of a body. Its id is the name of ``folder``.

    ``extractions`` are the files by their paths within ``pdf_folder`` and what was read from the first page or more.
    """
    # By group, as they are grouped by neighbours, and in one order whatever the file system's is.
    guesses = sorted((_guess(file, read) for file, read in extractions), key=lambda guess: (guess.group, guess.file))
    printed = Counter(title for guess in guesses for title in set(guess.titles))
    spoken = Counter(guess.language for guess in guesses if guess.language)
    languages = tuple(language for language, _ in spoken.most_common()) or (_FALLBACK_LANGUAGE,)
    name = folder.name
    body = Body(name, {languages[0]: name.replace("-", " ").title()}, languages)
    meetings: list[Meeting] = []
    documents: list[Document] = []
    taken: set[str] = set()
    groups = [list(group) for _, group in groupby(guesses, key=lambda guess: guess.group)]
    for group, number in zip(groups, _ordinals(groups), strict=True):
        meeting = _meeting(body, number, group, taken, printed)
        taken.add(meeting.id.casefold())
        meetings.append(meeting)
        documents += _documents(meeting, group)
    meetings.sort(key=lambda meeting: meeting.ordinal)
    return Catalogue(folder, pdf_folder, body, tuple(_with_distinct_titles(meetings)), tuple(documents))


def _guess(file: str, read: Extraction) -> _Guess:
    """The guess at a file, from its name and its pages."""
    stem = file.rpartition(".")[0] or file
    found = _LANGUAGE_AT_END.match(stem)
    lines = read.pages[0].lines if read.pages else ()
    text = " ".join(line.text for page in read.pages for line in page.lines)
    return _Guess(
        file=file,
        group=found["stem"] if found else stem,
        language=identify(text) or (found["language"].lower() if found else None),
        titles=_titles(lines),
        symbol=printed_symbol(lines),
        days=printed_days(" ".join(line.text for line in lines)),
    )


def _titles(lines: Sequence[Line]) -> tuple[str, ...]:
    """Candidates for the title: the longest stretches of large and of bold lines."""
    usual = median(line.size for line in lines) if lines else 0.0
    found = (_longest(lines, lambda line: line.size > usual + _POINTS_LARGER), _longest(lines, lambda line: line.bold))
    return tuple(title[:_LONGEST_TITLE] for title in found if _letters(title))


def _longest(lines: Sequence[Line], stands_out: Callable[[Line], bool]) -> str:
    """The text of the longest stretch of lines that stand out, counted in letters."""
    stretches = (list(group) for chosen, group in groupby(lines, key=stands_out) if chosen)
    return max((" ".join(line.text.strip(" *") for line in stretch) for stretch in stretches), key=_letters, default="")


def printed_symbol(lines: Sequence[Line]) -> str | None:
    """The first symbol of a document that holds a digit: those of whole series often hold none."""
    found = (match[0] for line in lines for match in _SYMBOL.finditer(line.text))
    return next((symbol for symbol in found if any(character.isdigit() for character in symbol)), None)


def _letters(text: str) -> int:
    return sum(character.isalpha() for character in text)


def _ordinals(groups: Sequence[Sequence[_Guess]]) -> list[int]:
    """An ordinal for each group: the Roman one at the beginning of its name, else the next free.

    One that several names begin with is given to none of them.
    """
    printed = [ordinal(re.split(r"[-_. ]", group[0].group)[0]) for group in groups]
    clear = {number for number, count in Counter(printed).items() if number and count == 1}
    free = (number for number in range(1, len(groups) + len(clear) + 1) if number not in clear)
    return [number if number in clear else next(free) for number in printed]


def _meeting(body: Body, number: int, group: Sequence[_Guess], taken: set[str], printed: Counter[str]) -> Meeting:
    name = "-".join(re.findall(r"[A-Za-z0-9.]+", _ascii(group[0].group))).strip("-.") or body.id
    # An id that is a Roman numeral must be that of the ordinal: a catalogue is refused otherwise.
    if is_roman(name) and name != roman(number):
        name = f"meeting-{name}"
    unique = next(
        each for each in chain([name], (f"{name}-{more}" for more in count(2))) if each.casefold() not in taken
    )
    # Of the titles of a file the rarest: a name that all files print is that of the body.
    titles = {
        guess.language or body.languages[0]: min(guess.titles, key=lambda title: printed[title])
        for guess in reversed(group)
        if guess.titles
    }
    first, last, _ = next((guess.days for guess in group if guess.days), (None, None, 0))
    title = {language: titles[language] for language in body.languages if language in titles}
    title = title or {body.languages[0]: group[0].group or name}
    return Meeting(body.id, unique, number, title, first_day=first, last_day=last)


def _documents(meeting: Meeting, group: Sequence[_Guess]) -> list[Document]:
    languages = Counter(guess.language for guess in group)
    return [
        Document(
            body=meeting.body,
            meeting=meeting.id,
            file=guess.file,
            # Two of one language are left to their texts: a catalogue lists a language once.
            language=guess.language if languages[guess.language] == 1 else None,
            symbol=guess.symbol,
            revision=revision_of(guess.symbol or ""),
        )
        for guess in group
    ]


def _with_distinct_titles(meetings: Sequence[Meeting]) -> list[Meeting]:
    """The meetings, with the id after titles that several of them have."""
    titles = Counter(title for meeting in meetings for title in meeting.title.values())
    return [
        replace(
            meeting,
            title={
                language: f"{title} ({meeting.id})" if titles[title] > 1 else title
                for language, title in meeting.title.items()
            },
        )
        for meeting in meetings
    ]


def _ascii(text: str) -> str:
    """A text in ASCII, with accents taken off and other letters left out."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
