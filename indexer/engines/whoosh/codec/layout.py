"""Layout of the files of an index: places, names and number formats that the reader shares with the writer.

All numbers are big-endian, as Whoosh writes them on any machine.
"""

# ARCHITECTURE.md: Blocks of postings are pickled by protocol 4.

import struct
from dataclasses import dataclass

import numpy as np

# The names of columns and of this field are part of the format: indexes that are served have been written with them.
STORED_ITEM, TOKEN_OFFSETS = "stored", "places"

STORED_COLUMNS = (STORED_ITEM, TOKEN_OFFSETS)
"""Columns of bytes: the item, at its first row (empty at the others); the offsets of the words of each row's text."""

ITEM_OF_ROW, TIE, DAY, TEXT_WORDS, HEADING_WORDS = "item", "tie", "day", "text_words", "heading_words"
"""Columns of numbers beside those of the fields: see ``doc_values.DocValues``; the last two are lengths in words."""

ID_FIELD = "id"
"""Field whose terms are the ids of items, each at its item's first row."""

NUMBER = np.dtype(">i4")
"""A number in a column."""

FIELD_NUMBER = struct.Struct("!H")
"""Number of a field, with which the key of a term begins."""

# Whoosh's own writer pickles blocks by protocol 2, which knows no bytes and writes them as text to be encoded again:
# nearly twice the room, and three times as long to read. Whoosh reads protocol 4 as well.
PICKLE_PROTOCOL = 4

# Whoosh's reader finds the end of a block's head by reading one pickle from the file, ours by pickling the head again,
# so that it must be written by the protocol that is named here.
HEAD_PROTOCOL = 2

BLOCK_SIZE = struct.Struct("!i")
"""Bytes of a block that follow, negative for the last block of a list."""


@dataclass(frozen=True, slots=True)
class IndexLayout:
    """Places of things in the files of an index. The writer takes them from Whoosh, the metadata hold them.

    Attributes:
        rows: the number of rows.
        terms: the name of the file of the terms.
        postings: the name of the file of the posting lists.
        columns: the name of each column's file, by the name of the column.
        tables: for each of the 256 tables of the hash of terms, its place in the file and the number of its slots.
        fields: the number of each field, by name.
    """

    # With it, readers find their way without loading Whoosh, as most of a short command is loading. The names of
    # these fields are keys of the metadata: part of the format.

    rows: int
    terms: str
    postings: str
    columns: dict[str, str]
    tables: tuple[tuple[int, int], ...]
    fields: dict[str, int]
