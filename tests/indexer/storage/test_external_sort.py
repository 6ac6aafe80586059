from array import array
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.storage import external_sort
from indexer.storage.external_sort import Scratch, Series, SortedLines

LINES = st.lists(st.binary(max_size=6).map(lambda line: line.replace(b"\n", b" ")))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=LINES, run=st.integers(1, 5), at_once=st.integers(1, 20))
def test_lines_come_back_in_order_however_few_are_sorted_and_read_at_once(
    tmp_path: Path, lines: list[bytes], run: int, at_once: int
) -> None:
    with pytest.MonkeyPatch.context() as patched, closing(SortedLines(tmp_path)) as found:
        patched.setattr(external_sort, "RUN", run)
        patched.setattr(external_sort, "_AT_ONCE", at_once)
        for line in lines:
            found.add(line)
        assert list(found) == sorted(lines)
        assert not list(tmp_path.iterdir())


def test_sections_are_read_in_turns_each_from_where_it_was_left(tmp_path: Path) -> None:
    with closing(Scratch(tmp_path)) as scratch:
        first, second = scratch.add(b"abcdef"), scratch.add(b"one\ntwo\n")
        assert first.read(2) == b"ab"
        lines = second.lines()
        assert next(lines) == b"one"
        assert first.read(4) == b"cdef"
        assert list(lines) == [b"two"]
        third = scratch.add(b"three")
        assert (len(first), len(third), third.read(5)) == (0, 5, b"three")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(numbers=st.lists(st.tuples(st.booleans(), st.integers(0, 2**31 - 1))), held=st.integers(1, 9))
def test_numbers_come_back_as_they_were_however_few_are_held(
    tmp_path: Path, numbers: list[tuple[bool, int]], held: int
) -> None:
    with closing(Scratch(tmp_path)) as scratch:
        series = Series(scratch, "i", held), Series(scratch, "Q", held)
        for second, number in numbers:
            series[second].append(number)
        for which, kind in enumerate("iQ"):
            own = [number for second, number in numbers if second == bool(which)]
            assert len(series[which]) == len(own)
            assert array(kind, series[which].read()) == array(kind, own)
