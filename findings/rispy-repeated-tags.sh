#!/usr/bin/env bash
# rispy keeps the first of a repeated tag and drops the others without a word, also where references repeat it.
#
# A recommendation that is printed in two languages and under two document numbers has LA and SN twice. Tags such as UR and
# AU are gathered in lists; for the others the first value wins, no error is raised, and writing the reference again has
# lost the rest.
#
# Expected: lists, the last value, or an error in strict use.
# Seen with rispy 0.10.0: one language, one number, one abstract remain.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check rispy==0.10.0
"$folder/venv/bin/python" - <<'PYTHON'
import rispy

REFERENCE = """TY  - RPRT
TI  - Recommendation 3
LA  - en
LA  - es
SN  - DOC/3
SN  - DOC/4
AB  - First
AB  - Second
UR  - https://example.org/1
UR  - https://example.org/2
ER  - 
"""
(read,) = rispy.loads(REFERENCE)
print(read)
assert (read["language"], read["issn"], read["abstract"]) == ("en", "DOC/3", "First")
assert read["urls"] == ["https://example.org/1", "https://example.org/2"]
written = rispy.dumps([read])
assert "es" not in written.split() and "DOC/4" not in written and "Second" not in written
PYTHON
