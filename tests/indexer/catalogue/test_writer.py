from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.numerals import roman
from indexer.catalogue.reader import FILE_NAME, load_catalogue
from indexer.catalogue.writer import add_meetings, catalogue_text
from indexer.model import Body, Document, Meeting, Override, Strategy
from indexer.model.errors import CatalogueError

words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20).filter(lambda text: text.strip())
texts = st.dictionaries(st.sampled_from(["en", "es", "pt"]), words, min_size=1)
addresses = st.none() | st.sampled_from(["http://example.org/a", "https://example.org/b?c=d#e"])
days = st.none() | st.dates(date(1990, 1, 1), date(2040, 1, 1))
portals = st.sampled_from([{}, {"en": "http://example.org/meetings"}])
bodies = st.builds(
    Body,
    id=st.just("group"),
    name=texts,
    languages=st.sampled_from([("en",), ("es", "en")]),
    fictional=st.booleans(),
    homepage=addresses,
    notice=texts | st.just({}),
    portal=portals,
    citation=st.sampled_from([{}, {"en": "{body}[, {venue}], para. {item}"}]),
)
openings = st.none() | words
overrides = st.none() | st.builds(
    Override, st.none() | st.sampled_from(Strategy), openings, openings, st.none() | st.just("Guideline")
)


@st.composite
def catalogues(draw: st.DrawFn) -> tuple[Body, list[Meeting], list[Document]]:
    meetings, documents = [], []
    for ordinal in draw(st.lists(st.integers(1, 60), unique=True, max_size=4).map(sorted)):
        name = draw(st.sampled_from([roman(ordinal), f"meeting-{ordinal}"]))
        day = draw(days)
        meeting = Meeting(
            body="group",
            id=name,
            ordinal=ordinal,
            title=draw(texts),
            held_by={},
            first_day=day,
            last_day=day,
            venue=draw(texts | st.just({})),
            page=draw(addresses),
        )
        meetings.append(meeting)
        for number in range(draw(st.integers(0, 2))):
            document = Document(
                body="group",
                meeting=name,
                file=draw(st.none() | st.just(f"sub folder/{name}-{number}.pdf")),
                language=draw(st.none() | st.just(("en", "es")[number])),
                role=draw(st.sampled_from(["recommendations", "report"])),
                symbol=draw(st.none() | st.sampled_from(["doc.1 rev. 2", "doc. 3"])),
                revision=draw(st.integers(0, 3)),
                url=draw(addresses),
                override=draw(overrides),
            )
            documents.append(document)
    return draw(bodies), meetings, documents


@given(catalogues())
def test_what_is_drafted_is_what_is_read(drafted: tuple[Body, list[Meeting], list[Document]]) -> None:
    body, meetings, documents = drafted
    with TemporaryDirectory() as name:
        folder = Path(name) / "group"
        folder.mkdir()
        text = catalogue_text(body, meetings, documents, pdf_folder="../else where", comment="one\ntwo")
        (folder / FILE_NAME).write_text(text, encoding="utf-8", newline="")
        read = load_catalogue(folder)
    assert (body, tuple(meetings)) == (read.body, read.meetings)
    empty = Override()
    assert [replace(each, override=None if each.override == empty else each.override) for each in documents] == list(
        read.documents
    )
    assert read.pdf_folder == folder / "../else where"


def test_meetings_in_one_line_cannot_be_added_to_and_the_remedy_is_said(tmp_path: Path) -> None:
    written = b'meeting = [{ ordinal = 1, title.en = "First Meeting" }]\n'
    (tmp_path / FILE_NAME).write_bytes(written)
    with pytest.raises(CatalogueError) as caught:
        add_meetings(tmp_path, ["[[meeting]]\nordinal = 2\n"])
    mistake = str(caught.value)
    assert "no meeting can be added at its end (" in mistake
    assert mistake.endswith("Write its meetings as [[meeting]] tables, or add the new ones by hand.")
    assert (tmp_path / FILE_NAME).read_bytes() == written
