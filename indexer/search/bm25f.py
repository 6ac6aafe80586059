"""Scoring: BM25F over heading and text, and a boost for words close together.

BM25F sums a word's occurrences over the fields of a version, each weighted and divided by its field's length factor,
before one saturation is applied (Robertson, Zaragoza and Taylor, *Simple BM25 extension to multiple weighted fields*,
CIKM 2004; Robertson and Zaragoza, *The Probabilistic Relevance Framework*, 2009, sections 3.5 and 3.6)::

    frequency = sum over occurrences of  weight(as what it matched) * weight(field) / length factor(field)
    score     = idf * frequency * (K1 + 1) / (frequency + K1)
    idf       = ln(1 + (rows - matching + 0.5) / (matching + 0.5))
    length factor = 1 - B + B * length / average length

An occurrence counts by as what it matched: a form that was not typed is worth less than one that was.

The boost follows Büttcher, Clarke and Lushman, *Term proximity scoring for ad-hoc retrieval on very large text
collections* (SIGIR 2006): where two different words of the query follow each other in a version with none of its
other words between them, d words apart and at most PROXIMITY_WINDOW, the version gathers idf/d², of the commoner of the
two; what it gathers saturates as a word's frequency does::

    boost = PROXIMITY_BOOST * gathered * (K1 + 1) / (gathered + K1)
"""

from math import log
from typing import Final

K1: Final = 1.2
"""Saturation of the frequency (the customary value, Robertson and Zaragoza 2009, section 4)."""

B: Final = 0.75
"""Weight of the length (as K1)."""

HEADING: Final = 2.0
"""Weight of an occurrence in the heading, relative to one in the text.

A heading says in few words what its text is about. Twice is the customary boost (``title^2`` in the manuals of
Lucene's kin); tuned on pages of the web, titles weigh far more (Zaragoza, Craswell, Taylor, Saria and Robertson,
*Microsoft Cambridge at TREC-13*, 2004). Every judged collection with titles gains.
"""

PROXIMITY_WINDOW: Final = 8
"""The farthest apart, in words, that two words still boost a version (the window of Metzler and Croft, SIGIR 2005)."""

PROXIMITY_BOOST: Final = 0.5
"""Weight of the boost, relative to that of a word."""

RERANK_DEPTH: Final = 64
"""Number of the best items that are put in order again with the boost.

Those after them keep their order, so that the cost of the boost does not grow with what matches.
"""


def idf(rows: int, matching: int) -> float:
    """Inverse document frequency of a word that ``matching`` of ``rows`` versions hold. Positive."""
    # Without the 1 a word that most versions hold would count against those that have it.
    return log(1.0 + (rows - matching + 0.5) / (matching + 0.5))


def length_factor(length: int, average: float) -> float:
    """Length normalisation: the divisor of the occurrences in a field of this length.

    ``length`` is in words, ``average`` that of the field in the index, in words.
    """
    # An index in which a field is always empty has no average, and nothing to divide.
    return 1.0 - B + B * length / average if average else 1.0
