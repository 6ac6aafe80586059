from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer import sorting
from indexer.sorting import Scratch, SortedLines

LINES = st.lists(st.binary(max_size=6).map(lambda line: line.replace(b"\n", b" ")))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=LINES, run=st.integers(1, 5), at_once=st.integers(1, 20))
def test_lines_come_back_in_order_however_few_are_sorted_and_read_at_once(
    tmp_path: Path, lines: list[bytes], run: int, at_once: int
) -> None:
    with pytest.MonkeyPatch.context() as patched, closing(SortedLines(tmp_path)) as found:
        patched.setattr(sorting, "RUN", run)
        patched.setattr(sorting, "_AT_ONCE", at_once)
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
