"""Promises of the whoosh engine beyond the port."""

import gc
import io
import os
import random
import resource
import signal
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from whoosh import index as stock
from whoosh.columns import VarBytesColumn
from whoosh.filedb.structfile import StructFile
from whoosh.query import And, Phrase, Term

from indexer.analysis.fields import FIELDS
from indexer.engines.whoosh import WhooshEngine, inverter
from indexer.engines.whoosh.arrays import narrow
from indexer.engines.whoosh.codec import lists, writer
from indexer.engines.whoosh.codec.reader import IndexReader
from indexer.engines.whoosh.codec.writer import _Bucket, _ValuesWriter
from indexer.engines.whoosh.index import WhooshIndex
from indexer.engines.whoosh.metadata import read_metadata
from indexer.model import Filter, Item, Publication
from indexer.model.errors import BadIndex, StorageError
from indexer.query.parser import parse
from indexer.storage import external_sort
from indexer.storage.external_sort import Scratch
from tests.support.publications import item, of_texts, publication

whoosh_leaves_files_open = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

CODAS = ("n", "r", "st", "ción", "tions")
WORDS = [f"{onset}{vowel}{coda}" for onset in "bcdfgl" for vowel in "aeiou" for coda in CODAS]


def passages(count: int) -> Publication:
    drawn = random.Random(7)
    texts = [" ".join(drawn.choices(WORDS, k=drawn.randint(3, 40))) for _ in range(count)]
    return publication([item("I", str(path), {"en": text, "es": text[::-1]}) for path, text in enumerate(texts)])


QUERIES = [
    *(parse(f"{one} {two}") for one, two in zip(WORDS, WORDS[7:], strict=False)),
    *(parse(f'{one} OR "{two} {three}"') for one, two, three in zip(WORDS, WORDS[5:], WORDS[9:], strict=False)),
    *(parse(f"{word[:2]}* -{word}", match="any") for word in WORDS),
    *(parse(f"{word}~") for word in WORDS),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("index")
    WhooshEngine().publish(folder, passages(80), lambda _done, _all: None)
    return folder


@pytest.fixture
def index(folder: Path) -> Iterator[WhooshIndex]:
    with closing(WhooshEngine().open(folder)) as index:
        yield index


def test_whoosh_itself_opens_the_index_and_finds_terms_and_phrases(tmp_path: Path) -> None:
    texts = ["chain of custody of electronic evidence", "evidence of custody", "chain of chain of custody"]
    WhooshEngine().publish(tmp_path, of_texts(*texts), lambda _done, _all: None)
    with stock.open_dir(str(tmp_path), indexname="index").searcher() as searcher:
        assert searcher.doc_count() == 3
        assert [hit.docnum for hit in searcher.search(Term("exact", "custody"), sortedby=None)] != []
        assert set(searcher.docs_for_query(Term("stem.en", "evid"))) == {0, 1}
        assert set(searcher.docs_for_query(And([Term("exact", "chain"), Term("exact", "evidence")]))) == {0}
        assert set(searcher.docs_for_query(Phrase("exact", ["chain", "of", "custody"]))) == {0, 2}
        assert [*searcher.postings("exact", "chain").items_as("frequency")] == [(0, 1), (2, 2)]
        assert [*searcher.postings("exact", "chain").items_as("positions")] == [(0, [0]), (2, [0, 2])]
        column = searcher.reader().column_reader
        assert [*column("text_words")] == [6, 3, 5]
        assert [text.encode() in stored for text, stored in zip(texts, column("stored"), strict=True)] == [True] * 3


@pytest.mark.long
def test_answers_do_not_depend_on_what_was_asked_before_or_is_asked_beside(index: WhooshIndex, folder: Path) -> None:
    alone = []
    for query in QUERIES:
        with closing(WhooshEngine().open(folder)) as fresh:
            alone.append(fresh.search(query))
    shuffled = random.Random(3).sample(range(len(QUERIES)), len(QUERIES))
    with ThreadPoolExecutor(8) as threads:
        together = dict(zip(shuffled, threads.map(lambda at: index.search(QUERIES[at]), shuffled), strict=True))
    assert [together[at] for at in range(len(QUERIES))] == alone


def test_the_same_publication_gives_the_same_answers(index: WhooshIndex, tmp_path: Path) -> None:
    WhooshEngine().publish(tmp_path, passages(80), lambda _done, _all: None)
    with closing(WhooshEngine().open(tmp_path)) as again:
        assert [again.search(query) for query in QUERIES] == [index.search(query) for query in QUERIES]


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def contents(folder: Path) -> dict[str, bytes]:
    """Contents of the files, but for those with the random name that Whoosh gives."""
    named = {name.partition(".")[2]: content for name, content in files_in(folder).items() if name != "head.json"}
    return {ending: content for ending, content in named.items() if ending != "toc"}


@pytest.mark.parametrize(("run", "block"), [(5, 1), (40, 300), (1, 10_000)])
def test_an_index_does_not_depend_on_how_much_is_sorted_at_once(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: int, block: int
) -> None:
    monkeypatch.setattr(inverter, "WORDS_PER_RUN", run)
    monkeypatch.setattr(inverter, "OCCURRENCES_PER_BLOCK", block)
    WhooshEngine().publish(tmp_path, passages(80), lambda _done, _all: None)
    assert contents(tmp_path) == contents(folder)


def test_what_was_sorted_leaves_memory_without_the_garbage_collector(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inverter, "WORDS_PER_RUN", 40)
    gc.collect()
    gc.disable()
    try:
        WhooshEngine().publish(tmp_path, passages(80), lambda _done, _all: None)
        left = [each for each in gc.get_objects() if type(each).__module__ == inverter.__name__]
    finally:
        gc.enable()
    assert left == []


class Many(Sequence[Item]):
    """Items that are made when they are asked for."""

    def __init__(self, count: int) -> None:
        self._count = count

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, place):  # type: ignore[no-untyped-def]
        if place >= self._count:
            raise IndexError
        return item("I", str(place), {"en": " ".join(WORDS[place % 60 :: 9])}, order=place)


