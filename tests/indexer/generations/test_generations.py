import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from subprocess import PIPE

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.engines.base import MEMORY, Engine
from indexer.generations import IndexStore, Reader
from indexer.generations.changelog import Change, ChangeKind, ItemChange, Switch
from indexer.generations.listing import list_generations
from indexer.generations.read_lock import ReadLock
from indexer.generations.writer import open_writer
from indexer.model import (
    Body,
    Box,
    Concept,
    Entry,
    Item,
    Kind,
    Meeting,
    Place,
    Publication,
    State,
    Synonym,
    Version,
    message,
)
from indexer.model.errors import BadIndex, Busy, NoIndex
from tests.support.paths import ROOT
from tests.support.plain_engine import PlainEngine, PlainIndex

Factory = pytest.TempPathFactory
States = list[dict[str, str]]
BODY = Body("group", {"en": "Group"}, ("en",))
MEETING = Meeting("group", "I", 1, {"en": "First Meeting"})


def item(path: str, text: str) -> Item:
    version = Version("en", text, (Place(1, Box(0, 0, 9, 9)),), "I.pdf", "0" * 64)
    return Item(
        id=f"group/I/{path}",
        body="group",
        meeting="I",
        role="recommendations",
        path=path,
        kind=Kind.RECOMMENDATION,
        order=int(path),
        versions=(version,),
    )


def publication(texts: Mapping[str, str]) -> Publication:
    items = tuple(item(path, text) for path, text in texts.items())
    entry = Entry(
        body="group",
        meeting="I",
        language="en",
        role="recommendations",
        state=State.INDEXED,
        file="I.pdf",
        pages=1,
        passages={"recommendation": len(items)},
    )
    return Publication((BODY,), (MEETING,), items, (entry,))


ONE = publication({"1": "That States cooperate", "2": "That States train judges"})
TWO = publication({"1": "That all States cooperate", "3": "That States report"})


def store(folder: Path, engine: Engine | None = None) -> IndexStore:
    return IndexStore(folder, engine or PlainEngine())


def unseen(done: int, total: int) -> None:
    assert done <= total


def publish(at: IndexStore, id: str, content: Publication) -> None:
    with open_writer(at) as writer:
        writer.write(id, content, {"group": at.folder.parent / "pdf"}, unseen)
        writer.publish(id)


def switches(at: IndexStore) -> list[Switch]:
    generation = at.open()
    generation.close()
    return list(generation.log.switches())


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def served_texts(at: IndexStore) -> list[str]:
    generation = at.open()
    try:
        return [each.versions[0].text for each in generation.index.items()]
    finally:
        generation.close()


def test_before_the_first_build_the_command_that_builds_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoIndex, match="indexer build"):
        store(tmp_path / "index").open()


def test_what_was_published_is_what_is_opened(tmp_path: Path) -> None:
    at = store(tmp_path / "index")
    publish(at, "a1", ONE)
    generation = at.open()
    assert ("a1", ONE.items) == (generation.id, tuple(generation.index.items()))
    assert (ONE.bodies, ONE.meetings, ONE.ledger) == (generation.bodies, generation.meetings, generation.ledger)
    assert generation.pdf("group", "I.pdf") == tmp_path / "index" / ".." / "pdf" / "I.pdf"
    assert generation.pdf("group", "../../secret.pdf") is None


def test_an_index_and_its_pdfs_may_be_moved_together(tmp_path: Path) -> None:
    (tmp_path / "old" / "pdf").mkdir(parents=True)
    (tmp_path / "old" / "pdf" / "I.pdf").write_bytes(b"%PDF-")
    publish(store(tmp_path / "old" / "index"), "a1", ONE)
    (tmp_path / "old").rename(tmp_path / "new")
    found = store(tmp_path / "new" / "index").open().pdf("group", "I.pdf")
    assert found is not None
    assert found.read_bytes() == b"%PDF-"


