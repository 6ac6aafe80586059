"""Wording of a message: its English sentence and remedy."""

from typing import NamedTuple


class Wording(NamedTuple):
    """Wording of a message in English; ``{0}``, ``{1}`` and so on stand for its parts.

    Attributes:
        sentence: what is the case.
        remedy: what to do about it; None where nothing need be done, or where the sentence says it.
        plural: the sentence for other numbers than one, of the first part that is a number; None without a number.
    """

    sentence: str
    remedy: str | None
    plural: str | None = None
