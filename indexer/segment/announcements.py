"""Announcements: the words by which a text says that recommendations follow, in one of four languages."""

import re

from indexer.segment.headings import LEADERS, fold_heading, in_capitals
from indexer.segment.vocabulary import EVERY, any_of

_HEADING_WORDS = 12
"""Words of the longest heading that is not in capitals: what is longer is a sentence that begins with the word."""

_LONGEST_VERB = 40
"""Characters of the longest row that is an operative verb alone."""

_STEM = "ecom"
"""Letters that the words for recommending share in all languages."""

_WORDS_BEFORE = 4
"""Words of a body's name before the word, at most: `Committee on Justice recommendations`."""

# All of these are looked for in what `fold_heading` gives: capitals without accents.
_WORD = re.compile(rf"\b(?P<word>{any_of((*EVERY.recommendations, *EVERY.recommendation))})\b")
_JOINING = re.compile(rf"(?:{any_of(EVERY.joining)}(?:[\s,/–-]+|$))*")
_TURNING = re.compile(rf"\b{any_of((*EVERY.turning, *EVERY.leading))}\b")
_EARLIER = re.compile(rf"\b{any_of(EVERY.earlier)}\b")
_ADDRESSED = re.compile(rf"\s*(?:{any_of(EVERY.addressing)}\b.*)?")
_LABEL = re.compile(r"\s*(?:N(?:O\.?|[.º°]))?\s*(?:\d|[IVXLC]+\b|[A-Z]\b)")
_NUMERAL = re.compile(
    rf"(?:{any_of(EVERY.parts)}\s+)?(?:\d{{1,3}}(?:\.\d{{1,3}})*|[IVXLC]{{1,6}}|[A-Z])(?:\s?[.:)]|\s?[-–—]|\s)\s*"
)
# Small capitals after a large one are read apart from it: `C ONCLUSIONS`.
_SMALL_CAPITALS = re.compile(r"\b([A-Z]) (?=[A-Z]{3,})")

_ALONE = re.compile(rf"(?P<verb>{any_of(EVERY.operative)})\s*(?:{any_of(EVERY.that)})?\s*(?P<colon>[:.]?)")

_RECOMMENDING = re.compile(rf"\b{any_of(EVERY.recommending)}\b")
_RECOMMENDED = re.compile(rf"\b{any_of((*EVERY.recommending, *EVERY.recommended))}\b")
_KEYWORDS = any_of(EVERY.recommendations)
_FOLLOWING = any_of(EVERY.following)
_INTRODUCES = re.compile(
    rf"(?:\b{any_of(EVERY.recommending)}(?:\s+{any_of(EVERY.that)})?"
    rf"|\b{_FOLLOWING}\b.{{0,40}}\b{_KEYWORDS}|\b{_KEYWORDS}\b.{{0,20}}\b{_FOLLOWING})\s*:$"
)


def says_recommendations(text: str) -> bool:
    """Tell whether a heading announces recommendations, in one of four languages.

    Its numeral and what its part of the document is called (``Chapter 8:``) are left out.
    """
    folded = fold_heading(text)
    # Long headings are set in capitals; what is long and not so is a sentence that begins with the word.
    fits = in_capitals(text) or len(text.split()) <= _HEADING_WORDS
    if not fits or LEADERS.search(text):
        return False
    bare = _NUMERAL.sub("", folded, count=1) if _NUMERAL.match(folded) else folded
    return any(_announces(each) for each in dict.fromkeys((folded, bare, _SMALL_CAPITALS.sub(r"\1", bare))))


def _announces(folded: str) -> bool:
    match = _WORD.search(folded)
    if not match:
        return False
    before, after = folded[: match.start()], folded[match.end() :]
    singular = match["word"] in EVERY.recommendation
    # `Recommendation 7` is the label of one, wherever it stands.
    if (singular and _LABEL.match(after)) or _EARLIER.search(folded):
        return False
    if _JOINING.fullmatch(before):
        return not singular or bool(_ADDRESSED.fullmatch(after))
    # What stands before it otherwise is whose they are: `Audit recommendations`, `Committee recommendation`.
    whose = len(before.split()) <= _WORDS_BEFORE and not _TURNING.search(before)
    return whose and not after.strip(" :.*")


def is_bare_announcement(text: str) -> bool:
    """Tell whether a text is nothing but such an announcement: it needs no heading's look then."""
    # Every row is asked, and nearly none has the word.
    if not text[:1].isupper() or _STEM not in text.lower():
        return False
    folded = fold_heading(text)
    match = _WORD.search(folded)
    if not match or match["word"] in EVERY.recommendation:
        return False
    return bool(_JOINING.fullmatch(folded[: match.start()])) and not folded[match.end() :].strip(" :*.")


def is_operative(text: str) -> bool:
    """Tell whether a row is nothing but an operative verb: ``RESUELVE:``, ``Decide``.

    In capitals it needs no colon.
    """
    match = _ALONE.fullmatch(fold_heading(text)) if len(text) <= _LONGEST_VERB else None
    return match is not None and (match["colon"] == ":" or in_capitals(text))


def introduces_recommendations(text: str) -> bool:
    """Tell whether the end of a paragraph says that recommendations follow: ``The Committee recommends that:``."""
    return text.endswith(":") and bool(_INTRODUCES.search(fold_heading(text)))


def says_that_it_recommends(text: str) -> bool:
    """Tell whether a paragraph says that its author recommends something."""
    return _STEM in text.lower() and bool(_RECOMMENDING.search(fold_heading(text)))


def says_that_somebody_recommends(text: str) -> bool:
    """Tell whether a paragraph says that somebody recommends something, or did."""
    return bool(_RECOMMENDED.search(fold_heading(text)))