def test_the_log_says_what_appeared_changed_and_went(tmp_path: Path) -> None:
    at = store(tmp_path)
    publish(at, "a1", ONE)
    publish(at, "b2", TWO)
    first, second = switches(at)
    assert [Change("group/I/1", ChangeKind.APPEARED), Change("group/I/2", ChangeKind.APPEARED)] == list(first.changes)
    assert [
        Change("group/I/1", ChangeKind.CHANGED, {"en": "That States cooperate"}),
        Change("group/I/2", ChangeKind.WENT, {"en": "That States train judges"}),
        Change("group/I/3", ChangeKind.APPEARED),
    ] == list(second.changes)
    assert (second.generation, second.previous) == ("b2", "a1")


@settings(max_examples=30)
@given(
    st.lists(
        st.dictionaries(st.sampled_from("12345"), st.sampled_from(["That States act", "That all act"])), max_size=6
    )
)
def test_the_log_replayed_gives_what_is_served_and_what_was_before(tmp_path_factory: Factory, states: States) -> None:
    at = store(tmp_path_factory.mktemp("index"))
    for number, texts in enumerate(states):
        publish(at, f"g{number}", publication(texts))
    there: dict[str, str | None] = {}
    log = switches(at) if states else []
    for switch, texts in zip(log, states, strict=True):
        assert list(switch.changes) == sorted(switch.changes, key=lambda change: change.item)
        for change in switch.changes:
            assert (change.kind is ChangeKind.APPEARED) == (change.item not in there)
            assert change.before == ({"en": there[change.item]} if change.item in there else {})
            there[change.item] = texts.get(change.item.rpartition("/")[2])
            if change.kind is ChangeKind.WENT:
                assert there.pop(change.item) is None
        assert there == {f"group/I/{path}": text for path, text in texts.items()}


def test_the_last_that_happened_to_an_item_is_known(tmp_path: Path) -> None:
    at = store(tmp_path)
    publish(at, "a1", ONE)
    publish(at, "b2", TWO)
    log, (_, second) = at.open().log, switches(at)
    found = [log.last(f"group/I/{path}") for path in "1234"]
    assert found == [*(ItemChange(second.at, change) for change in second.changes), None]
    publish(at, "c3", TWO)
    assert [log.last(f"group/I/{path}") for path in "1234"] == found


def test_what_went_is_logged_though_the_generation_before_cannot_be_read(tmp_path: Path) -> None:
    at = store(tmp_path)
    publish(at, "a1", ONE)
    (at.generations / "a1" / "texts.jsonl").write_bytes(b"damaged")
    publish(at, "b2", TWO)
    kinds = {change.item: (change.kind, change.before) for change in switches(at)[-1].changes}
    assert kinds == {
        "group/I/1": (ChangeKind.CHANGED, {}),
        "group/I/2": (ChangeKind.WENT, {}),
        "group/I/3": (ChangeKind.APPEARED, {}),
    }


def test_a_switch_that_never_happened_is_not_in_the_log(tmp_path: Path) -> None:
    at = store(tmp_path)
    publish(at, "a1", ONE)
    pointer = at.pointer_file.read_bytes()
    publish(at, "b2", TWO)
    at.pointer_file.write_bytes(pointer)  # as if the writer had died between the two
    assert [each.generation for each in switches(at)] == ["a1"]
    publish(at, "c3", TWO)
    assert [each.generation for each in switches(at)] == ["a1", "c3"]


@pytest.mark.parametrize("before", [0, 1])
def test_half_a_line_that_a_dead_writer_left_hurts_no_later_switch(tmp_path: Path, before: int) -> None:
    at = store(tmp_path)
    publish(at, "a1", ONE)
    line = at.log_file.read_bytes()
    at.log_file.write_bytes(line * before + line[:-9])
    if not before:
        at.pointer_file.unlink()
    publish(at, "b2", TWO)
    assert [each.generation for each in switches(at)] == ["a1", "b2"][1 - before :]


def test_a_damaged_log_begins_anew_and_is_kept(tmp_path: Path) -> None:
    at = store(tmp_path)
    publish(at, "a1", ONE)
    publish(at, "b2", TWO)
    log = b"damaged\n" + at.log_file.read_bytes()
    at.log_file.write_bytes(log)
    with pytest.raises(BadIndex, match=r"line 1.*indexer build"):
        switches(at)
    publish(at, "b2", TWO)
    assert [(each.generation, each.previous) for each in switches(at)] == [("b2", None)]
    assert (tmp_path / "changes.damaged").read_bytes() == log