@pytest.mark.long
def test_what_is_held_while_writing_does_not_grow_with_the_items(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inverter, "WORDS_PER_RUN", 3000)
    monkeypatch.setattr(external_sort, "RUN", 300)
    held = []
    tracemalloc.start()
    try:
        WhooshEngine().publish(
            tmp_path,
            replace(publication([]), items=Many(9000)),
            lambda _done, _all: held.append(tracemalloc.get_traced_memory()[0]),
        )
    finally:
        tracemalloc.stop()
    assert min(held[-11:-1]) - min(held[10:20]) < 16 * 5000


@pytest.mark.parametrize("postings", [1, 7])
def test_long_lists_of_postings_are_written_in_blocks_that_are_read_as_one_list(
    index: WhooshIndex, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, postings: int
) -> None:
    monkeypatch.setattr(inverter, "OCCURRENCES_PER_BLOCK", 1)
    monkeypatch.setattr(inverter, "WORDS_PER_RUN", 40)
    monkeypatch.setattr(writer, "POSTINGS_PER_BLOCK", postings)
    WhooshEngine().publish(tmp_path, passages(80), lambda _done, _all: None)
    with closing(WhooshEngine().open(tmp_path)) as again:
        assert [again.search(query) for query in QUERIES] == [index.search(query) for query in QUERIES]
    with (
        stock.open_dir(str(tmp_path), indexname="index").searcher() as blocks,
        stock.open_dir(str(folder), indexname="index").searcher() as whole,
    ):
        for field, text in whole.reader().all_terms():
            ours, theirs = (each.term_info(field, text) for each in (blocks, whole))
            for figure in ("weight", "doc_frequency", "max_weight", "min_id", "max_id"):
                assert getattr(ours, figure)() == getattr(theirs, figure)()
            ours, theirs = (each.postings(field, text) for each in (blocks, whole))
            assert [*ours.items_as("positions")] == [*theirs.items_as("positions")]


