#!/usr/bin/env bash
# A circumflex does not survive being written by bibtexparser's encoder of LaTeX and read by its decoder.
#
# LaTeX prints \textasciicircum as the sign ^ of ASCII. Decoded it becomes U+02C6, a modifier letter that looks alike: a
# title with 2^8 no longer equals itself after one way there and back, and a search for 2^8 does not find it. The tilde,
# written by \textasciitilde, comes back as it was.
#
# Expected: ^ (U+005E), as for the tilde.
# Seen with bibtexparser 2.1.0 and pylatexenc 2.11, which does the decoding.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check bibtexparser==2.1.0 pylatexenc==2.11
"$folder/venv/bin/python" - <<'PYTHON'
from bibtexparser import parse_string, write_string
from bibtexparser.middlewares import LatexDecodingMiddleware, LatexEncodingMiddleware

ENTRY = r"@techreport{a, title = {Power 2\textasciicircum{}8, home\textasciitilde{}one}}"


def decoded(text):
    return parse_string(text, append_middleware=[LatexDecodingMiddleware()])


title = decoded(ENTRY).entries[0]["title"]
print(ascii(title))
assert title == "Power 2\u02c68, home~one"

plain = parse_string("@techreport{a, title = {Power 2^8}}")
written = write_string(plain, prepend_middleware=[LatexEncodingMiddleware()])
again = decoded(written).entries[0]["title"]
print(written, ascii(again))
assert again == "Power 2\u02c68"
PYTHON
