#!/usr/bin/env bash
# PDFium gives the hyphen at the end of a line as a sign that is no character, and another one from each of two functions.
#
# It also drops the line break after it. get_text_range (FPDFText_GetText) gives U+FFFE, get_text_bounded
# (FPDFText_GetBoundedText) U+0002. A program that looks for "-" and a line break finds no divided word, and a comparison
# with another reader differs at each. Before a digit the hyphen stays, with its line break.
#
# Expected: "recom-" and "mendation" on two lines from both functions, or one agreed sign.
# Seen with pypdfium2 5.15.2 on a PDF by ReportLab 5.1.0: "recom\ufffemendation", "recom\x02mendation", "12-\r\n13".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pypdfium2==5.15.2 reportlab==5.1.0
"$folder/venv/bin/python" - <<'PYTHON'
import io

import pypdfium2
from reportlab.pdfgen.canvas import Canvas

file = io.BytesIO()
canvas = Canvas(file)
for row, text in enumerate(["The States adopt a recom-", "mendation for the days 12-", "13 of May."]):
    canvas.drawString(72, 700 - 14 * row, text)
canvas.save()
page = pypdfium2.PdfDocument(file.getvalue())[0].get_textpage()
seen = page.get_text_range(), page.get_text_bounded()
print(seen)
assert seen == (
    "The States adopt a recom\ufffemendation for the days 12-\r\n13 of May.",
    "The States adopt a recom\x02mendation for the days 12-\r\n13 of May.",
)
PYTHON
