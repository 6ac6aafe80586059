"""A PDF ─▶ pages of lines with boxes; the only importer of pdfminer."""

from indexer.pdf.reader import read_pages

__all__ = ["read_pages"]
