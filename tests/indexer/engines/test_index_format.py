"""The files of an index are laid out as docs/index-format.md says: read here by that page alone."""

import io
import json
import pickle
import struct
from collections.abc import Iterator
from hashlib import md5
from itertools import accumulate
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest

from indexer.analysis.fields import FIELDS
from indexer.engines.whoosh import WhooshEngine
from indexer.engines.whoosh.codec import writer
from indexer.model import Concept, Synonym
from tests.support.paths import ROOT
from tests.support.publications import item, publication

PAGE = (ROOT / "docs/index-format.md").read_text("utf-8")

TEXTS = {
    "1": {"en": ("Points of contact", "Chain of custody of cyber-crime evidence"), "es": ("", "Cadena de la prueba")},
    "2": {"en": ("", "custody of the evidence, custody of the chain")},
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(writer, "POSTINGS_PER_BLOCK", 1)
    items = [item("I", path, versions, order=int(path)) for path, versions in TEXTS.items()]
    WhooshEngine().publish(tmp_path, publication(items), lambda _done, _all: None)
    return tmp_path


def content(folder: Path, ending: str) -> bytes:
    (path,) = folder.glob(f"index_*.{ending}")
    return path.read_bytes()


def numbers(folder: Path, name: str) -> list[int]:
    return [number for (number,) in struct.iter_unpack(">i", content(folder, f"{name}.col"))]


def entries(folder: Path) -> Iterator[tuple[str, str, tuple[Any, ...]]]:
    """Field, text and value of each entry of the dictionary, looked up by its hash."""
    terms = content(folder, "trm")
    assert terms[:13] == b"HSH3" + bytes(9)
    (length,) = struct.unpack(">i", terms[-4:])
    names = {number: name for name, number in pickle.loads(terms[-4 - length :])["fieldmap"].items()}
    directory = [*struct.iter_unpack(">qi", terms[-4 - length - 256 * 12 :][: 256 * 12])]
    place, keys = 13, []
    while place < directory[0][0]:
        key_length, value_length = struct.unpack_from(">ii", terms, place)
        key = terms[place + 8 :][:key_length]
        table, slots = directory[md5(key).digest()[-1]]
        hashed = int.from_bytes(md5(key).digest()[-4:], "big")
        slot = (hashed >> 8) % slots
        while struct.unpack_from(">Iq", terms, table + 12 * slot) != (hashed, place):
            assert struct.unpack_from(">Iq", terms, table + 12 * slot)[1], "an empty slot ends the search"
            slot = (slot + 1) % slots
        keys.append(key)
        value = struct.unpack_from(">BfIBBfIIqi", terms, place + 8 + key_length)
        yield names[int.from_bytes(key[:2], "big")], key[2:].decode(), value
        place += 8 + key_length + value_length
    assert keys == sorted(keys)


def postings(folder: Path, place: int, length: int) -> dict[int, list[int]]:
    """The positions of a posting list by row."""
    file = io.BytesIO(content(folder, "pst")[place : place + length])
    assert file.read(4) == b"W3Bl"
    found: dict[int, list[int]] = {}
    size = 1
    while size > 0:
        (size,) = struct.unpack(">i", file.read(4))
        end = file.tell() + abs(size)
        count, last, heaviest, *rest = pickle.load(file)
        deltas, weights, values = pickle.load(file)
        assert file.tell() == end
        block = {}
        for row, value in zip(accumulate(deltas), values, strict=True):
            block[row] = [*accumulate(pickle.loads(value[4:]))]
            assert struct.unpack(">I", value[:4]) == (len(block[row]),)
        occurrences = [*map(len, block.values())]
        assert (count, last, heaviest, rest) == (len(block), max(block), max(occurrences), [0, 0, 255])
        assert weights == (None if heaviest == 1 else tuple(occurrences))
        found |= block
    assert file.read() == b""
    return found


def test_terms_and_posting_lists_are_read_by_the_page_alone(folder: Path) -> None:
    found = {}
    for field, text, value in entries(folder):
        *summary, place, length = value
        found[field, text] = own = postings(folder, place, length)
        occurrences = [*map(len, own.values())]
        assert summary == [0, sum(occurrences), len(own), 0, 255, max(occurrences), min(own), max(own)]
    assert found["id", "body/I/1"] == {0: [0]}
    assert found["id", "body/I/2"] == {2: [0]}
    assert found["exact", "custody"] == {0: [2], 2: [0, 4]}
    assert found["exact", "cybercrime"] == {0: [4]}
    assert found["exact", "contact"] == {0: [2**30 + 2]}
    assert {field for field, _ in found} == {"id", "exact", "stem.en", "stem.es"}


def test_stored_values_are_read_by_the_page_alone(folder: Path) -> None:
    values = {}
    for name in ("stored", "places"):
        column = content(folder, f"{name}.col")
        assert column.endswith(b"iIX")
        lengths, places = struct.unpack(">3i", column[-27:-15]), struct.unpack(">3I", column[-15:-3])
        values[name] = [column[place : place + length] for place, length in zip(places, lengths, strict=True)]
        assert sum(lengths) == len(column) - 27
    assert [json.loads(value)["id"] if value else None for value in values["stored"]] == ["body/I/1", None, "body/I/2"]
    check, count = struct.unpack("<II", values["places"][0][:8])
    assert check == crc32(values["places"][0][4:])
    text = TEXTS["1"]["en"][1]
    words = [text[start:end] for start, end in struct.iter_unpack("<II", values["places"][0][8 : 8 + 8 * count])]
    assert words == ["Chain", "of", "custody", "of", "cyber", "crime", "evidence"]
    joined = [[4, text.index(" evidence"), [["exact", "cybercrime"], ["stem.en", "cybercrim"]]]]
    assert json.loads(values["places"][0][8 + 8 * count :]) == joined


def test_doc_values_and_metadata_are_read_by_the_page_alone(folder: Path) -> None:
    metadata = json.loads((folder / "head.json").read_bytes())
    assert numbers(folder, "item") == [0, 0, 1]
    assert numbers(folder, "text_words") == [7, 4, 8]
    assert numbers(folder, "heading_words") == [3, 0, 0]
    assert [metadata["values"]["lang"][code] for code in numbers(folder, "lang")] == [["en"], ["es"], ["en"]]
    for name, (size, check) in metadata["files"].items():
        assert (size, check) == ((folder / name).stat().st_size, crc32((folder / name).read_bytes()))


def test_the_layout_in_the_metadata_is_that_of_the_files(folder: Path) -> None:
    layout = json.loads((folder / "head.json").read_bytes())["layout"]
    terms = content(folder, "trm")
    (length,) = struct.unpack(">i", terms[-4:])
    assert layout["rows"] == len(numbers(folder, "item")) == 3
    assert (folder / layout["terms"]).read_bytes() == terms
    assert (folder / layout["postings"]).read_bytes() == content(folder, "pst")
    assert layout["columns"].keys() == {path.name.split(".")[1] for path in folder.glob("index_*.col")} - {"_stored"}
    for name, file in layout["columns"].items():
        assert (folder / file).read_bytes() == content(folder, f"{name}.col")
    assert [*map(tuple, layout["tables"])] == [*struct.iter_unpack(">qi", terms[-4 - length - 256 * 12 :][: 256 * 12])]
    assert layout["fields"] == pickle.loads(terms[-4 - length :])["fieldmap"]


def test_the_thesaurus_is_read_by_the_page_alone(tmp_path: Path) -> None:
    concept = Concept("offence", (Synonym("en", "offence"), Synonym("en", "crime")))
    WhooshEngine().publish(tmp_path, publication([], (concept,)), lambda _done, _all: None)
    thesaurus = json.loads((tmp_path / "thesaurus.json").read_bytes())
    assert thesaurus["concepts"] == [["offence", [["en", "offence"], ["en", "crime"]]]]
    ((language, root),) = thesaurus["roots"]
    assert language == "en"
    assert root["following"]["crime"]["replacements"] == [[0, [0]]]


def test_the_page_names_every_file_and_every_key_of_the_metadata(folder: Path) -> None:
    for path in folder.iterdir():
        _, _, ending = path.name.partition(".") if path.name.startswith("index_") else ("", "", path.name)
        name = ending.removesuffix(".col")
        if name in FIELDS:
            continue  # "each field"
        assert any(f"{before}{name}{after}" in PAGE for before in ("`", "`.") for after in ("`", ".col`")), name
    metadata = json.loads((folder / "head.json").read_bytes())
    for key in (*metadata, *metadata["layout"], *json.loads((folder / "thesaurus.json").read_bytes())):
        assert any(line.startswith("| ") and f"`{key}`" in line.split("|")[1] for line in PAGE.splitlines()), key
