"""Picture of a page in greys: its dots as bytes, and which of them are ink."""

from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_

_MARK = b"# "
"""The beginning of a comment in the form PGM."""


@dataclass(frozen=True)
class Picture:
    """A picture of grey dots, row by row from the upper left corner; 0 is black and 255 white.

    ``note`` is a text that travels with it.
    """

    width: int
    height: int
    dots: bytes
    note: str = ""

    @classmethod
    def from_pgm(cls, data: bytes) -> "Picture":
        """The picture that ``to_pgm`` wrote.

        Raises:
            ValueError: the bytes are something else.
        """
        head, _, rest = data.partition(b"\n")
        comment, _, rest = rest.partition(b"\n")
        size, _, rest = rest.partition(b"\n")
        depth, _, dots = rest.partition(b"\n")
        width, height = map(int, size.split())
        if (head, depth) != (b"P5", b"255") or not comment.startswith(_MARK) or len(dots) != width * height:
            raise ValueError("no picture")
        return cls(width, height, dots, comment[len(_MARK) :].decode("ascii"))

    def to_pgm(self) -> bytes:
        """The picture in the form PGM (netpbm, pgm(5)), its note as a comment."""
        return b"P5\n%s%s\n%d %d\n255\n" % (_MARK, self.note.encode("ascii"), self.width, self.height) + self.dots

    def upside_down(self) -> "Picture":
        """The picture turned by half a circle."""
        return Picture(self.width, self.height, self.dots[::-1], self.note)

    def on_its_side(self) -> "Picture":
        """The picture turned counterclockwise by a quarter of a circle."""
        columns = (self.dots[column :: self.width] for column in reversed(range(self.width)))
        return Picture(self.height, self.width, b"".join(columns), self.note)

    def row(self, number: int) -> bytes:
        """The dots of a row, counted from 0."""
        return self.dots[number * self.width : (number + 1) * self.width]

    def cut(self, x0: int, top: int, x1: int, bottom: int) -> "Picture":
        """The part between two columns and two rows, as far as there is one."""
        x0, x1 = max(x0, 0), min(max(x0, x1), self.width)
        top, bottom = max(top, 0), min(max(top, bottom), self.height)
        rows = (self.dots[row * self.width + x0 : row * self.width + x1] for row in range(top, bottom))
        return Picture(max(x1 - x0, 0), max(bottom - top, 0), b"".join(rows))

    @cached_property
    def paper(self) -> int:
        """The grey that most dots of light paper have."""
        counts = _histogram(self.dots)
        return max(range(len(counts) // 2, len(counts)), key=lambda grey: counts[grey])

    @cached_property
    def threshold(self) -> int:
        """The darkest grey that is no ink (Otsu 1979: the classes differ most among themselves)."""
        counts = _histogram(self.dots)
        total, whole = sum(counts), sum(grey * count for grey, count in enumerate(counts))
        best, found = -1.0, len(counts) // 2
        dark = dark_sum = 0
        for grey, count in enumerate(counts):
            dark += count
            dark_sum += grey * count
            light = total - dark
            if dark and light:
                apart = dark * light * (dark_sum / dark - (whole - dark_sum) / light) ** 2
                if apart > best:
                    best, found = apart, grey + 1
        return found

    @cached_property
    def ink(self) -> bytes:
        """A byte for each dot: 1 where it is ink, otherwise 0."""
        return self.dots.translate(bytes(grey < self.threshold for grey in range(256)))

    @property
    def has_ink(self) -> bool:
        """True where it shows anything at all."""
        return max(self.dots, default=0) - min(self.dots, default=0) > _LEAST_CONTRAST

    def columns_with_ink(self, x0: int, top: int, x1: int, bottom: int) -> bytes:
        """A byte for each column of a part: 1 where it has ink, otherwise 0."""
        # Rows as numbers, which are put over one another much faster than byte by byte.
        rows = (int.from_bytes(self.ink[row * self.width + x0 : row * self.width + x1]) for row in range(top, bottom))
        return reduce(or_, rows, 0).to_bytes(max(x1 - x0, 0))

    def rows_with_ink(self, x0: int, top: int, x1: int, bottom: int) -> bytes:
        """A byte for each row of a part: 1 where it has ink, otherwise 0."""
        starts = range(top * self.width, bottom * self.width, self.width)
        return bytes(1 in self.ink[start + x0 : start + x1] for start in starts)


def _histogram(dots: bytes) -> list[int]:
    """The number of dots of each grey, counted in a sample of them."""
    some = dots[:: max(1, len(dots) // _SAMPLE)]
    return [some.count(grey) for grey in range(256)]


_LEAST_CONTRAST = 16
"""Greys by which the darkest and the lightest dot of a picture differ where it shows something."""

_SAMPLE = 250_000
"""Dots that tell the greys of a picture."""
