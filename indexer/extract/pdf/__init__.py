"""PDF extraction: a file ─▶ pages of lines with boxes; the only importer of pdfminer."""

from indexer.extract.pdf.pool import Budget, PageProgress, extract, extract_all

__all__ = ["Budget", "PageProgress", "extract", "extract_all"]