@whoosh_leaves_files_open
def test_a_damaged_index_gives_a_bad_index_and_nothing_else(folder: Path, tmp_path: Path) -> None:
    drawn = random.Random(5)
    contents = files_in(folder)
    caught = 0
    for _ in range(40):
        for name, content in contents.items():
            (tmp_path / name).write_bytes(content)
        name = drawn.choice(sorted(contents))
        damaged = bytearray(contents[name])
        at = drawn.randrange(len(damaged))
        damaged[at : at + 8] = drawn.randbytes(8)[: len(damaged) - at]
        (tmp_path / name).write_bytes(damaged)
        try:
            with closing(WhooshEngine().open(tmp_path)) as index:
                for query in drawn.sample(QUERIES, 10):
                    index.search(query)
        except BadIndex:
            caught += 1
    assert caught > 5


@pytest.mark.parametrize(
    ("pattern", "damage", "words"),
    [
        ("*.pst", lambda content: content[:-1], "pst: missing or cut short. `indexer build` makes a new index."),
        ("*.pst", lambda content: content.replace(b"K\x00K\x01", b"K\x00K\x09"), "the postings of 'beta' are damaged"),
        ("*.lang.col", lambda content: bytes([content[0] ^ 1]) + content[1:], "the check sum of index_"),
        ("lexicon.json", lambda content: content.replace(b"a", b"b"), "cannot be read (its check sum is wrong)"),
    ],
)
def test_damage_is_named_with_the_command_that_makes_the_index_anew(
    tmp_path: Path, pattern: str, damage: Callable[[bytes], bytes], words: str
) -> None:
    WhooshEngine().publish(tmp_path, of_texts("alpha beta", "beta gamma"), lambda _done, _all: None)
    (path,) = tmp_path.glob(pattern)
    path.write_bytes(damage(path.read_bytes()))

    def ask() -> None:
        with closing(WhooshEngine().open(tmp_path)) as index:
            index.search(parse("beta lang:en"))
            index.search(parse("bet~"))

    with pytest.raises(BadIndex) as caught:
        ask()
    assert words in str(caught.value)


@whoosh_leaves_files_open
def test_a_full_disk_is_a_storage_error(tmp_path: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, before[1]))
    try:
        with pytest.raises(StorageError):
            WhooshEngine().publish(tmp_path, passages(150), lambda _done, _all: None)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


@whoosh_leaves_files_open
def test_a_wrong_byte_in_what_whoosh_reads_is_a_bad_index(tmp_path: Path) -> None:
    WhooshEngine().publish(tmp_path, of_texts("alpha beta", "beta gamma"), lambda _done, _all: None)
    (toc,), (terms,) = tmp_path.glob("*.toc"), tmp_path.glob("*.trm")
    for path in (toc, terms):
        content = path.read_bytes()
        for at in range(4 if path == terms else len(content)):
            path.write_bytes(content[:at] + bytes([content[at] ^ 4]) + content[at + 1 :])
            with pytest.raises(BadIndex):
                WhooshEngine().open(tmp_path)
        path.write_bytes(content)
    gc.collect()


@pytest.mark.parametrize("texts", [("alpha beta",), ()])
def test_metadata_that_lack_the_values_of_a_field_are_a_bad_index(tmp_path: Path, texts: tuple[str, ...]) -> None:
    WhooshEngine().publish(tmp_path, of_texts(*texts), lambda _done, _all: None)
    metadata = tmp_path / "head.json"
    whole = metadata.read_bytes()
    for field in FIELDS:
        metadata.write_bytes(whole.replace(b'"%b":[[' % field.encode(), b'"none":[['))
        with pytest.raises(BadIndex, match="damaged"):
            WhooshEngine().open(tmp_path)


def test_a_dictionary_that_is_too_short_is_not_left_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    terms = tmp_path / "terms"
    terms.write_bytes(b"short")
    opened: list[int] = []
    really = os.open

    def noted(path: Path, flags: int) -> int:
        opened.append(really(path, flags))
        return opened[-1]

    monkeypatch.setattr(os, "open", noted)
    with pytest.raises(ValueError, match="buffer"):
        lists.PostingLists(terms, terms, [(0, 100)], {}, 1)
    assert opened
    for each in opened:
        with suppress(OSError):
            assert not os.path.samestat(os.fstat(each), terms.stat())


def test_of_the_slots_of_the_dictionary_few_are_held(tmp_path: Path) -> None:
    pairs = [(number, number**2) for number in range(5000)]
    with closing(Scratch(tmp_path)) as scratch:
        slots = _Bucket(scratch)
        tracemalloc.start()
        try:
            for pair in pairs:
                slots.append(pair)
            held = tracemalloc.get_traced_memory()[0]
        finally:
            tracemalloc.stop()
        assert held < len(pairs) * 16 / 2
        assert len(slots) == len(pairs)
        assert list(slots) == pairs


