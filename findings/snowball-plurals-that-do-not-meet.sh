#!/usr/bin/env bash
# The Snowball stemmers for Portuguese and Spanish leave common plurals apart from their singulars.
#
# Portuguese words in -al, -el and -iz and short ones such as lei change their ending in the plural, and the two forms get
# two stems: a search for "digital" does not find "digitais". In Spanish juez and crimen are such words.
#
# Expected: a noun and its plural get one stem, as for recomendação and recomendações.
# Seen with PyStemmer 3.1.0: none of these nine pairs meets.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check PyStemmer==3.1.0
"$folder/venv/bin/python" - <<'PYTHON'
import Stemmer

PAIRS = {
    "portuguese": ["digital digitais", "fiscal fiscais", "nível níveis", "lei leis", "juiz juízes", "judicial judiciais"],
    "spanish": ["juez jueces", "crimen crímenes", "luz luces"],
}
meet = []
for language, pairs in PAIRS.items():
    stemmer = Stemmer.Stemmer(language)
    for pair in pairs:
        stems = stemmer.stemWords(pair.split())
        print(language, pair, stems)
        meet += [pair] if stems[0] == stems[1] else []
assert meet == [], meet
portuguese = Stemmer.Stemmer("portuguese")
assert portuguese.stemWord("recomendação") == portuguese.stemWord("recomendações")
PYTHON
