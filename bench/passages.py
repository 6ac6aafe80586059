"""Passages that look like English and grow like it, made from a seed, so that a measurement runs anywhere.

The words of a passage are drawn from a rank-frequency law with two regimes, as measured on large corpora (Ferrer i
Cancho and Solé, *Two regimes in the frequency of words*, 2001): Zipf's 1/r for the words that everybody knows, a
steeper fall for the rest. The steeper exponent is what makes the vocabulary grow as a power of the text's length
(Heaps' law): 10,200 distinct words in 1,000 passages, 44,300 in 10,000 and 186,000 in 100,000. Every fifth word is
drawn from the few that follow its predecessor, so that there are phrases to be found.
"""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

import numpy as np

from indexer.model import RECOMMENDATIONS, Body, Box, Entry, Item, Kind, Meeting, Place, Publication, State, Version

SEED = 20_240_607
LANGUAGE = "en"
MEETINGS = 20
MEETINGS_A_YEAR = 2
FIRST_YEAR = 1999

_MEAN_WORDS = 73
_FEWEST_WORDS, _MOST_WORDS = 12, 240
_RANKS = 2_000_000
_KNOWN_RANKS = 1_000
_FLATTENING = 1.7
_STEEP = 1.5
_COLLOCATED = 0.2
_FOLLOWERS = 3
_CHUNK = 1_000


def _listed(line: str) -> tuple[str, ...]:
    return tuple(line.split())


_FUNCTION_WORDS = _listed(
    "the of to and in a that is for on with as by be it are this from at or an which have was has their not its will "
    "would been other these all may should more they such between also can each any into there than those upon if"
)
_ONSETS = _listed("b c d f g h l m n p r s t v w st tr pr cl gr fl pl ch sh br")
_NUCLEI = _listed("a e i o u ea ou ai")
_CODAS = _listed("n r l t d m ck nt rd st ll p rm nd sh")
_SUFFIXES = ("s", "ed", "ing", "s", "er", "ly")
_SYLLABLES = len(_ONSETS) * len(_NUCLEI) * len(_CODAS)


def publication(size: int, seed: int = SEED) -> Publication:
    """A generation of ``size`` items in one language, spread evenly over the meetings of one body."""
    return publish_texts(list(_texts(size, seed)))