def test_every_term_is_found_however_few_slots_are_read_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "_SLOTS_AT_ONCE", 7)
    drawn = random.Random(11)
    texts = [" ".join("".join(drawn.choices("bcdfg", k=7)) for _ in range(200)) for _ in range(10)]
    WhooshEngine().publish(tmp_path, of_texts(*texts), lambda _done, _all: None)
    metadata = read_metadata(tmp_path)
    checks = {name: crc for name, (_, crc) in metadata.files.items()}
    with (
        closing(IndexReader(tmp_path, metadata.layout, checks)) as opened,
        stock.open_dir(str(tmp_path), indexname="index").reader() as whole,
    ):
        for field, text in whole.all_terms():
            found = opened.postings(field, text.decode())
            assert found is not None
            assert sorted({*found[0].tolist()}) == [*whole.postings(field, text).all_ids()]


@pytest.mark.parametrize("largest", [0, 1, 255, 256, 65_535, 65_536, 2**31 - 1])
def test_numbers_are_kept_narrow_as_they_are(largest: int) -> None:
    numbers = np.array([0, largest, largest // 2], np.int32)
    kept = narrow(numbers)
    assert kept.tolist() == numbers.tolist()
    assert kept.itemsize == (1 if largest < 256 else 2 if largest < 65_536 else 4)


def test_what_is_kept_of_a_choice_counts(folder: Path) -> None:
    with closing(WhooshEngine().open(folder)) as index:
        index.search(parse(WORDS[0]))
        before = index.nbytes
        index.search(parse(WORDS[0], chosen=(Filter("lang", "es"),)))
        assert index.nbytes >= before + 160


def test_an_answer_of_what_is_kept_is_that_of_an_index_that_keeps_nothing(folder: Path) -> None:
    queries = [replace(query, match=match) for query in QUERIES[::6] for match in ("best", "all", "any")]
    with closing(WhooshIndex(folder, 1 << 24)) as keeping, closing(WhooshIndex(folder, 0)) as forgetting:
        first = [keeping.search(query) for query in queries]
        assert keeping.nbytes > forgetting.nbytes == 0
        assert [keeping.search(query) for query in queries] == first
        assert [forgetting.search(query) for query in queries] == first


def test_values_may_lie_beyond_four_gigabytes(tmp_path: Path) -> None:
    gap = 2**31 - 1

    class Sparse(io.FileIO):
        def write(self, content):  # type: ignore[no-untyped-def]
            return self.seek(gap, os.SEEK_CUR) and gap if content == b"gap" else super().write(content)

    path = tmp_path / "column"
    with closing(Scratch(tmp_path)) as scratch, Sparse(path, "w") as file:
        column = _ValuesWriter(file, scratch)
        for value in (b"first", b"gap", b"gap", b"gap", b"last"):
            column.add(value)
        column.finish()
    with closing(StructFile(path.open("rb"))) as sparse:
        read = VarBytesColumn.Reader(sparse, 0, path.stat().st_size, 5)
        assert [bytes(read[row]) for row in (0, 4)] == [b"first", b"last"]
        assert read._lengths.tolist() == [5, gap, gap, gap, 4]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "it is no column of values"),
        (b"iIX", "it is no column of values"),
        (b"one" + bytes(8) + b"iI?", "it is no column of values"),
        (b"iIX".rjust(8), "it is cut short"),
    ],
)
def test_a_damaged_column_of_values_is_not_left_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, words: str
) -> None:
    closed: list[int] = []
    monkeypatch.setattr(os, "close", closed.append)
    path = tmp_path / "column"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=words):
        lists.StoredValues(path, 1)
    monkeypatch.undo()
    (file,) = closed
    os.close(file)


def test_progress_reaches_the_number_of_items(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    WhooshEngine().publish(tmp_path, passages(250), lambda done, total: told.append((done, total)))
    assert told[0] == (0, 250)
    assert told[-1] == (250, 250)
    assert told == sorted(told)
