"""A source document as the bytes of its PDF."""

from pathlib import Path

from .paper import write_pdf
from .press import print_document
from .source import SourceDocument, load_furniture

PDF = Path(__file__).resolve().parent.parent / "pdf"
"""The folder of the PDFs that are committed."""


def make_pdf(document: SourceDocument) -> bytes:
    """The PDF of a document: the same bytes each time, on any machine with the same ReportLab."""
    subject = load_furniture()[document.language].fictional
    return write_pdf(print_document(document).sheets, f"{document.symbol} ({document.language})", subject)
