"""Pages that are pictures ─▶ pages of lines, each with how sure its reader was: Tesseract, on pages drawn by PDFium."""

from indexer.extract.ocr.tesseract import Finder, Ocr, find_ocr, without_ocr

__all__ = ["Finder", "Ocr", "find_ocr", "without_ocr"]
