"""Runs of text: what an array of strings and steps is read as."""

from dataclasses import asdict

from hypothesis import given
from hypothesis import strategies as st
from pdfminer.pdfinterp import PDFGraphicState, PDFResourceManager, PDFTextState
from pdfminer.psparser import LIT
from pdfminer.utils import MATRIX_IDENTITY

from indexer.extract.pdf.runs import RunDevice, TextRun, letters_of

FONTS = PDFResourceManager()
FONT = FONTS.get_font(None, {"Subtype": LIT("Type1"), "BaseFont": LIT("Helvetica")})


def shown(array: list[float | bytes], size: float, charspace: float, wordspace: float) -> tuple[list[TextRun], object]:
    """The runs of an array, and the place behind it."""
    device = RunDevice(FONTS)
    device.set_ctm(MATRIX_IDENTITY)
    state = PDFTextState()
    state.font, state.fontsize, state.charspace, state.wordspace = FONT, size, charspace, wordspace
    device.render_string(state, array, None, PDFGraphicState())  # type: ignore[arg-type] # colours are not used
    return device.runs, state.linematrix


FEWEST = 6
"""Strings that are as many as letters which may be spaced, with steps of nothing and without."""

STRINGS = st.sampled_from([b"a", b"of", b" ", b"e\xb4", b"States ", b"", b"\xa8", b"1"])
STEPS = st.sampled_from([0.0, 3.0, -4.5, -99.0, -100.0, -101.0, -250.0, 149.0, 150.0, 151.0, -900.0, -901.0, 501.0])


@given(
    st.lists(st.tuples(STRINGS, STEPS), min_size=FEWEST, max_size=12),
    st.booleans(),
    st.sampled_from([10.0, 9.96, -10.0, 1.0]),
    st.sampled_from([0.0, 0.02, -0.3]),
    st.sampled_from([0.0, 0.4, 3.0]),
)
def test_a_step_of_nothing_changes_nothing(
    pairs: list[tuple[bytes, float]], ends_with_step: bool, size: float, charspace: float, wordspace: float
) -> None:
    array: list[float | bytes] = [part for pair in pairs for part in pair]
    array = array if ends_with_step else array[:-1]
    # Not the one way of writing in which nearly all arrays come, and which is read faster.
    other = [part for each in array for part in ((each, 0.0) if isinstance(each, float) else (each,))]
    (runs, behind), (others, behind_others) = (shown(each, size, charspace, wordspace) for each in (array, other))
    assert behind == behind_others
    assert [(asdict(run) | {"strings": letters_of(run)}) for run in runs] == [
        (asdict(run) | {"strings": letters_of(run)}) for run in others
    ]
