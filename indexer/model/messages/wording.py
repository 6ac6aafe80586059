"""Kinds of rows of the registry: whole messages, frames around others, and what stands within others."""

from typing import NamedTuple


class Wording(NamedTuple):
    """Wording of a whole message in English; ``{0}``, ``{1}`` and so on stand for its parts.

    Attributes:
        sentence: what is the case.
        remedy: what to do about it.
        plural: the sentence for other numbers than one, of the first part that is a number; None without a number.
    """

    sentence: str
    remedy: str
    plural: str | None = None


class Frame(NamedTuple):
    """Wording of a message around others, whose remedies are its own.

    Attributes:
        sentence: its words, as those of a ``Wording``.
        plural: the same for other numbers than one.
    """

    sentence: str
    plural: str | None = None


class Fragment(NamedTuple):
    """Wording of what needs no remedy: a title, evidence, or what stands within another message.

    Attributes:
        sentence: its words, as those of a ``Wording``.
        plural: the same for other numbers than one.
    """

    sentence: str
    plural: str | None = None


AnyWording = Wording | Frame | Fragment
"""A row of the registry."""
