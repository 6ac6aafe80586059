"""The file of what was fetched: its format is that of files that are there already."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from indexer.fetch.receipts import FILE_NAME, Absence, Receipt, Receipts, Refusal, read_receipts, write_receipts
from indexer.model import message
from indexer.model.errors import CatalogueError

NOW = datetime(2024, 1, 2, tzinfo=UTC)
OLD = (
    b'{"fetched":[{"address":"https://example.org/I.pdf","meeting":"I","file":"I.pdf","sha256":"00","language":"en",'
    b'"at":"2024-01-02T00:00:00Z","etag":null,"modified":null}],"refused":[{"address":"https://example.org/II.pdf",'
    b'"meeting":"II","reason":"II.pdf: larger than 64 MB; not taken","at":"2024-01-02T00:00:00Z","language":"en",'
    b'"asked":true},{"address":"https://example.org/","meeting":"III","reason":"/: lists meeting III without a link to '
    b'its recommendations","at":"2024-01-02T00:00:00Z","language":"es","asked":false}]}\n'
)
WRITTEN = OLD.replace(b'"asked":true', b'"asked":true,"cause":{"code":"too-large","parts":["II.pdf",64]}').replace(
    b'"asked":false', b'"asked":false,"cause":{"code":"unlinked-meeting","parts":["/","III"]}'
)
READ = Receipts(
    (Receipt(address="https://example.org/I.pdf", meeting="I", file="I.pdf", sha256="00", language="en", at=NOW),),
    (
        Refusal("https://example.org/II.pdf", "II", message("too-large", "II.pdf", 64), NOW, "en"),
        Absence("https://example.org/", "III", message("unlinked-meeting", "/", "III"), NOW, "es"),
    ),
)


def test_refusals_and_absences_are_written_as_ever_and_come_back_as_what_they_are(tmp_path: Path) -> None:
    write_receipts(tmp_path, READ)
    assert (tmp_path / FILE_NAME).read_bytes() == WRITTEN
    assert read_receipts(tmp_path) == READ


def test_a_record_of_an_older_version_is_read_in_its_own_words(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(OLD.replace(b',"asked":true', b""))
    refused, absent = read_receipts(tmp_path).refused
    assert isinstance(refused, Refusal)
    assert isinstance(absent, Absence)
    assert str(refused.reason) == "II.pdf: larger than 64 MB; not taken. `indexer sync` asks again."
    assert absent.reason.sentence() == "/: lists meeting III without a link to its recommendations"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"[]", "not a record of downloads: Expected `object`, got `array`"),
        (
            b'{"refused":[{"address":1}]}',
            "not a record of downloads: Expected `str`, got `int` - at `$.refused[0].address`",
        ),
        (b"\xff", "not a record of downloads: "),
    ],
)
def test_a_file_that_is_none_is_named_with_what_to_do(tmp_path: Path, content: bytes, why: str) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    with pytest.raises(CatalogueError) as refused:
        read_receipts(tmp_path)
    mistake = str(refused.value)
    assert mistake.startswith(f"{tmp_path / FILE_NAME}: {why}")
    assert mistake.endswith(". Remove it, and `indexer sync` makes it anew.")
