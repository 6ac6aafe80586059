"""Ink: what a page paints beside its letters, and with what the letters themselves are drawn."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from pdfminer.utils import Matrix

from indexer.extract.pdf.content_stream import Path, path_numbers

Colour = tuple[float, float, float]
"""Red, green and blue, each from 0 to 1."""

WHITE: Colour = (1.0, 1.0, 1.0)
BLACK: Colour = (0.0, 0.0, 0.0)

_LEAST_SIDE = 2.0
"""Points of the shorter side of an area that may hide letters or lie behind them; rules and borders are thinner."""

_LEAST_TURN = 1e-3
"""Share of a matrix's larger entries up to which the others count as none."""


class Rectangle(NamedTuple):
    """A rectangle on the page as shown, in points from its upper left corner."""

    x0: float
    top: float
    x1: float
    bottom: float

    def meet(self, other: "Rectangle") -> "Rectangle":
        """The part that lies in both; its sides are not in order where there is none."""
        return Rectangle(
            max(self.x0, other.x0), max(self.top, other.top), min(self.x1, other.x1), min(self.bottom, other.bottom)
        )

    def holds(self, other: "Rectangle") -> bool:
        """Tell whether another rectangle lies wholly in this one."""
        return self.x0 <= other.x0 and self.top <= other.top and self.x1 >= other.x1 and self.bottom >= other.bottom

    def touches(self, other: "Rectangle") -> bool:
        """Tell whether the two have more than an edge in common."""
        return self.x0 < other.x1 and other.x0 < self.x1 and self.top < other.bottom and other.top < self.bottom


class Clip(NamedTuple):
    """The box around what may be painted.

    ``exact`` says that all of the box may be, ``box`` is the box.
    """

    box: Rectangle
    exact: bool


class Area(NamedTuple):
    """A painted area.

    Attributes:
        box: the box around it.
        colour: its colour; None where that is not known, as in pictures.
        full: it fills the box wholly, and nothing shows through.
        picture: it is a picture.
    """

    box: Rectangle
    colour: Colour | None
    full: bool
    picture: bool = False


class Ink(NamedTuple):
    """The ink of a piece of text.

    Attributes:
        colour: its colour; None where that is not known.
        unseen: why nothing of it is seen, whatever lies above or below; empty where it is seen.
        clip: the box outside of which nothing of it is seen; None for none.
        order: the number of areas that were painted before.
        artifact: the file says that it is no part of the document's text.
        element: the number of the structure element that it stands in; 0 for none.
    """

    colour: Colour | None = BLACK
    unseen: str = ""
    clip: Rectangle | None = None
    order: int = 0
    artifact: bool = False
    element: int = 0


PLAIN = Ink()


def box_around(corners: Sequence[tuple[float, float]], matrix: Matrix) -> Rectangle:
    """The box around points, after a matrix."""
    a, b, c, d, e, f = matrix
    across = [a * x + c * y + e for x, y in corners]
    down = [b * x + d * y + f for x, y in corners]
    return Rectangle(min(across), min(down), max(across), max(down))


def is_level(matrix: Matrix) -> bool:
    """Tell whether a matrix leaves rectangles upright, at most turned by quarters."""
    a, b, c, d, _, _ = matrix
    least = _LEAST_TURN * max(abs(a), abs(b), abs(c), abs(d))
    return (abs(b) <= least and abs(c) <= least) or (abs(a) <= least and abs(d) <= least)


def filled_boxes(path: Path, matrix: Matrix, *, even_odd: bool) -> list[tuple[Rectangle, bool]]:
    """The boxes of a filled path, and whether each is filled wholly.

    Boxes too thin to hide a letter are left out.
    """
    level = is_level(matrix)
    rectangles = [path_numbers(numbers) for operator, numbers in path if operator == b"re"]
    only_rectangles = all(operator in _RECTANGLES for operator, _ in path)
    if only_rectangles and all(len(numbers) >= 4 for numbers in rectangles):
        # Rectangles of one path may cut holes into one another.
        apart = len(rectangles) == 1 or not (even_odd or any(w * h < 0 for *_, w, h in rectangles))
        boxes = [(box_around(_corners(*numbers[-4:]), matrix), level and apart) for numbers in rectangles]
    else:
        points = path_points(path)
        if not points:
            return []
        boxes = [
            (
                box_around(points, matrix),
                level and not rectangles and (_is_rectangle(path, points) or _is_rounded(path)),
            )
        ]
    return [(box, full) for box, full in boxes if min(box.x1 - box.x0, box.bottom - box.top) >= _LEAST_SIDE]


def path_points(path: Path) -> list[tuple[float, float]]:
    """The points of a path, those that draw its curves among them."""
    points: list[tuple[float, float]] = []
    for operator, written in path:
        numbers = path_numbers(written)
        if operator == b"re" and len(numbers) >= 4:
            points += _corners(*numbers[-4:])
        else:
            points += zip(numbers[::2], numbers[1::2], strict=False)
    return points


def _corners(x: float, y: float, width: float, height: float) -> list[tuple[float, float]]:
    return [(x, y), (x + width, y + height), (x, y + height), (x + width, y)]


def _is_rectangle(path: Path, points: list[tuple[float, float]]) -> bool:
    """Tell whether a path of lines is one upright rectangle."""
    if not 4 <= len(points) <= 5 or any(operator not in _LINES for operator, _ in path) or path[0][0] != b"m":
        return False
    if sum(operator == b"m" for operator, _ in path) > 1 or (len(points) == 5 and points[4] != points[0]):
        return False
    across, down = {x for x, _ in points}, {y for _, y in points}
    # Each step goes along one side.
    return (
        len(across) == 2 and len(down) == 2 and all((x0 == x1) != (y0 == y1) for (x0, y0), (x1, y1) in pairwise(points))
    )


def _is_rounded(path: Path) -> bool:
    """Tell whether a path is one upright rectangle with round corners."""
    ends: list[tuple[float, float]] = []
    straight = 0.0
    for operator, written in path:
        numbers = path_numbers(written)
        if operator in (b"m", b"l", b"c", b"v", b"y") and len(numbers) >= 2 and (operator != b"m" or not ends):
            x, y = numbers[-2:]
            if operator == b"l" and ends:
                across, down = abs(x - ends[-1][0]), abs(y - ends[-1][1])
                if min(across, down) > _ON_EDGE:
                    return False
                straight += across + down
            ends.append((x, y))
        elif operator not in (b"h", b"W", b"W*"):
            return False
    if len(ends) < 4 or not straight:
        return False
    left, right = min(x for x, _ in ends), max(x for x, _ in ends)
    low, high = min(y for _, y in ends), max(y for _, y in ends)
    # All steps end on the sides, and the sides are more straight than round.
    on_sides = all(min(x - left, right - x, y - low, high - y) <= _ON_EDGE for x, y in ends)
    return on_sides and straight >= (right - left) + (high - low) / 2 - _ON_EDGE


_ON_EDGE = 0.5
"""Units within which a point lies on a side."""

_RECTANGLES = frozenset((b"re", b"W", b"W*", b"h"))
_LINES = frozenset((b"m", b"l", b"h", b"W", b"W*"))
