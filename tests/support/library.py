"""A small published index for tests of the pages: the fictional body of the sample with texts made here, and the real
body, of which nothing is fetched.
"""

import hashlib
from pathlib import Path

from indexer.catalogue.reader import Catalogue, load_catalogue
from indexer.engines.base import Engine
from indexer.generations import IndexStore
from indexer.generations.writer import open_writer
from indexer.model import (
    Box,
    Caution,
    Concept,
    Document,
    Entry,
    Item,
    Kind,
    Meeting,
    Place,
    Publication,
    State,
    Strategy,
    Synonym,
    Version,
    message,
)
from tests.support.paths import ROOT

SAMPLE = ROOT / "corpus" / "sample"
REAL = ROOT / "corpus" / "remja-cybercrime"

TEXTS = (
    (
        "That States establish a unit charged with the investigation of cybercrime in {year}, and give it the "
        "resources that it needs.",
        "Que los Estados establezcan una unidad encargada de la investigación del delito cibernético en {year}, y la "
        "doten de los recursos que necesita.",
    ),
    (
        "That States consider acceding to treaties on mutual assistance, and hand over electronic evidence without "
        "delay <b>&amp;</b> in full.",
        "Que los Estados consideren adherirse a tratados de asistencia mutua, y entreguen sin demora la evidencia "
        "electrónica <b>&amp;</b> completa.",
    ),
    (
        "That the 24/7 network of contacts be kept up to date, and that the Secretariat be told of any change.",
        "Que se mantenga actualizada la red 24/7 de contactos, y que se comunique todo cambio a la Secretaría.",
    ),
)
PREAMBLE = (
    "The Working Group, meeting on the days stated above, recommends:",
    "El Grupo de Trabajo, reunido en los días señalados, recomienda:",
)
CONCEPTS = (
    Concept(
        "cybercrime",
        (Synonym("en", "cybercrime"), Synonym("es", "delito cibernético"), Synonym("es", "demora la evidencia")),
    ),
)
OFFICIAL = "https://portal.example/IX-en.pdf"

ANYWHERE = Box(72, 100, 500, 140)


def publication() -> Publication:
    """Ten meetings with four items each where both languages are there; ten meetings without a document."""
    sample, real = load_catalogue(SAMPLE), load_catalogue(REAL)
    meetings = {meeting.id: meeting for meeting in sample.meetings}
    indexed = [document for document in sample.documents if _is_indexed(document)]
    return Publication(
        bodies=(sample.body, real.body),
        meetings=(*sample.meetings, *real.meetings),
        items=tuple(item for meeting in sample.meetings for item in _items(meeting, indexed)),
        ledger=(*(_entry(each, meetings[each.meeting]) for each in sample.documents), *_absent(real)),
        concepts=CONCEPTS,
    )


def _is_indexed(document: Document) -> bool:
    return document.role == "recommendations" and document.language in ("en", "es")


def _items(meeting: Meeting, documents: list[Document]) -> list[Item]:
    files = {each.language: each for each in documents if each.meeting == meeting.id}
    if not files:
        return []
    numbered = meeting.id != "IV"
    texts = [(Kind.PREAMBLE, "preamble.1", PREAMBLE, False)]
    texts += [(Kind.RECOMMENDATION, str(place), text, numbered) for place, text in enumerate(TEXTS, start=1)]
    return [
        Item(
            id=f"{meeting.body}/{meeting.id}/{path}",
            body=meeting.body,
            meeting=meeting.id,
            role="recommendations",
            path=path,
            kind=kind,
            order=order,
            versions=tuple(
                _version(files[language], text.replace("{year}", str(meeting.year)), 1 + order // 2)
                for language, text in zip(("en", "es"), pair, strict=True)
                if language in files
            ),
            numbered=is_numbered,
        )
        for order, (kind, path, pair, is_numbered) in enumerate(texts)
    ]


def _version(document: Document, text: str, page: int) -> Version:
    assert document.file
    assert document.language
    return Version(
        language=document.language,
        text=text,
        places=(Place(page, ANYWHERE),),
        file=document.file,
        sha256=_sha256(document.file),
        symbol=document.symbol,
        url=OFFICIAL if document.meeting == "IX" and document.language == "en" else None,
    )


def _sha256(file: str) -> str:
    return hashlib.sha256((SAMPLE / "pdf" / file).read_bytes()).hexdigest()


def _entry(document: Document, meeting: Meeting) -> Entry:
    assert document.file
    indexed = _is_indexed(document)
    return Entry(
        body=document.body,
        meeting=document.meeting,
        language=document.language,
        role=document.role,
        state=State.INDEXED if indexed else State.NO_ITEMS,
        file=document.file,
        sha256=_sha256(document.file),
        symbol=document.symbol,
        pages=2,
        pages_without_text=(2,) if meeting.ordinal == 5 else (),
        passages={"recommendation": 3, "preamble": 1} if indexed else {},
        strategy=Strategy.NUMBERED if indexed else Strategy.NONE,
        warnings=(Caution(message("number-missing", 1, "4"), 2),) if meeting.ordinal == 6 else (),
        reason=None if indexed else message("no-recommendation"),
    )


def _absent(real: Catalogue) -> list[Entry]:
    symbols = {(each.meeting, each.language): each.symbol for each in real.documents}
    return [
        Entry(
            real.body.id,
            meeting.id,
            language,
            "recommendations",
            State.NOT_FETCHED,
            symbol=symbols.get((meeting.id, language)),
        )
        for meeting in real.meetings
        for language in real.body.languages
    ]


def _unseen(written: int, of: int) -> None:
    assert written <= of


def publish(shelf: IndexStore, published: Publication, generation: str = "a" * 16, pdfs: Path = SAMPLE / "pdf") -> None:
    """Publish and serve a generation."""
    folders = {body.id: pdfs if body.fictional else REAL / "pdf" for body in published.bodies}
    with open_writer(shelf) as writer:
        writer.write(generation, published, folders, _unseen)
        writer.publish(generation)


def shelf(folder: Path, engine: Engine) -> IndexStore:
    """An index folder with the publication in it, served."""
    made = IndexStore(folder, engine)
    publish(made, publication())
    return made