def publish_texts(texts: list[str]) -> Publication:
    """A generation of one item a text, in order, spread evenly over the meetings of one body."""
    body = Body(id="bench", name={LANGUAGE: "Bench"}, languages=(LANGUAGE,), fictional=True)
    meetings = tuple(_meeting(ordinal) for ordinal in range(1, MEETINGS + 1))
    places = (Place(page=1, box=Box(72.0, 72.0, 523.0, 160.0)),)
    items = []
    for number, text in enumerate(texts):
        meeting = meetings[number * MEETINGS // len(texts)]
        version = Version(LANGUAGE, text, places, file=_file(meeting), sha256=_digest(meeting))
        path = str(number + 1)
        items.append(
            Item(
                id=f"{meeting.key}/{path}",
                body=body.id,
                meeting=meeting.id,
                role=RECOMMENDATIONS,
                path=path,
                kind=Kind.RECOMMENDATION,
                order=number,
                versions=(version,),
            )
        )
    return Publication(bodies=(body,), meetings=meetings, items=tuple(items), ledger=tuple(map(_entry, meetings)))


def _file(meeting: Meeting) -> str:
    return f"{meeting.id}.pdf"


def _digest(meeting: Meeting) -> str:
    return f"{meeting.ordinal:064x}"


def _entry(meeting: Meeting) -> Entry:
    """The row of the ledger for the one page that holds all texts of a meeting."""
    return Entry(
        body=meeting.body,
        meeting=meeting.id,
        language=LANGUAGE,
        role=RECOMMENDATIONS,
        state=State.INDEXED,
        file=_file(meeting),
        sha256=_digest(meeting),
        pages=1,
    )


def years(generation: Publication) -> dict[str, int]:
    """The year of each meeting that has one, by the meeting's key."""
    return {meeting.key: meeting.year for meeting in generation.meetings if meeting.year is not None}


def _meeting(ordinal: int) -> Meeting:
    day = date(FIRST_YEAR + (ordinal - 1) // MEETINGS_A_YEAR, 3 + 6 * (ordinal % MEETINGS_A_YEAR), 1)
    return Meeting("bench", f"M{ordinal}", ordinal, {LANGUAGE: f"Meeting {ordinal}"}, first_day=day, last_day=day)


def _texts(size: int, seed: int) -> Iterator[str]:
    cumulated = _cumulated_frequencies()
    for chunk in range(0, size, _CHUNK):
        random = np.random.default_rng([seed, chunk])
        lengths = np.clip(random.gamma(4.0, _MEAN_WORDS / 4.0, _CHUNK), _FEWEST_WORDS, _MOST_WORDS).astype(np.int64)
        ranks = _draw(random, int(lengths.sum()), cumulated)
        ends = np.cumsum(lengths)
        for start, end in zip((ends - lengths)[: size - chunk], ends[: size - chunk], strict=True):
            yield _prose(ranks[start:end].tolist(), random)


def _cumulated_frequencies() -> np.ndarray:
    ranks = np.arange(1, _RANKS + 1, dtype=np.float64)
    steepening = np.where(ranks > _KNOWN_RANKS, (_KNOWN_RANKS / ranks) ** (_STEEP - 1.0), 1.0)
    cumulated = np.cumsum(steepening / (ranks + _FLATTENING))
    return np.asarray(cumulated / cumulated[-1])


def _draw(random: np.random.Generator, count: int, cumulated: np.ndarray) -> np.ndarray:
    """``count`` ranks, counted from 0; a collocated one is drawn by what its predecessor and a small die say."""
    ranks = np.searchsorted(cumulated, random.random(count))
    collocated = np.flatnonzero(random.random(count - 1) < _COLLOCATED) + 1
    die = random.integers(0, _FOLLOWERS, len(collocated))
    mixed = (ranks[collocated - 1] * 2_654_435_761 + die * 2_246_822_519 + 374_761_393) % (1 << 32)
    ranks[collocated] = np.searchsorted(cumulated, mixed / (1 << 32))
    return ranks


def _prose(ranks: list[int], random: np.random.Generator) -> str:
    words = [word(rank) for rank in ranks]
    position = 0
    while position < len(words):
        words[position] = words[position].capitalize()
        length = int(random.integers(9, 27))
        comma, stop = position + length // 2, min(position + length, len(words)) - 1
        if comma < stop:
            words[comma] += ","
        words[stop] += "."
        position = stop + 1
    return " ".join(words)


@lru_cache(maxsize=1 << 20)
def word(rank: int) -> str:
    """The word of a rank (from 0): function words first, then made of syllables, every third an inflected form."""
    if rank < len(_FUNCTION_WORDS):
        return _FUNCTION_WORDS[rank]
    if rank % 3 == 2 and rank > 2 * len(_FUNCTION_WORDS):
        base = rank - rank // 4
        return word(base - (base % 3 == 2)) + _SUFFIXES[rank // 3 % len(_SUFFIXES)]
    syllables = 1 if rank < 200 else 2 if rank < 60_000 else 3
    number = rank * 7_368_787 % _SYLLABLES**syllables
    letters = ""
    for _ in range(syllables):
        number, choice = divmod(number, _SYLLABLES)
        onset, rest = choice % len(_ONSETS), choice // len(_ONSETS)
        letters += _ONSETS[onset] + _NUCLEI[rest % len(_NUCLEI)]
        if number % 2 == 0 or not number:
            letters += _CODAS[rest // len(_NUCLEI)]
    return letters
