"""The lexer of content streams: what it reads, and that nothing makes it stumble."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.extract.pdf.content_stream import Strings, operations


def read(data: bytes) -> list[tuple[bytes, list[object]]]:
    """The operations of a content stream, arrays as they are written."""
    return [(name, [_array(each) for each in operands]) for name, operands in operations(data)]


def _array(operand: object) -> object:
    if not isinstance(operand, Strings):
        return operand
    assert all(operand.strings)
    pairs = zip(operand.strings, [*operand.steps, 0.0], strict=True)
    return [part for pair in pairs for part in pair][:-1]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"1 0 0 1 72 720 Tm", [(b"Tm", [1, 0, 0, 1, 72, 720])]),
        (b"-.5 +3. Td", [(b"Td", [-0.5, 3.0])]),
        (b"--5 1.2.3 12-34 Tz", [(b"Tz", [-5.0, 1.2, 12.0])]),  # as other readers take them
        (b"/F1 12 Tf", [(b"Tf", ["F1", 12.0])]),
        (b"/F#31 12 Tf/Fm0 Do", [(b"Tf", ["F1", 12.0]), (b"Do", ["Fm0"])]),
        (b"(a)Tj(b)'", [(b"TJ", [[b"a"]]), (b"'", [b"b"])]),
        (b'1 2 (c) "', [(b'"', [1.0, 2.0, b"c"])]),
        (b"[(A) -120.5 <42 4> .5(C)]TJ", [(b"TJ", [[b"A", -120.5, b"B@", 0.5, b"C"]])]),
        (b"[(A) % (B)\n(C)] TJ", [(b"TJ", [[b"A", b"C"]])]),
        (b"[(A) -3 () 5 (B)] TJ", [(b"TJ", [[b"A", -3.0, b"", 5.0, b"B"]])]),
        (b"[(a] TJ b)] TJ q", [(b"TJ", [[b"a] TJ b"]]), (b"q", [])]),
        (rb"[(a\\(b\\) 3 c) 5 (d)] TJ", [(b"TJ", [[rb"a\(b\) 3 c", 5.0, b"d"]])]),
        (b"[(a\\(] 5 (b\\)c)] TJ", []),
        (b"[(a) 1 (b\\)c)] TJ", [(b"TJ", [[b"a", 1.0, b"b)c"]])]),
        (
            b"[<41> 5 <424>7<43>] TJ [<41> -1 <4243>] TJ",
            [(b"TJ", [[b"A", 5.0, b"B@", 7.0, b"C"]]), (b"TJ", [[b"A", -1.0, b"BC"]])],
        ),
        (b"[(nested (very (deep (parens))))] TJ", [(b"TJ", [[b"nested (very (deep (parens)))"]])]),
        (b"(nested (parens)) Tj", [(b"Tj", [b"nested (parens)"])]),
        (rb"(\(\)\\\n\101\0534\8) Tj", [(b"TJ", [[b"()\\\nA+48"]])]),
        (b"(over\\\r\nline\rend) Tj", [(b"TJ", [[b"overline\nend"]])]),
        (b"% a comment (with) Tj\nBT", [(b"BT", [])]),
        (b"0.5 w 1 0 0 RG 10 10 m 20 20 l S /GS0 gs /CS0 cs 1 scn q", [(b"q", [])]),
        (b"[3 2] 0 d /P <</MCID 0>> BDC T*", [(b"BDC", ["P", {"MCID": 0.0}]), (b"T*", [])]),
        (
            b"/S <</A <FEFF> /B (a(b)c) /C [1 (x)] /D <</E/F>>/G true>> BDC",
            [(b"BDC", ["S", {"A": b"\xfe\xff", "B": b"a(b)c", "C": [1.0, b"x"], "D": {"E": "F"}, "G": None}])],
        ),
        (b"/S <</A (never closed>> BDC ET", []),
        (b"/S <</A /B ET", [(b"ET", ["S", {"A": "B"}])]),
        (
            b"1 2 m 3 4 l S 5 6 7 8 re W n 9 9 m n",
            [(b"S", [((b"m", b"1 2 "), (b"l", b"3 4 "))]), (b"n", [((b"re", b"5 6 7 8 "), (b"W", b""))])],
        ),
        (b"--5 0 m 1 1 l f*", [(b"f*", [((b"m", b"-5.0 0 "), (b"l", b"1 1 "))])]),
        (b"0.5 g /P1 scn /CS0 cs", [(b"g", [0.5]), (b"scn", ["P1"]), (b"cs", ["CS0"])]),
        (b"q BI /W 2 /H 2 ID (\xff EI \xfe( EI Q", [(b"q", []), (b"Q", [])]),
        (b"q BI /W 2 ID never ends", [(b"q", [])]),
        (b"[ (never closed) 5 Td", [(b"Td", [[b"never closed"], 5.0])]),
        (b"(never closed Tj ET", []),
        (b"<4z> Tj ] > } 1 Ts", [(b"Tj", [4.0]), (b"Ts", [1.0])]),
        (b"\x00\t\x0c ", []),
    ],
)
def test_operations_are_read_with_their_operands(data: bytes, expected: list[tuple[bytes, list[object]]]) -> None:
    found = read(data)
    known = [(name, operands) for name, operands in found if name in {name for name, _ in expected}]
    assert known == expected


# Among them such as look like the end of one string and the beginning of the next.
STRINGS = st.binary(max_size=20) | st.lists(st.sampled_from([b"(", b")", b" -3 ", b"\\", b"a"])).map(b"".join)


@given(st.lists(STRINGS, min_size=1, max_size=5), st.data())
def test_a_string_comes_back_however_it_is_written(strings: list[bytes], data: st.DataObject) -> None:
    written = []
    for string in strings:
        if data.draw(st.booleans()):
            written.append(b"<" + string.hex().encode() + b">")
        else:
            for letter in b"\\()\r":
                sign = b"\\%03o" % letter if letter == 13 or data.draw(st.booleans()) else b"\\%c" % letter
                string = string.replace(bytes((letter,)), sign)
            written.append(b"(" + string + b")")
    assert read(b"[" + b" -250 ".join(written) + b"] TJ") == [
        (b"TJ", [[part for string in strings for part in (string, -250.0)][:-1]])
    ]


PARTS = [
    b"(ab)",
    b"(a(5)c)",
    b"((",
    b")",
    b"(\\()",
    b"(\\\\)",
    b"()",
    b"<4142>",
    b"<4>",
    b" -3 ",
    b"5.",
    b"1e5",
    b"7-7",
]


@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=6).map(b"".join))
@example(b"(a(5)c)")
@example(b"(a)1e5(b)")
def test_an_array_is_divided_at_once_as_it_is_read_part_by_part(inside: bytes) -> None:
    found = list(operations(b"[" + inside + b"] TJ"))
    # Other arrays are not divided at once.
    if found and isinstance(found[0][1][0], Strings):
        assert read(b"[" + inside + b"] TJ") == read(b"[%\n" + inside + b"] TJ")


@given(st.lists(st.floats(-1e6, 1e6), min_size=6, max_size=6), st.sampled_from([b"Tm", b"cm"]))
def test_numbers_come_back(numbers: list[float], name: bytes) -> None:
    data = b" ".join(b"%.5f" % number for number in numbers)
    ((found, operands),) = operations(data + b" " + name)
    assert found == name
    assert operands == pytest.approx(numbers, abs=1e-5)


@given(st.binary(max_size=300))
def test_no_bytes_make_it_stumble(data: bytes) -> None:
    for name, operands in operations(data):
        assert name
        assert len(operands) < 200


TOKENS = [
    b"[",
    b"]",
    b"(",
    b")",
    b"<<",
    b">>",
    b"<",
    b">",
    b"/N",
    b"1",
    b"-",
    b"TJ",
    b"Tj",
    b"Td",
    b"BI",
    b"EI",
    b"%",
    b"\n",
]


@given(st.lists(st.sampled_from(TOKENS), max_size=60))
def test_no_order_of_tokens_makes_it_stumble(tokens: list[bytes]) -> None:
    list(operations(b" ".join(tokens)))


def count_steps(data: bytes) -> int:
    """Count the lines of code that run while an incomplete content stream is read."""
    taken = 0

    def trace(_frame: FrameType, event: str, _argument: object) -> Callable[..., Any]:
        nonlocal taken
        taken += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        found = list(operations(data))
    finally:
        sys.settrace(before)
    assert len(found) < 3
    return taken


@pytest.mark.parametrize(
    "piece", [b"(", b"[", b"[(", b"<", b"1 ", b"\\", b"BI q ", b"(\\", b"<<", b"[[", b"% ", b"[1 ", b"(a", b"[(a) "]
)
def test_steps_grow_with_length_alone(piece: bytes) -> None:
    assert count_steps(piece * 100) <= 2 * count_steps(piece * 50)


@pytest.mark.parametrize("data", [b"[" + b"1 " * 50_000, b"(" + b"a" * 100_000, b"(\\" * 50_000, b"1 " * 50_000])
def test_no_pattern_goes_back_over_what_it_has_read(data: bytes) -> None:
    assert len(list(operations(data))) < 3  # with any quadratic step this would take minutes
