"""Days as documents and portals print them: ``February 27-28, 2006``, ``27 y 28 de febrero de 2006``."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from indexer.analysis.ordinals import strip_accents

# Without accents, as the texts that are searched: ``fevrier`` and ``aout``.
_MONTHS: Mapping[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "january enero janeiro janvier",
            "february febrero fevereiro fevrier",
            "march marzo marco mars",
            "april abril avril",
            "may mayo maio mai",
            "june junio junho juin",
            "july julio julho juillet",
            "august agosto aout",
            "september septiembre setiembre setembro septembre",
            "october octubre outubro octobre",
            "november noviembre novembro novembre",
            "december diciembre dezembro decembre",
        ),
        start=1,
    )
    for name in names.split()
}
# The longest first, so that ``maio`` is not tried as ``mai``. In ASCII: where case is ignored ı and ſ would be i and s,
# and no month is called so.
_MONTH = "(?ai:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + ")"
_DAY = r"\d{1,2}(?:st|nd|rd|th|º|°|er)?"
_RANGE = r"\s*(?:-|–|—|to|and|y|e|et|al|au|a)\s*"
_OF = r"\s+(?:(?:de|du|of)\s+)?"
# From the beginning of a word on: ``género 12`` ends with a month.
_MONTH_FIRST = re.compile(
    rf"\b(?P<month>{_MONTH})\s+(?P<day>{_DAY})(?:{_RANGE}(?:(?P<last_month>{_MONTH})\s+)?(?P<last_day>{_DAY}))?,?\s+(?P<year>\d{{4}})\b",
    re.IGNORECASE,
)
_DAY_FIRST = re.compile(
    rf"\b(?P<day>{_DAY})(?:{_OF}(?P<month>{_MONTH}))?(?:{_RANGE}(?P<last_day>{_DAY}))?{_OF}(?P<last_month>{_MONTH}),?"
    rf"\s+(?:(?:de|del|du|of)\s+)?(?P<year>\d{{4}})\b",
    re.IGNORECASE,
)


def printed_days(text: str) -> tuple[date, date, int] | None:
    """The first days that a text prints in English, Spanish, Portuguese or French.

    Gives the first day, the last one (the same for a single day), and the place of both as an offset in characters;
    None where there are none. A month before the day is looked for first. Accents do not matter.
    """
    return next(all_printed_days(text), None)


def all_printed_days(text: str) -> Iterator[tuple[date, date, int]]:
    """All days that a text prints, each as ``printed_days`` gives it: those with the month before the day first."""
    # Every character keeps its place in it, so that a place found in it is one in the text.
    plain = strip_accents(text)
    for pattern in (_MONTH_FIRST, _DAY_FIRST):
        for found in pattern.finditer(plain):
            year = int(found["year"])
            months = [_MONTHS[name.lower()] for name in (found["month"], found["last_month"]) if name]
            day = _day(found["day"])
            try:
                first = date(year, months[0], day)
                last = date(year, months[-1], _day(found["last_day"] or found["day"]))
            except ValueError:  # no such day: ``February 30``
                continue
            if first <= last:
                yield first, last, found.start()


def _day(printed: str) -> int:
    return int(re.sub(r"\D", "", printed))
