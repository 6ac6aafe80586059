#!/usr/bin/env bash
# pdfminer.six ignores the widths that a file tells of a standard font, and puts blanks into words with ligatures.
#
# ISO 32000-1, 9.6.2.1: Widths of a font are those of its codes. For the 14 standard fonts pdfminer takes metrics of its own
# in their place, and finds them by the text of a letter. groff sets a ligature as one code whose text is told as two
# letters; for two letters there is no width, so that the word seems to go on far behind.
#
# Expected: a font has the widths of the file, and "office" is read.
# Seen with pdfminer.six 20260107: "offic e" and "office" for one font under two names. pypdf 7.1.1 and pypdfium2 5.15.2:
# "office" for both.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pypdfium2==5.15.2 pdfminer.six==20260107 pypdf==7.1.1 pikepdf==10.18.0
"$folder/venv/bin/python" - <<'PYTHON'
import io

import pikepdf
import pypdfium2
from pdfminer.high_level import extract_text
from pypdf import PdfReader

TOLD = b"""begincmap 1 begincodespacerange <00> <FF> endcodespacerange
1 beginbfrange <20> <7E> <0020> endbfrange 1 beginbfchar <8C> <00660069> endbfchar endcmap"""
# Times-Roman, as the metrics of the standard fonts have it: the ligature is 556 wide.
WIDTHS = {"o": 500, "f": 333, "c": 444, "e": 444, "\x8c": 556}


def read(name):
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(300, 300))
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name(name),
        Encoding=pikepdf.Dictionary(
            BaseEncoding=pikepdf.Name.WinAnsiEncoding, Differences=pikepdf.Array([140, pikepdf.Name.fi])
        ),
        FirstChar=0,
        LastChar=255,
        Widths=pikepdf.Array([WIDTHS.get(chr(code), 250) for code in range(256)]),
        FontDescriptor=pikepdf.Dictionary(
            Type=pikepdf.Name.FontDescriptor, FontName=pikepdf.Name(name), Flags=34, ItalicAngle=0, StemV=80,
            Ascent=683, Descent=-217, CapHeight=662, FontBBox=pikepdf.Array([-168, -218, 1000, 898]),
        ),
        ToUnicode=pdf.make_stream(TOLD),
    )
    pdf.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font)))
    # As groff draws it: up to where it kerns, then on from there.
    content = b"BT /F1 40 Tf 20 200 Td (of) Tj 33.32 0 Td (\x8cc) Tj 40 0 Td (e) Tj ET"
    pdf.pages[0].Contents = pdf.make_stream(content)
    file = io.BytesIO()
    pdf.save(file)
    data = file.getvalue()
    return {
        "pdfminer.six": extract_text(io.BytesIO(data)).strip(),
        "pypdf": PdfReader(io.BytesIO(data)).pages[0].extract_text().strip(),
        "PDFium": pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range().strip(),
    }


standard, other = read("/Times-Roman"), read("/Sample-Roman")
print(standard, other)
assert set(other.values()) == {"office"}, other
assert standard == {"pdfminer.six": "offic e", "pypdf": "office", "PDFium": "office"}, standard
PYTHON
