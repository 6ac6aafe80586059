"""Dashes: whether blanks stand beside those at line ends, by how the document sets the others.

English sets them with blanks on both sides or on none, Spanish a pair as brackets: ``una —rara— vez``.
"""

import re
from collections import Counter
from collections.abc import Sequence

DASHES = "\u2013\u2014"
_EM = "\u2014"
_WITHIN = re.compile(rf"(?<=[^\W\d])[,.;:!?»”’)]?(\s?)([{DASHES}])(\s?)(?=[^\W\d]|[«“‘¿¡(])")

_POINT = re.compile(r"\(?\w{1,4}[.)]\s")
_OPENED = re.compile(r"(?:^|\s)—(?=\S)[^—]*$")

DashHabits = Counter[tuple[str, bool, bool]]
"""Counts of the dashes between words within lines: the sign, and whether a blank stands before and behind it."""


def dash_habits(lines: Sequence[str]) -> DashHabits:
    """Count the dashes within lines by the blanks beside them."""
    found: DashHabits = Counter()
    for line in lines:
        if any(dash in line for dash in DASHES):
            found.update((sign, bool(before), bool(behind)) for before, sign, behind in _WITHIN.findall(line))
    return found


def blank_at_dash(text: str, following: str, habits: DashHabits, *, brackets: bool) -> bool | None:
    """Tell whether a blank stands between lines, beside a dash.

    None where no dash is there. ``brackets`` says how em dashes are set where the document's own do not tell.
    """
    sign = text[-1] if text[-1] in DASHES else following[0]
    if sign not in DASHES or (text[-2:-1].isdigit() and following[0].isdigit()):
        return None
    spaced, tight = habits[sign, True, True], habits[sign, False, False]
    paired = habits[sign, True, False] + habits[sign, False, True]
    at_end = text[-1] == sign
    if not at_end and following[1:2].isspace():
        # One behind no word, or without a first one, may open a point of a list.
        return not text[-1].isalnum() or spaced >= paired + (brackets and _OPENED.search(text) is not None)
    paired += brackets and sign == _EM
    if at_end and (len(text) == 1 or text[-2].isspace()):
        return spaced >= paired
    # Behind a word or before one: of a pair, or without blanks. A point of a list stands apart in any case.
    return bool(_POINT.match(following)) or paired > tight or (paired == tight and sign != _EM)