HOLDING = """
import sys
from pathlib import Path
from indexer.generations import IndexStore
from tests.support.plain_engine import PlainEngine
generation = IndexStore(Path(sys.argv[1]), PlainEngine()).open()
print(generation.id, flush=True)
sys.stdin.read()
print(len(list(generation.index.items())))
"""


def test_a_generation_that_another_process_reads_is_kept_until_that_ends(tmp_path: Path) -> None:
    at = store(tmp_path)
    publish(at, "a1", ONE)
    asked = [sys.executable, "-c", HOLDING, str(tmp_path)]
    with subprocess.Popen(asked, cwd=ROOT, stdin=PIPE, stdout=PIPE) as reader:
        assert reader.stdout
        assert reader.stdout.readline() == b"a1\n"
        for name, content in (("b2", TWO), ("c3", ONE), ("d4", TWO)):
            publish(at, name, content)
        assert {"a1", "c3", "d4"} == {path.name for path in at.generations.iterdir()}
        assert [(each.id, each.state, each.held) for each in list_generations(at)] == [
            ("d4", "served", False),
            ("c3", "previous", False),
            ("a1", "held", True),
        ]
        if sys.platform == "linux":
            assert list_generations(at)[-1].processes == (reader.pid,)
        assert reader.communicate()[0] == b"2\n"
    with open_writer(at):
        pass
    assert {"c3", "d4"} == {path.name for path in at.generations.iterdir()}


def test_two_generations_are_kept_and_one_can_go_back(tmp_path: Path) -> None:
    at = store(tmp_path)
    for name, content in (("a1", ONE), ("b2", TWO), ("c3", ONE)):
        publish(at, name, content)
    assert {"b2", "c3"} == {path.name for path in at.generations.iterdir()}
    with open_writer(at) as writer:
        assert writer.roll_back() == "b2"
    assert served_texts(at) == ["That all States cooperate", "That States report"]
    publish(at, "c3", ONE)
    assert [switch.generation for switch in switches(at)] == ["a1", "b2", "c3", "b2", "c3"]


def test_there_is_nothing_to_go_back_to_after_the_first_build(tmp_path: Path) -> None:
    at = store(tmp_path)
    publish(at, "a1", ONE)
    with pytest.raises(BadIndex, match="no generation before"):
        roll_back(at)


def with_another_ledger(content: Publication) -> Publication:
    """The same for readers, with one more file of which nothing was read, and a meeting and a body without an item."""
    junk = Entry(
        body="group",
        meeting="",
        language=None,
        role="recommendations",
        state=State.UNASSIGNED,
        file="junk.pdf",
        reason=message("untold"),
    )
    body, meeting = Body("other", {"en": "Other"}, ("en",)), Meeting("group", "II", 2, {"en": "Second Meeting"})
    listed = replace(content.bodies[0], portal={"en": "https://portal.example/"})
    return replace(
        content,
        bodies=(listed, body),
        meetings=(*content.meetings, meeting),
        ledger=(*content.ledger, junk),
    )


def roll_back(at: IndexStore) -> str:
    with open_writer(at) as writer:
        return writer.roll_back()


def test_a_rollback_passes_over_generations_with_the_same_items(tmp_path: Path) -> None:
    at = store(tmp_path)
    for name, content in (("a1", ONE), ("b2", TWO), ("c3", with_another_ledger(TWO)), ("d4", TWO)):
        publish(at, name, content)
    assert [(each.id, each.state) for each in list_generations(at)] == [("d4", "served"), ("a1", "previous")]
    assert {"a1", "d4"} == {path.name for path in at.generations.iterdir()}
    assert roll_back(at) == "a1"
    assert served_texts(at) == ["That States cooperate", "That States train judges"]
    assert roll_back(at) == "d4"
    assert roll_back(at) == "a1"
    publish(at, "e5", with_another_ledger(ONE))
    assert roll_back(at) == "d4"
    assert [switch.generation for switch in switches(at)] == ["a1", "b2", "c3", "d4", "a1", "d4", "a1", "e5", "d4"]


