"""Look: the part of the graphics state that decides what is seen of text and areas."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from pdfminer.pdftypes import PDFStream, resolve1

from indexer.extract.pdf.ink import BLACK, WHITE, Clip, Colour
from indexer.extract.pdf.objects import name_of

_FAINTEST = 0.02
"""Opacity up to which nothing is seen."""

_DEEPEST = 4
"""Colour spaces within colour spaces."""

_GREYS = frozenset(("DeviceGray", "G", "CalGray"))
_INKLESS = frozenset(("Separation", "DeviceN"))
_DEVICE = {1: "DeviceGray", 3: "DeviceRGB", 4: "DeviceCMYK"}


class Look(NamedTuple):
    """Colours, opacities and clip: all that decides what is seen but the mode of drawing text.

    Attributes:
        fill, stroke: colours; None where not known.
        fill_space, stroke_space: names of what their numbers mean.
        fill_opacity, stroke_opacity: from 0 to 1.
        plain: what is painted hides what lies beneath: no mask, no blending.
        width: of lines, in the user's units.
        clip: what may be painted; None for all.
    """

    fill: Colour | None = BLACK
    stroke: Colour | None = BLACK
    fill_space: str = "DeviceGray"
    stroke_space: str = "DeviceGray"
    fill_opacity: float = 1.0
    stroke_opacity: float = 1.0
    plain: bool = True
    width: float = 1.0
    clip: Clip | None = None

    def with_state(self, state: dict[str, Any]) -> "Look":
        """The look after a dictionary of graphics state (ISO 32000-1, 8.4.5)."""
        changed: dict[str, Any] = {}
        for key, field in (("ca", "fill_opacity"), ("CA", "stroke_opacity"), ("LW", "width")):
            number = resolve1(state.get(key))
            if isinstance(number, (int, float)):
                changed[field] = float(number)
        if "BM" in state or "SMask" in state:
            modes = resolve1(state.get("BM"))
            mode = name_of(modes[0] if isinstance(modes, list) and modes else modes)
            mask = name_of(state.get("SMask"))
            changed["plain"] = mode in (None, "Normal", "Compatible") and mask in (None, "None")
            if isinstance(resolve1(state.get("SMask")), dict):
                changed["plain"] = False
        return self._replace(**changed)

    def text_colour(self, render: int) -> tuple[Colour | None, bool]:
        """The colour of text in a rendering mode, and whether any of it is seen."""
        mode = render % 4  # those from 4 on clip as well
        fills, strokes = (
            mode in (0, 2) and self.fill_opacity > _FAINTEST,
            mode in (1, 2) and (self.stroke_opacity > _FAINTEST),
        )
        if fills and strokes and self.fill != self.stroke:
            return None, True
        colour, opacity = (self.fill, self.fill_opacity) if fills else (self.stroke, self.stroke_opacity)
        if colour is not None and opacity < 1:
            # As it looks on white paper.
            red, green, blue = (1 - opacity * (1 - part) for part in colour)
            colour = red, green, blue
        return colour, fills or strokes


def device_colour(numbers: Sequence[object]) -> Colour | None:
    """The colour of one, three or four numbers of a device; None for anything else."""
    values = [min(max(float(value), 0.0), 1.0) for value in numbers if isinstance(value, (int, float))]
    if len(values) != len(numbers):
        return None
    if len(values) == 1:
        return (values[0],) * 3
    if len(values) == 3:
        return values[0], values[1], values[2]
    if len(values) == 4:
        cyan, magenta, yellow, black = values
        return (1 - cyan) * (1 - black), (1 - magenta) * (1 - black), (1 - yellow) * (1 - black)
    return None


def colour_in(space: str, numbers: Sequence[object]) -> Colour | None:
    """The colour of numbers in a space that ``space_kind`` names; None where it is not known."""
    if space in _DEVICE.values():
        return device_colour(numbers)
    # Of an ink that is none of the page's, nothing is white.
    return WHITE if space in _INKLESS and numbers and all(number == 0 for number in numbers) else None


def space_kind(space: object, named: dict[str, Any]) -> str:
    """The name of what numbers mean in a colour space: a device's, ``Separation``, ``Pattern`` or another.

    ``named`` are the colour spaces of the resources.
    """
    for _ in range(_DEEPEST):
        name = space if isinstance(space, str) else name_of(space)
        if name is not None:
            if name in named:
                space, named = resolve1(named[name]), {}
                continue
            return "DeviceGray" if name in _GREYS else {"RGB": "DeviceRGB", "CalRGB": "DeviceRGB"}.get(name, name)
        parts = resolve1(space)
        if not isinstance(parts, list) or not parts:
            return ""
        kind = name_of(parts[0]) or ""
        if kind == "ICCBased" and len(parts) > 1:
            profile = resolve1(parts[1])
            count = resolve1(profile.get("N")) if isinstance(profile, PDFStream) else None
            return _DEVICE.get(count, "") if isinstance(count, int) else ""
        if kind in ("CalGray", "CalRGB", "DeviceGray", "DeviceRGB", "DeviceCMYK"):
            space = kind
            continue
        return kind
    return ""


def initial_colour(space: str) -> Colour | None:
    """The colour that a space begins with (ISO 32000-1, 8.6.3)."""
    return BLACK if space in _DEVICE.values() else None
