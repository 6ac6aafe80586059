#!/usr/bin/env bash
# In a PDF by Typst a soft hyphen that divides nothing is told with the letter before it, and readers differ on it.
#
# Where a soft hyphen of the source is not at the end of a line, Typst draws nothing for it, but marks the letter before
# with an ActualText of two characters, the letter and U+00AD. Readers that honour ActualText give an invisible character
# within the word, which a search for the word does not find; readers that do not honour it give the word. A reader that
# takes U+00AD within a line for a printed hyphen, as other producers need, prints one.
#
# Expected: nothing is told of what is not drawn.
# Seen with Typst 0.15.2: "confiden\u00adtiality" by PDFium (pypdfium2 5.15.2) and PyMuPDF 2.0,
# "confidentiality" by pdfminer.six 20260107 and pypdf 7.1.1.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check typst==0.15.2 pymupdf==2.0 pypdfium2==5.15.2 pdfminer.six==20260107 pypdf==7.1.1
"$folder/venv/bin/python" - <<'PYTHON'
import io
import tempfile
from pathlib import Path

import pymupdf
import pypdfium2
import typst
from pdfminer.high_level import extract_text
from pypdf import PdfReader

with tempfile.TemporaryDirectory() as folder:
    source = Path(folder, "text.typ")
    source.write_text("#set page(width: 10cm, height: 5cm)\nThe confiden-?tiality of it.\n", encoding="utf-8")
    data = typst.compile(source)
words = {
    "pdfminer.six": extract_text(io.BytesIO(data)).split()[1],
    "pypdf": PdfReader(io.BytesIO(data)).pages[0].extract_text().split()[1],
    "PDFium": pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range().split()[1],
    "MuPDF": pymupdf.open(stream=data)[0].get_text().split()[1],
}
print({reader: ascii(word) for reader, word in words.items()})
assert words["pdfminer.six"] == words["pypdf"] == "confidentiality", words
assert words["PDFium"] == words["MuPDF"] == "confiden\u00adtiality", words
PYTHON