@pytest.mark.parametrize(
    "other",
    [
        replace(TWO, meetings=(replace(MEETING, title={"en": "First and Last Meeting"}),)),
        replace(TWO, bodies=(replace(BODY, name={"en": "Group of Islands"}),)),
        replace(TWO, concepts=(Concept("judges", (Synonym("en", "judges"), Synonym("en", "magistrates"))),)),
        replace(TWO, items=(TWO.items[0], replace(TWO.items[1], numbered=False))),
        replace(TWO, items=TWO.items[:1]),
    ],
)
def test_a_rollback_takes_back_whatever_changed_for_readers(tmp_path: Path, other: Publication) -> None:
    at = store(tmp_path)
    for name, content in (("a1", ONE), ("b2", TWO), ("c3", other), ("d4", with_another_ledger(other))):
        publish(at, name, content)
    assert roll_back(at) == "b2"


def test_where_no_generation_differs_a_rollback_says_so_and_changes_nothing(tmp_path: Path) -> None:
    at = store(tmp_path)
    publish(at, "a1", ONE)
    publish(at, "b2", with_another_ledger(ONE))
    publish(at, "a1", ONE)
    before = at.pointer_file.read_bytes(), at.log_file.read_bytes()
    with pytest.raises(BadIndex, match=r"no generation before this one whose items differ.*Nothing was changed"):
        roll_back(at)
    assert (at.pointer_file.read_bytes(), at.log_file.read_bytes()) == before
    assert {"a1"} == {path.name for path in at.generations.iterdir()}


def test_generations_that_do_not_tell_their_content_are_read_and_gone_back_to(tmp_path: Path) -> None:
    at = store(tmp_path)
    for name, content in (("a1", ONE), ("b2", TWO)):
        publish(at, name, content)
        manifest = at.generations / name / "manifest.json"
        told = json.loads(manifest.read_bytes())
        del told["content"]
        manifest.write_text(json.dumps(told), encoding="utf-8")
    assert served_texts(at)[1] == "That States report"
    assert [roll_back(at), roll_back(at)] == ["a1", "b2"]
    publish(at, "c3", TWO)
    assert roll_back(at) == "b2"
    assert roll_back(at) == "c3"


def test_a_generation_of_another_version_is_kept_and_named_but_not_gone_back_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = store(tmp_path)
    publish(at, "a1", ONE)
    monkeypatch.setattr("indexer.storage.fingerprint.of_index", lambda: "another")
    for name in ("b2", "c3"):
        publish(at, name, ONE)
    with pytest.raises(BadIndex, match=r"a1: was made by another version of the program"):
        roll_back(at)
    assert at.open().id == "c3"


def test_publishing_what_is_served_writes_nothing_into_the_log(tmp_path: Path) -> None:
    at = store(tmp_path)
    publish(at, "a1", ONE)
    before = at.log_file.read_bytes()
    publish(at, "a1", ONE)
    assert before == at.log_file.read_bytes()


@pytest.mark.parametrize("name", ["manifest.json", "about.json", "index/00002.json", "texts.jsonl"])
@pytest.mark.parametrize("damage", ["flip", "cut", "remove"])
def test_a_damaged_generation_is_refused_and_built_anew(tmp_path: Path, name: str, damage: str) -> None:
    at = store(tmp_path)
    publish(at, "a1", ONE)
    file = at.generations / "a1" / name
    content = file.read_bytes()
    if damage == "remove":
        file.unlink()
    else:
        file.write_bytes(content[:-5] if damage == "cut" else bytes([content[0] ^ 1]) + content[1:])
    with pytest.raises(BadIndex, match=r"damaged.*indexer build") as caught:
        at.open()
    if name != "manifest.json":
        words = (
            f"{name.rpartition('/')[2]}: No such file" if damage == "remove" else f"{name} is not as it was published"
        )
        assert words in str(caught.value)
    publish(at, "a1", ONE)
    assert len(served_texts(at)) == 2


