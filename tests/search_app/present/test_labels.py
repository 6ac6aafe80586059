from collections.abc import Collection, Mapping
from typing import Any, get_args

import pytest

from indexer.analysis.fields import Naming
from indexer.model import Kind, Match, Sort, State
from search_app.present import labels


@pytest.mark.parametrize(
    ("table", "keys"),
    [
        (labels._NAMINGS, get_args(Naming)),
        (labels.KINDS, Kind),
        (labels.STATES, State),
        (labels.SORTS, get_args(Sort)),
        (labels.MATCHES, get_args(Match)),
    ],
)
def test_a_table_of_labels_names_every_value_and_no_other(table: Mapping[str, Any], keys: Collection[str]) -> None:
    assert set(table) == set(keys)
