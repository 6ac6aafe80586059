"""The values of postings, made many at a time, are what Whoosh makes one by one."""

import pickle
import struct
from itertools import chain

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from whoosh.formats import Positions

from indexer.engines.whoosh.codec.positions import PositionEncoder

NUMBERS = st.integers(0, 300) | st.integers(0, 70_000) | st.integers(0, 2**31 - 1)
POSITIONS = st.sets(NUMBERS, min_size=1, max_size=40).map(sorted)


@given(st.lists(POSITIONS, max_size=20))
def test_each_value_is_the_one_that_whoosh_itself_writes_and_reads(postings: list[list[int]]) -> None:
    counts, positions = np.array([*map(len, postings)], np.int64), np.array([*chain(*postings)], np.int64)
    values = PositionEncoder().of(counts, positions)
    assert [Positions().decode_positions(value) for value in values] == postings
    deltas = [[after - before for before, after in zip([0, *each], each, strict=False)] for each in postings]
    assert values == [struct.pack("!I", len(each)) + pickle.dumps(each, 2) for each in deltas]


def test_longer_lists_are_read_by_whoosh_as_well() -> None:
    positions = np.arange(0, 5_000, 2)
    (value,) = PositionEncoder().of(np.array([len(positions)]), positions)
    assert Positions().decode_positions(value) == positions.tolist()
