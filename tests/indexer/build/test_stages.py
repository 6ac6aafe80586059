import hashlib
import os
from collections.abc import Generator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from indexer.build.scan import PdfToRead
from indexer.build.stage import Made, Stage, StageRun, at_stage
from indexer.build.stages import EXTRACT
from indexer.catalogue.scan import PdfFile
from indexer.extract.ocr import without_ocr
from indexer.model import message
from indexer.model.errors import CatalogueError, StorageError
from tests.support.silent import Silent


class Text(NamedTuple):
    """A file that is to be read aloud."""

    name: str
    content: str


def shout(inputs: Sequence[Text], _run: StageRun) -> Generator[Made[Text, str], None, None]:
    for each in inputs:
        if each.content == "changed":  # meanwhile, to something that nobody asked for
            yield Made(each._replace(content="other"), "OTHER")
        else:
            yield Made(each, each.content.upper(), message("copy-empty") if not each.content else None)


SHOUT = Stage("shout", shout, lambda each: each.content, str, ("indexer.model",))


def whisper(inputs: Sequence[Text], run: StageRun) -> Generator[Made[Text, str], None, None]:
    for each in inputs:
        shouted = run.load(SHOUT, each)
        if shouted is not None:
            yield Made(each, shouted.lower())


WHISPER = Stage("whisper", whisper, lambda each: each.content, str, ("indexer.model",))
TEXTS = (Text("a", "States"), Text("b", "Judges"))


class Noting(Silent):
    def __init__(self) -> None:
        self.heard: list[tuple[str, int, int]] = []

    def stage(self, name: str, done: int, total: int) -> None:
        self.heard.append((name, done, total))


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.fixture
def run(tmp_path: Path) -> StageRun:
    return StageRun(tmp_path, Silent())


def test_what_was_made_once_is_not_made_again(tmp_path: Path) -> None:
    listener = Noting()
    first = StageRun(tmp_path, listener)
    assert not first.is_complete(SHOUT, TEXTS)
    first.run(SHOUT, TEXTS)
    assert first.made == {"shout": 2}
    assert listener.heard == [("shout", 0, 2), ("shout", 1, 2), ("shout", 2, 2), ("shout", 2, 2)]
    again = StageRun(tmp_path, listener)
    assert again.is_complete(SHOUT, TEXTS)
    again.run(SHOUT, TEXTS)
    assert [again.load(SHOUT, each) for each in TEXTS] == ["STATES", "JUDGES"]
    assert again.made == {}


def test_inputs_of_one_key_are_made_once(run: StageRun) -> None:
    run.run(SHOUT, [*TEXTS, TEXTS[0]._replace(name="c")])
    assert run.made == {"shout": 2}


def test_a_stage_may_use_the_results_of_one_before_it(run: StageRun) -> None:
    assert run.load(WHISPER, TEXTS[0]) == "states"
    assert run.made == {"shout": 1, "whisper": 1}


def test_a_failure_is_known_without_loading_the_result(run: StageRun) -> None:
    run.run(SHOUT, [Text("a", "")])
    header = run.header(SHOUT, Text("a", ""))
    assert header
    assert (header.note, header.sha256) == (message("copy-empty"), hashlib.sha256(b'""').hexdigest())
    assert run.header(SHOUT, TEXTS[0]) is None


def test_of_an_input_that_is_another_by_now_there_is_no_result(run: StageRun) -> None:
    assert run.load(SHOUT, Text("a", "changed")) is None
    assert run.load(WHISPER, Text("a", "changed")) is None
    assert run.header(SHOUT, Text("a", "other"))


@pytest.mark.parametrize("damage", [b"", b"\n\n", b"{}\n[]\n"])
def test_what_is_damaged_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    StageRun(tmp_path, Silent()).run(SHOUT, TEXTS[:1])
    (file,) = files(tmp_path)
    file.write_bytes(damage)
    run = StageRun(tmp_path, Silent())
    assert run.load(SHOUT, TEXTS[0]) == "STATES"
    assert run.made == {"shout": 1}


