#!/usr/bin/env bash
# Of four PDF readers one honours an empty ActualText; PDFium honours a blank in its place, but not nothing.
#
# ISO 32000-1, 14.9.4: ActualText replaces what its content shows. A producer marks a note's sign in this way as no part
# of the text. PDFium, which honours any other ActualText, then gives the sign after all, so that resolution 2894 with the
# note 1 reads as 28941.
#
# Expected: PDFium and MuPDF give "2894" for an empty ActualText as for a blank.
# Seen with pypdfium2 5.15.2: 28941 for an empty one, 2894 for a blank. PyMuPDF 2.0: 2894 for both. pdfminer.six 20260107
# and pypdf 7.1.1 know no ActualText: 28941 for both.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pypdfium2==5.15.2 pymupdf==2.0 pdfminer.six==20260107 pypdf==7.1.1 pikepdf==10.18.0
"$folder/venv/bin/python" - <<'PYTHON'
import io

import pikepdf
import pymupdf
import pypdfium2
from pdfminer.high_level import extract_text
from pypdf import PdfReader

FONT = pikepdf.Dictionary(
    Type=pikepdf.Name.Font,
    Subtype=pikepdf.Name.Type1,
    BaseFont=pikepdf.Name.Helvetica,
    Encoding=pikepdf.Name.WinAnsiEncoding,
)


def read(actual):
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(300, 300))
    page = pdf.pages[0]
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=FONT))
    content = f"BT /F1 12 Tf 20 200 Td (2894) Tj /Span <</ActualText ({actual})>> BDC (1) Tj EMC ( of May) Tj ET"
    page.Contents = pdf.make_stream(content.encode())
    file = io.BytesIO()
    pdf.save(file)
    data = file.getvalue()
    texts = {
        "PDFium": pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range(),
        "MuPDF": pymupdf.open(stream=data)[0].get_text(),
        "pdfminer.six": extract_text(io.BytesIO(data)),
        "pypdf": PdfReader(io.BytesIO(data)).pages[0].extract_text(),
    }
    return {reader: text.split()[0] for reader, text in texts.items()}


empty, blank = read(""), read(" ")
print(empty, blank)
assert empty == {"PDFium": "28941", "MuPDF": "2894", "pdfminer.six": "28941", "pypdf": "28941"}
assert blank == {"PDFium": "2894", "MuPDF": "2894", "pdfminer.six": "28941", "pypdf": "28941"}
PYTHON
