#!/usr/bin/env bash
# Three of four PDF readers give the text of a layer that is switched off, PDFium among them, which draws no such layer.
#
# ISO 32000-1, 8.11: a viewer shows nothing of an optional content group that the document's default configuration has in
# OFF. A draft kept in such a layer is on no printed page, but a full-text index made with these readers finds it.
#
# Expected: PDFium, which draws the page without the draft, gives its text without the draft as well.
# Seen with pypdfium2 5.15.2: the drawing is the same as without the layer, the text holds it. PyMuPDF 2.0 leaves it out;
# pdfminer.six 20260107 and pypdf 7.1.1 give it.
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
from pikepdf import Array, Dictionary, Name
from pypdf import PdfReader

ADOPTED = b"BT /F1 12 Tf 20 200 Td (Adopted) Tj ET"
DRAFT = b" /OC /Layer BDC BT /F1 12 Tf 20 180 Td (Draft) Tj ET EMC"


def made(content):
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(300, 300))
    page = pdf.pages[0]
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=pikepdf.String("draft")))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    page.Resources = Dictionary(Font=Dictionary(F1=font), Properties=Dictionary(Layer=layer))
    page.Contents = pdf.make_stream(content)
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer]), Order=Array([layer])))
    file = io.BytesIO()
    pdf.save(file)
    return file.getvalue()


def drawn(data):
    return bytes(pypdfium2.PdfDocument(data)[0].render().buffer)


data = made(ADOPTED + DRAFT)
assert drawn(data) == drawn(made(ADOPTED))
seen = {
    "PDFium": pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range().split(),
    "MuPDF": pymupdf.open(stream=data)[0].get_text().split(),
    "pdfminer.six": extract_text(io.BytesIO(data)).split(),
    "pypdf": PdfReader(io.BytesIO(data)).pages[0].extract_text().split(),
}
print(seen)
both = ["Adopted", "Draft"]
assert seen == {"PDFium": both, "MuPDF": ["Adopted"], "pdfminer.six": both, "pypdf": both}
PYTHON
