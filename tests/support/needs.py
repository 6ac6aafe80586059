"""Needs of people who come to recommendations: forty in two languages, asked of the sample.

``python -m tests.support.needs`` writes what the search answers into ``docs/needs.md``.
"""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from indexer.build.pipeline import build
from indexer.engines.base import Index
from indexer.engines.whoosh import WhooshEngine
from indexer.generations import IndexStore
from indexer.query.parser import parse
from tests.support.paths import ROOT
from tests.support.silent import Silent

DOCUMENT = ROOT / "docs" / "needs.md"
SHOWN = 4


class Need(NamedTuple):
    """A need as one would type it, and the items of the sample that answer it, judged by reading all of its texts."""

    en: str
    es: str
    answers: str


UNITS = "I/questionnaire/2.1 II/1.1 III/II.A.1 IV/2 V/1 VI/1 VII/1 VIII/1 IX/1 X/1"
NEEDS = (
    Need("specialized cybercrime units", "unidades especializadas en delito cibernético", UNITS),
    Need(
        "resources for investigation units (people, money, technology)",
        "recursos humanos, financieros y técnicos para las unidades",
        "III/II.A.1 IV/2 IX/1 X/1",
    ),
    Need("prosecution unit for cyber-crime", "unidad de fiscales para ciberdelitos", "V/1"),
    Need(
        "directory of points of contact",
        "directorio de puntos de contacto",
        "II/2.2 III/II.B.1 IV/3 V/2 VI/2 VI/note.1 VII/2 VIII/2 IX/2 X/2",
    ),
    Need("who keeps the directory up to date", "Secretaría Técnica actualizar directorio", "IV/3 IX/2 VI/note.1 VII/2"),
    Need("24/7 network membership", "incorporarse a la Red 24/7", "II/2.3 III/II.B.2 IV/4 V/3 VI/3 VIII/3 IX/3 X/3"),
    Need("G-8 high tech crime contact network", "red del G8 de delitos de alta tecnología", "II/2.3 IV/4"),
    Need(
        "enact cybercrime laws",
        "adoptar legislación sobre delito cibernético",
        "II/1.2 III/I.A.1 IV/5 IX/4",
    ),
    Need(
        "substantive criminal law", "legislación sustantiva, tipificar", "I/questionnaire/1.1 III/I.A.1 IV/5 V/4 IX/4"
    ),
    Need("procedural law", "legislación procesal", "I/questionnaire/1.3 III/I.B.1 IV/5 V/4 VIII/4 IX/4"),
    Need("harmonise national laws", "armonizar las legislaciones", "II/1.3 III/I.A.2"),
    Need("accede to the Budapest Convention", "adhesión al Convenio de Budapest", "IV/6 V/5 VI/5 VII/5 VIII/12 IX/5"),
    Need("Council of Europe cooperation", "cooperación con el Consejo de Europa", "IV/11 V/12 VI/13"),
    Need("legislative drafting workshops", "talleres de redacción de legislación", "III/II.A.2 IV/7"),
    Need(
        "training of judges and prosecutors",
        "capacitación de jueces y fiscales",
        "I/questionnaire/3.3 II/1.4 III/II.A.2 V/7 VI/6 VII/6 VIII/13 IX/10 X/12",
    ),
    Need("digital evidence training", "capacitación en evidencia digital", "V/7 VII/6 VIII/13"),
    Need("workshop on large-scale internet crime", "delitos a gran escala por Internet", "VI/4"),
    Need(
        "preservation of data by service providers",
        "preservación de datos, proveedores de servicios",
        "VII/4 VIII/5 IX/7 X/8",
    ),
    Need("chain of custody of electronic evidence", "custodia de la prueba electrónica", "VI/7 VIII/6 IX/8 X/9"),
    Need(
        "admissibility of electronic evidence",
        "admisibilidad de la evidencia electrónica",
        "I/questionnaire/1.4 II/1.5 III/I.B.2 V/6 VI/8 VII/12 VIII/7 IX/9 X/10",
    ),
    Need(
        "mutual legal assistance in cyber-crime",
        "asistencia jurídica mutua en delito cibernético",
        "III/II.B.3 V/10 VI/11 VII/11",
    ),
    Need("public-private partnership", "cooperación con el sector privado", "VI/9 VII/8 VIII/10 IX/6"),
    Need("national cybercrime strategy", "estrategia nacional contra el ciberdelito", "VIII/8 IX/6 X/14"),
    Need("public awareness", "sensibilizar al público", "II/3.1 VII/10 IX/14"),
    Need(
        "the Inter-American Portal",
        "portal interamericano de cooperación",
        "V/9 VI/10 VI/12 VII/2 VII/13 VIII/7 VIII/14 IX/4",
    ),
    Need(
        "questionnaire answers by states",
        "respuestas al cuestionario",
        "II/3.2 III/III.1 IV/10 V/11 VI/12 VIII/14",
    ),
    Need("thanks to the United States for workshops", "agradecimiento talleres Estados Unidos", "IV/7"),
    Need("workshops in Mexico, Santiago, Lima, Nassau", "talleres en México, Santiago, Lima y Nassau", ""),
    Need("implement earlier recommendations", "cumplir recomendaciones anteriores", "IV/1 IV/preamble.1 IX/preamble.2"),
    Need("state sovereignty", "soberanía de los Estados", "IX/preamble.1"),
    Need("statistics on cybercrime", "estadísticas sobre delito cibernético", "VII/9 VIII/9 IX/13 X/15"),
    Need(
        "inter-American convention on cybercrime, model law",
        "instrumentos interamericanos, ley modelo",
        "III/I.A.2 III/I.A.3",
    ),
    Need("privacy and data protection", "privacidad, protección de la información", "III/I.A.4 X/13"),
    Need("next meeting of the group", "próxima reunión del Grupo", "III/III.2 V/14 VIII/15 IX/15"),
    Need("child sexual abuse online", "pornografía infantil en Internet", "VIII/11"),
    Need("ransomware, cryptocurrency", "ransomware, criptomonedas", "X/1 X/6"),
    Need("Second Additional Protocol", "Segundo Protocolo Adicional", "X/4"),
    Need("UN ad hoc committee convention", "comité ad hoc ONU, convención", "X/5"),
    Need("gender and online violence", "violencia de género en línea", "X/7"),
    Need("extradition of hackers; prison reform", "extradición; cárceles", ""),
)