def test_a_single_wrong_byte_counts_as_damage(tmp_path: Path) -> None:
    StageRun(tmp_path, Silent()).run(SHOUT, TEXTS[:1])
    (file,) = files(tmp_path)
    file.write_bytes(file.read_bytes().replace(b"STATES", b"STATUS"))
    run = StageRun(tmp_path, Silent())
    assert run.load(SHOUT, TEXTS[0]) == "STATES"


def test_what_was_removed_meanwhile_is_made_anew(tmp_path: Path, run: StageRun) -> None:
    run.run(SHOUT, TEXTS[:1])
    (file,) = files(tmp_path)
    file.unlink()
    assert run.load(SHOUT, TEXTS[0]) == "STATES"


def test_what_other_code_made_is_not_used_and_removed(tmp_path: Path) -> None:
    StageRun(tmp_path, Silent()).run(SHOUT, TEXTS)
    run = StageRun(tmp_path, Silent())
    other = replace(SHOUT, packages=("indexer.storage",))
    assert not run.is_complete(other, TEXTS[:1])
    run.run(other, TEXTS[:1])
    run.clean()
    assert len(files(tmp_path)) == 1


def test_what_nobody_asked_for_is_removed(tmp_path: Path) -> None:
    before = StageRun(tmp_path, Silent())
    before.run(SHOUT, TEXTS)
    before.run(WHISPER, TEXTS)
    (tmp_path / "shout" / ".new-1").write_bytes(b"half")
    run = StageRun(tmp_path, Silent())
    run.load(SHOUT, TEXTS[1])
    run.clean()
    assert [path.parent.parent.name for path in files(tmp_path)] == ["shout"]
    assert run.is_complete(SHOUT, TEXTS[1:])
    assert not run.is_complete(SHOUT, TEXTS)


def test_an_error_names_its_stage(tmp_path: Path) -> None:
    def fail(_inputs: Sequence[Text], _run: StageRun) -> Generator[Made[Text, str], None, None]:
        yield from ()
        raise StorageError(message("not-written", "cache", message("disk-full")))

    with pytest.raises(StorageError) as raised:
        StageRun(tmp_path, Silent()).run(replace(SHOUT, make=fail), TEXTS)
    assert raised.value.stage == "shout"


def test_the_innermost_stage_is_the_one_that_failed() -> None:
    with pytest.raises(CatalogueError) as raised, at_stage("align"), at_stage("segment"):
        raise CatalogueError(message("no-catalogue", "corpus"))
    assert raised.value.stage == "segment"


def test_a_function_is_closed_where_its_result_cannot_be_kept(tmp_path: Path) -> None:
    ended = []

    def make(inputs: Sequence[Text], _run: StageRun) -> Generator[Made[Text, str], None, None]:
        try:
            for each in inputs:
                yield Made(each, each.content)
        finally:
            ended.append(True)

    (tmp_path / "shout").write_text("in the way")
    with pytest.raises(StorageError):
        StageRun(tmp_path, Silent()).run(replace(SHOUT, make=make), TEXTS)
    assert ended == [True]


def test_extractions_differ_by_content_name_and_ocr_and_any_name_is_part_of_a_key() -> None:
    ocr = without_ocr(())
    pdf = PdfToRead(PdfFile(Path("a.pdf"), "ab" * 32), ocr)
    others = (
        replace(pdf, pdf=PdfFile(Path("a.pdf"), "cd" * 32)),
        replace(pdf, pdf=PdfFile(Path(os.fsdecode(b"d\xe9cima.pdf")), "ab" * 32)),
        replace(pdf, ocr=replace(ocr, name="tesseract 5 eng")),
    )
    assert len({EXTRACT.digest(each) for each in (pdf, *others)}) == 4
    assert EXTRACT.digest(pdf) == EXTRACT.digest(replace(pdf, pdf=PdfFile(Path("elsewhere/a.pdf"), "ab" * 32)))
