"""The measurement of the ranking, on a collection of invented texts."""

import json
from pathlib import Path

import pytest

from bench.relevance import main

DOCUMENTS = (
    {"_id": "d1", "title": "Harbours", "text": "the boats are counted each year"},
    {"_id": "d2", "title": "", "text": "a list of lamps, and of the boats that carry one"},
    {"_id": "d3", "title": "", "text": "nothing of either"},
)
QUERIES = ({"_id": "q1", "text": "boats of harbours"}, {"_id": "q2", "text": "lamps listed with ladders"})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    collection = tmp_path / "judged" / "small-en"
    collection.mkdir(parents=True)
    for name, lines in (("corpus.jsonl", DOCUMENTS), ("queries.jsonl", QUERIES)):
        (collection / name).write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    (collection / "qrels.tsv").write_text("query\tdocument\tgrade\nq1\td1\t1\nq2\td2\t1\nq2\td3\t0\n", encoding="utf-8")
    return tmp_path / "judged"


def test_each_collection_is_measured_as_asked_by_default_and_with_any_word(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main([str(folder)])
    head, columns, row = capsys.readouterr().out.splitlines()
    assert head.split("  ")[-1].strip() == "any word may match"
    assert "as asked by default" in head
    assert columns.split() == ["collection", "documents", "queries", *(["nDCG@10", "MAP", "MRR@10", "recall@100"] * 2)]
    assert row.split() == ["small-en", "3", "2", *(["1.000"] * 8)]


def test_articles_of_the_declaration_are_asked_for_in_each_language(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    udhr = folder.parent / "udhr"
    udhr.mkdir()
    for language, word in (("en", "boats"), ("es", "botes")):
        articles = f"<h2>1</h2><p>{word}</p><p>numbers 1, 2</p><h2>2</h2><ol><li>nothing</li></ol>"
        (udhr / f"{language}.html").write_text(f"<html><h1>Title</h1><p>left out</p>{articles}</html>", "utf-8")
    main([str(folder)])
    rows = capsys.readouterr().out.splitlines()[2:]
    assert [row[:24].strip() for row in rows] == [
        "small-en",
        *("udhr-en", "udhr-es", "udhr-en asked of udhr-es", "udhr-es asked of udhr-en"),
    ]
    assert all(row.split()[-8:] == ["1.000"] * 8 for row in rows)


def test_the_measurement_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    assert "usage: python -m bench.relevance" in capsys.readouterr().out


@pytest.mark.parametrize("place", ["", "missing"])
def test_a_folder_without_collections_is_refused(
    tmp_path: Path, place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main([str(tmp_path / place)])
    assert ended.value.code == 2
    assert "holds no collection" in capsys.readouterr().err
