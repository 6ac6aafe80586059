"""A PDF ─▶ pages of lines with boxes; the only importer of pdfminer."""

from indexer.pdf.extraction import Budget, Progress, extract, extract_all
from indexer.pdf.reader import read_pages

__all__ = ["Budget", "Progress", "extract", "extract_all", "read_pages"]
