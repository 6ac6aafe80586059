#!/usr/bin/env bash
# pdfminer.six reads the byte AD of WinAnsiEncoding as a blank, where the PDF specification has a hyphen.
#
# ISO 32000-1, annex D.2, note 6: in WinAnsiEncoding the hyphen is encoded as 255 (octal) as well. ReportLab writes a soft
# hyphen as that byte. So printed hyphens go: the days 12-13 become the numbers 12 and 13, and well-known two words.
#
# Expected: the three readers give a hyphen, or a soft hyphen.
# Seen with pdfminer.six 20260107: "12 13 well known". PDFium (pypdfium2 5.15.2) gives "12-13 well-known", pypdf 7.1.1
# "12\u00ad13 well\u00adknown".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pdfminer.six==20260107 pypdfium2==5.15.2 pypdf==7.1.1 reportlab==5.1.0
"$folder/venv/bin/python" - <<'PYTHON'
import io

import pypdfium2
from pdfminer.high_level import extract_text
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

file = io.BytesIO()
canvas = Canvas(file)
canvas.drawString(72, 700, "12\u00ad13 well\u00adknown")
canvas.save()
seen = {
    "pdfminer.six": extract_text(io.BytesIO(file.getvalue())).strip(),
    "PDFium": pypdfium2.PdfDocument(file.getvalue())[0].get_textpage().get_text_range(),
    "pypdf": PdfReader(file).pages[0].extract_text().strip(),
}
print(seen)
assert seen == {
    "pdfminer.six": "12 13 well known",
    "PDFium": "12-13 well-known",
    "pypdf": "12\u00ad13 well\u00adknown",
}
PYTHON
