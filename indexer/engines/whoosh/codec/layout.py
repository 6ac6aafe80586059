"""The layout of an index: what of it the writer tells the reader."""

# ARCHITECTURE.md: Blocks of postings are pickled by protocol 4.

from dataclasses import dataclass

import numpy as np

ITEM, PLACES = "stored", "places"
KEPT = (ITEM, PLACES)
"""What is kept of rows as bytes: the item, with its first row; the places of the words of each."""

NUMBER = np.dtype(">i4")


@dataclass(frozen=True, slots=True)
class IndexLayout:
    """Where things are in the files of an index, as Whoosh says that has opened it.

    ``terms`` and ``postings`` are names of files, ``columns`` those of the columns by name. ``tables`` are those of the
    hash of terms: where each begins and how many slots it has; ``fields`` the numbers of fields by name.
    """

    rows: int
    terms: str
    postings: str
    columns: dict[str, str]
    tables: tuple[tuple[int, int], ...]
    fields: dict[str, int]