INTRODUCTION = f"""# Forty needs, asked of the sample

What somebody may want to know of a group that makes recommendations, typed as it comes to mind, in English and in
Spanish. Each cell says how many texts of the fictional sample body answer with all of the words, and the first {SHOWN}
of them; after “some:” stand the best texts that lack words, where none has all. **Bold** are those that answer the
need, as judged by reading all texts. The sample's names are its own: it has a Coralisse Convention and an Inter-Island
Portal, so that queries with the names of this world find what comes nearest. Two needs have no answer in it.

Made by `python -m tests.support.needs`; a test holds that it is up to date, and that what comes first answers the need.

| # | asked in English | finds | asked in Spanish | finds |
|---|---|---|---|---|
"""


def first(index: Index, text: str) -> tuple[int, list[str]]:
    """Count of the texts with all of the words, and the first shown: of those, or else of partial matches."""
    results = index.search(parse(text, limit=SHOWN))
    return results.total, [hit.item.id.removeprefix("sample/") for hit in results.hits or results.partial]


def _rows(index: Index) -> Iterator[str]:
    for number, need in enumerate(NEEDS, start=1):
        cells = [str(number)]
        for text in (need.en, need.es):
            total, found = first(index, text)
            shown = ", ".join(f"**{each}**" if each in need.answers.split() else each for each in found)
            cells += [text, f"{total}: {shown}" if total else f"some: {shown}" if found else "nothing"]
        yield f"| {' | '.join(cells)} |\n"


def document(index: Index) -> str:
    """The text of the document."""
    return INTRODUCTION + "".join(_rows(index))


def built(folder: Path) -> IndexStore:
    """The corpus of the project, built into a folder."""
    shelf = IndexStore(folder, WhooshEngine())
    build(ROOT / "corpus", shelf, processes=2, listener=Silent())
    return shelf


def main() -> None:
    """Write the document."""
    with TemporaryDirectory() as folder:
        generation = built(Path(folder) / "index").open()
        DOCUMENT.write_text(document(generation.index), encoding="utf-8")
        generation.close()


if __name__ == "__main__":
    main()
