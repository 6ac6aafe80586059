"""Makes the PDFs of the sample corpus from its sources, and says what ought to be read from each of them.

``python -m corpus.sample.make``, called in the project's folder, writes ``corpus/sample/pdf``.
"""

from .expected import ExpectedPassage, expected_passages, lost_passages
from .press import Printed, print_document
from .printer import PDF, make_pdf
from .source import SourceDocument, SourcePassage, load_documents, load_furniture, load_passages

__all__ = [
    "PDF",
    "ExpectedPassage",
    "Printed",
    "SourceDocument",
    "SourcePassage",
    "expected_passages",
    "load_documents",
    "load_furniture",
    "load_passages",
    "lost_passages",
    "make_pdf",
    "print_document",
]
