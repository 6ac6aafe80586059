#!/usr/bin/env bash
# The Snowball stemmer for Spanish takes the ends of common presents and nouns for endings of pasts, and leaves a syllable.
#
# In declara and resiste the letters -ara and -iste belong to the verb. The stemmer cuts them as those of hablara and
# comiste: the forms of one verb get two stems, and resiste gets the stem of res (a head of cattle).
#
# Expected: the forms of a verb get one stem, as those of adopta and adoptaron do.
# Seen with PyStemmer 3.1.0: none of these pairs meets; resiste and res do, and so do contraste and contra.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check PyStemmer==3.1.0
"$folder/venv/bin/python" - <<'PYTHON'
import Stemmer

stem = Stemmer.Stemmer("spanish").stemWord
PAIRS = ["declara declarar", "prepara preparar", "resiste resistir", "contraste contrastes", "financiera financiero"]
for pair in PAIRS:
    first, second = map(stem, pair.split())
    print(pair, first, second)
    assert first != second, pair
assert stem("adopta") == stem("adoptaron")
assert stem("resiste") == stem("res") and stem("contraste") == stem("contra")
PYTHON
