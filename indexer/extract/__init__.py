"""Extraction: a PDF to pages of lines with boxes, from its text or by OCR."""
