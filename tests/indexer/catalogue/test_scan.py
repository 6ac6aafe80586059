from pathlib import Path

from indexer.catalogue.scan import MissingFile, UnreadableFile, inspect


def test_a_file_that_the_system_cannot_look_at_says_why(tmp_path: Path) -> None:
    found = inspect(tmp_path / ("x" * 300))
    assert isinstance(found, UnreadableFile)
    assert not isinstance(found, MissingFile)
    assert found.problem.sentence().startswith("It cannot be read: ")