def test_a_generation_under_the_name_of_another_is_refused(tmp_path: Path) -> None:
    at = store(tmp_path)
    publish(at, "a1", ONE)
    publish(at, "b2", TWO)
    shutil.rmtree(at.generations / "b2")
    shutil.copytree(at.generations / "a1", at.generations / "b2")
    with pytest.raises(BadIndex, match="it calls itself a1"):
        at.open()


def test_a_generation_that_is_taken_away_while_it_is_locked_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = store(tmp_path)
    publish(at, "a1", ONE)
    monkeypatch.setattr(os.path, "samestat", lambda _locked, _there: False)
    with pytest.raises(FileNotFoundError, match="a1 was taken away"):
        ReadLock(at.generations / "a1")


def test_a_file_too_many_does_no_harm(tmp_path: Path) -> None:
    at = store(tmp_path)
    publish(at, "a1", ONE)
    (at.generations / ".DS_Store").write_bytes(b"x")
    (at.generations / "a1" / ".DS_Store").write_bytes(b"x")
    publish(at, "b2", TWO)
    assert len(served_texts(at)) == 2


def test_a_pointer_that_cannot_be_read_is_mended_by_the_next_build(tmp_path: Path) -> None:
    at = store(tmp_path)
    publish(at, "a1", ONE)
    at.pointer_file.write_bytes(b"\x00\x00")
    with pytest.raises(BadIndex, match="indexer build"):
        at.open()
    publish(at, "b2", TWO)
    assert served_texts(at)[1] == "That States report"


def test_an_index_of_another_version_of_the_program_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at = store(tmp_path)
    publish(at, "a1", ONE)
    monkeypatch.setattr("indexer.storage.fingerprint.of_index", lambda: "another")
    with pytest.raises(BadIndex, match=r"another version of the program.*indexer build"):
        at.open()
    publish(at, "b2", TWO)
    assert at.open().id == "b2"


def test_an_index_of_another_engine_is_refused(tmp_path: Path) -> None:
    publish(store(tmp_path), "a1", ONE)

    class Other(PlainEngine):
        name = "other"

    with pytest.raises(BadIndex, match="of kind 'plain'"):
        store(tmp_path, Other()).open()


class Forgetful(PlainEngine):
    """Loses the last item on its way to the disk."""

    def publish(self, folder: Path, publication: Publication, progress: object) -> None:  # noqa: ARG002
        super().publish(folder, Publication((), (), publication.items[:-1], ()), unseen)


class Deaf(PlainEngine):
    """Gives back what it was given, but finds nothing."""

    def open(self, folder: Path, memory: int = MEMORY) -> PlainIndex:
        opened = super().open(folder, memory)

        class Index(PlainIndex):
            def search(self, query):  # type: ignore[no-untyped-def]
                return super().search(query) if not query.text else PlainIndex(()).search(query)

        return Index(tuple(opened.items()))


class Asked(PlainEngine):
    """Notes how much may be kept of what is opened."""

    def __init__(self) -> None:
        self.memory: list[int] = []

    def open(self, folder: Path, memory: int = MEMORY) -> PlainIndex:
        self.memory.append(memory)
        return super().open(folder, memory)


def test_an_index_that_is_verified_may_keep_hardly_anything(tmp_path: Path) -> None:
    engine = Asked()
    publish(store(tmp_path, engine), "a1", ONE)
    assert max(engine.memory) <= 2**20
    assert served_texts(store(tmp_path, engine))
    assert max(engine.memory) == MEMORY


@pytest.mark.parametrize("engine", [Forgetful(), Deaf()])
def test_an_index_that_lost_something_is_not_published(tmp_path: Path, engine: Engine) -> None:
    publish(store(tmp_path), "a1", ONE)
    with pytest.raises(BadIndex, match="does not hold what it was given"):
        publish(store(tmp_path, engine), "b2", TWO)
    assert "That States train judges" in served_texts(store(tmp_path))
    assert not [name for name in files(tmp_path) if ".new-" in name]


def test_a_page_that_the_ledger_lacks_is_not_published(tmp_path: Path) -> None:
    entry = replace(ONE.ledger[0], pages=0)
    with pytest.raises(BadIndex, match=r"names page 1 of I\.pdf, which the ledger lacks"):
        publish(store(tmp_path), "a1", replace(ONE, ledger=(entry,)))


