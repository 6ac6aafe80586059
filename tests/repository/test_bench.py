"""A tiny run of the measurements: what they compare does the same job."""

import shutil
from contextlib import ExitStack, closing
from importlib.util import find_spec
from pathlib import Path

import pytest

from bench.corpus import Statistics
from bench.passages import publication
from bench.peers.base import Opened, Peer
from bench.queries import CLASSES, EACH, Asked, queries
from tests.conftest import OPTIONAL

MISSING = [name for name in ("apsw", "bm25s", "tantivy") if find_spec(name) is None]

pytestmark = [
    pytest.mark.bench,
    pytest.mark.skipif(bool(MISSING), reason=f"{OPTIONAL}not installed: {', '.join(MISSING)} (the group `bench`)"),
]

PASSAGES = 200
FEW = 4


@pytest.fixture(scope="module")
def asked() -> list[Asked]:
    generation = publication(PASSAGES)
    return queries(generation, Statistics(generation), FEW)


def _opened(stack: ExitStack, peer: Peer, folder: Path, size: int) -> Opened:
    folder.mkdir()
    peer.build(folder, publication(size))
    return stack.enter_context(closing(peer.open(folder)))


def test_the_same_seed_gives_the_same_passages_and_another_gives_others() -> None:
    assert publication(20) == publication(20)
    assert publication(20).items != publication(20, seed=1).items


def test_passages_have_about_73_words_and_a_vocabulary_that_grows_as_a_power_of_their_number() -> None:
    few, many = Statistics(publication(PASSAGES)), Statistics(publication(10 * PASSAGES))
    words = [len(item.versions[0].text.split()) for item in publication(PASSAGES).items]
    assert 65 < sum(words) / len(words) < 80
    assert 3 < len(many.words) / len(few.words) < 6


def test_every_class_has_its_queries(asked: list[Asked]) -> None:
    assert [query.kind for query in asked] == [kind for kind in CLASSES for _ in range(FEW)]
    assert len({query.text for query in asked}) == len(asked)
    assert FEW < EACH


def test_all_engines_count_alike_in_total_by_meeting_and_by_year(asked: list[Asked], tmp_path: Path) -> None:
    from bench.measure import check
    from bench.peers import installed

    peers = installed()
    assert set(peers) >= {"ours", "whoosh", "fts5", "tantivy", "bm25s"}
    with ExitStack() as stack:
        opened = {name: _opened(stack, peer, tmp_path / name, PASSAGES) for name, peer in peers.items()}
        times = check(opened, {name: peer.classes for name, peer in peers.items()}, asked)
    assert {name for name, _ in times} == set(peers)


def test_an_engine_that_counts_otherwise_is_found_out(asked: list[Asked], tmp_path: Path) -> None:
    from bench.measure import Disagreement, check
    from bench.peers import load

    with ExitStack() as stack:
        sizes = {"ours": PASSAGES, "fts5": PASSAGES - 100}
        opened = {name: _opened(stack, load(name), tmp_path / name, size) for name, size in sizes.items()}
        with pytest.raises(Disagreement, match="ours"):
            check(opened, dict.fromkeys(opened, ("common", "or3")), asked)


def test_the_command_prints_every_engine_in_every_table(capsys: pytest.CaptureFixture[str]) -> None:
    from bench.search import main

    assert main(["--sizes", str(PASSAGES), "--rounds", "1", "--each", str(FEW)]) == 0
    printed = capsys.readouterr().out
    tables = [table for table in printed.split("\n\n") if table.startswith("|")]
    assert len(tables) == 7
    for table in tables:
        assert {"| ours", "| whoosh", "| fts5", "| tantivy"} <= {line[:9].rstrip() for line in table.splitlines()}


def test_random_strings_are_answered_or_refused() -> None:
    from bench.random_strings import ask_all

    answered = ask_all(300, PASSAGES)
    assert len(answered.times) == 300
    assert answered.refused < 300


def test_every_query_is_asked_of_the_interface_for_programs_and_answered(capsys: pytest.CaptureFixture[str]) -> None:
    from bench.api import main

    if shutil.which("wrk") is None:
        pytest.skip(f"{OPTIONAL}wrk is not installed")
    main(["--queries", "40", "--passages", str(PASSAGES), "--rounds", "1"])
    assert "\n0 errors; " in capsys.readouterr().out
