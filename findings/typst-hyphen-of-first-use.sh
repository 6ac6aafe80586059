#!/usr/bin/env bash
# In a PDF by Typst the first use of the hyphen glyph decides how every hyphen of the font is read.
#
# Typst draws the hyphen that it adds at the end of a line and the one that the author typed with one glyph, and a glyph has
# one meaning in the table that readers use (ToUnicode): that of its first use. Where a word is divided before the first
# typed hyphen, the days 12-13 are read with a soft hyphen between them, which readers drop as invisible: 1213. Where a
# typed one comes first, the hyphens of divided words are plain ones.
#
# Expected: typed hyphens are read as typed, wherever they stand.
# Seen with Typst 0.15.2, pdfminer.six 20260107, pypdf 7.1.1: "12\u00ad13" after a divided word, "12-13" before one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check typst==0.15.2 pdfminer.six==20260107 pypdf==7.1.1
"$folder/venv/bin/python" - <<'PYTHON'
import io
import tempfile
from pathlib import Path

import typst
from pdfminer.high_level import extract_text
from pypdf import PdfReader

DIVIDED = "La recomendación internacional sobre ciberdelincuencia transfronteriza responsabiliza a los Estados."
DAYS = "Los días 12-13 de mayo."
SETTINGS = '#set page(width: 6cm, height: 10cm)\n#set text(lang: "es", hyphenate: true)\n#set par(justify: true)\n'


def read(text):
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "text.typ")
        source.write_text(SETTINGS + text, encoding="utf-8")
        pdf = io.BytesIO(typst.compile(source))
    return extract_text(pdf), PdfReader(pdf).pages[0].extract_text()


for after in read(f"{DIVIDED}\n\n{DAYS}"):
    print(repr(after))
    assert "12\u00ad13" in after and "12-13" not in after
for before in read(f"{DAYS}\n\n{DIVIDED}"):
    print(repr(before))
    assert "12-13" in before and "\u00ad" not in before
PYTHON