def test_a_second_writer_is_told_who_writes_and_since_when(tmp_path: Path) -> None:
    with (
        open_writer(store(tmp_path)),
        pytest.raises(Busy, match=r"process \d+ on .+, since \d{4}-.*\. Wait until it has ended, or end it\."),
        open_writer(store(tmp_path)),
    ):
        pass
    with open_writer(store(tmp_path)):
        pass


def test_what_a_dead_writer_left_is_cleaned_up(tmp_path: Path) -> None:
    at = store(tmp_path)
    publish(at, "a1", ONE)
    publish(at, "b2", TWO)
    lines = at.log_file.read_bytes().splitlines(keepends=True)
    at.log_file.write_bytes(lines[0] + lines[1][:20])
    (at.folder / ".new-123").write_bytes(b"half")
    (at.generations / ".new-456" / "index").mkdir(parents=True)
    (at.generations / "never-served").mkdir()
    publish(at, "b2", TWO)
    assert [each.generation for each in switches(at)] == ["a1", "b2"]
    assert at.log_file.read_bytes() == b"".join(lines)
    assert not [name for name in files(tmp_path) if ".new-" in name or "never" in name]


def test_a_reader_notices_a_new_generation_by_itself(tmp_path: Path) -> None:
    at = store(tmp_path)
    publish(at, "a1", ONE)
    reader = Reader(at)
    with reader.hold() as first:
        publish(at, "b2", TWO)
        with reader.hold() as second:
            assert (first.id, second.id) == ("a1", "b2")
        assert len(list(first.index.items())) == 2
    assert isinstance(first.index, PlainIndex)
    assert first.index.closed
    with reader.hold() as third:
        assert third is second
    reader.close()
    assert isinstance(second.index, PlainIndex)
    assert second.index.closed


def test_a_reader_keeps_what_it_has_while_the_new_one_is_damaged(tmp_path: Path) -> None:
    at = store(tmp_path)
    publish(at, "a1", ONE)
    reader = Reader(at)
    with reader.hold():
        pass
    publish(at, "b2", TWO)
    (at.generations / "b2" / "about.json").unlink()
    with reader.hold() as generation:
        assert generation.id == "a1"
    problem = reader.problem
    assert isinstance(problem, BadIndex)
    publish(at, "b2", TWO)
    with reader.hold() as generation:
        assert generation.id == "b2"
    assert reader.problem is None
    at.pointer_file.unlink()
    with reader.hold() as generation:
        assert generation.id == "b2"


def test_a_reader_begins_to_answer_with_the_first_build(tmp_path: Path) -> None:
    at = store(tmp_path)
    reader = Reader(at)
    with pytest.raises(NoIndex), reader.hold():
        pass
    publish(at, "a1", ONE)
    with reader.hold() as generation:
        assert generation.id == "a1"


@pytest.mark.long
@pytest.mark.xdist_group("processes")
def test_readers_that_ask_without_pause_never_see_two_generations_or_none(tmp_path: Path) -> None:
    at = store(tmp_path)
    publish(at, "g0", publication({str(number): "number 0" for number in range(5)}))
    reader = Reader(at)
    wrong: list[object] = []
    asked = [0] * 3
    stop = threading.Event()

    def ask(who: int) -> None:
        while not stop.is_set():
            try:
                with reader.hold() as generation:
                    texts = {each.versions[0].text for each in generation.index.items()}
                    if texts != {f"number {generation.id[1:]}"}:
                        wrong.append((generation.id, texts))
            except Exception as error:  # noqa: BLE001 - whatever goes wrong is what the test is about
                wrong.append(error)
            asked[who] += 1

    threads = [threading.Thread(target=ask, args=(who,)) for who in range(3)]
    for thread in threads:
        thread.start()
    for switch in range(1, 51):
        publish(at, f"g{switch}", publication({str(number): f"number {switch}" for number in range(5)}))
    stop.set()
    for thread in threads:
        thread.join()
    assert not wrong
    assert all(asked)
