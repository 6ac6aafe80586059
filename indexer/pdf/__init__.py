"""A PDF ─▶ pages of lines with boxes; the only importer of pdfminer."""

from indexer.pdf.extraction import Budget, Progress, extract, extract_all

__all__ = ["Budget", "Progress", "extract", "extract_all"]
