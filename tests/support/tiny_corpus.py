"""A corpus small enough to be built many times: PDFs of a page each, and the catalogue that lists them."""

from collections.abc import Sequence
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

ENGLISH = (
    "That the States strengthen their cooperation against cybercrime with all of the others.",
    "That judges and prosecutors be trained in the use of the digital evidence that they are given.",
    "That the network of contact points be kept open at all hours and on every day of the year.",
)
SPANISH = (
    "Que los Estados fortalezcan su cooperación contra el delito cibernético con todos los demás.",
    "Que los jueces y los fiscales sean capacitados en el uso de la evidencia digital que se les da.",
    "Que la red de puntos de contacto se mantenga abierta a todas horas y en cada día del año.",
)

NAME = "Group of Small Islands"
"""The body's name: a page that prints it is taken for one of the meeting under which a portal links to it."""


def write_pdf(path: Path, items: Sequence[str], *, heading: str = "RECOMMENDATIONS", title: str = "") -> None:
    """A page with a heading, and a title above it, and numbered items, one line each; the same give the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    canvas = Canvas(str(path), invariant=1)
    canvas.setFont("Helvetica-Bold", 14)
    canvas.drawString(72, 790, title)
    canvas.drawString(72, 760, heading)
    canvas.setFont("Helvetica", 10)
    for number, item in enumerate(items, start=1):
        canvas.drawString(72, 740 - 30 * number, f"{number}. {item}")
    canvas.save()


class TinyCorpus:
    """A corpus folder with one body, whose documents are added and taken away one by one."""

    def __init__(self, folder: Path, body: str = "group", *, fictional: bool = False, portal: str = "") -> None:
        self.corpus = folder
        self.folder = folder / body
        self.body = body
        self.fictional = fictional
        self.portal = portal
        self.documents: dict[str, str] = {}
        self.write()

    def add(
        self, file: str, meeting: int, items: Sequence[str], entry: str = 'language = "en"', *, title: str = ""
    ) -> None:
        """Write a PDF and list it under a meeting."""
        write_pdf(self.folder / "pdf" / file, items, title=title)
        self.list(file, meeting, entry)

    def list(self, file: str, meeting: int, entry: str = 'language = "en"') -> None:
        """List a file under a meeting, whatever it is."""
        self.documents[file] = f"{meeting}|{entry}"
        self.write()

    def drop(self, file: str) -> None:
        """Take a document out of the catalogue and the folder."""
        del self.documents[file]
        (self.folder / "pdf" / file).unlink()
        self.write()

    def write(self) -> None:
        """Write the catalogue, its meetings in order and their documents by name."""
        text = f'[body]\nid = "{self.body}"\nlanguages = ["en"]\nname.en = "{NAME}"\n'
        text += "fictional = true\n" if self.fictional else ""
        text += f'portal.en = "{self.portal}"\n' if self.portal else ""
        for meeting in range(1, 4):
            text += f'\n[[meeting]]\nordinal = {meeting}\ntitle.en = "Meeting {meeting}"\n'
            for file, listed in sorted(self.documents.items()):
                place, _, entry = listed.partition("|")
                if int(place) == meeting:
                    text += f'\n[[meeting.document]]\nfile = "{file}"\n{entry}\n'
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "catalogue.toml").write_text(text, encoding="utf-8")
