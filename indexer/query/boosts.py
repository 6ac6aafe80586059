"""Boosts: the weight of a match by its kind."""

from typing import Final

from indexer.model import As

WEIGHTS: Final[dict[As, float]] = {
    "exact": 1.0,
    "accent": 0.95,
    "stem": 0.85,
    "prefix": 0.85,
    "equivalent": 0.5,
    "translation": 0.5,
    "typo": 0.35,
}
"""Weight of an occurrence by its kind of match, relative to the word as typed.

The order is what counts: as typed, with other accents, inflected, an equivalent term or a translated word, a slip of
the pen.
"""
