"""OCR: pages that are pictures ─▶ pages of lines, each with its confidence.

Tesseract reads pages that PDFium has drawn.
"""

from indexer.extract.ocr.program import Finder, Ocr, find_ocr, without_ocr

__all__ = ["Finder", "Ocr", "find_ocr", "without_ocr"]
