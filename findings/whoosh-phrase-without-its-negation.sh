#!/usr/bin/env bash
# A phrase in Whoosh finds texts that say the opposite: "not", "no" and "não" are among the words that it leaves out.
#
# The analysers of Whoosh leave out stop words, number the words that remain without a gap, and do so for phrases too. The
# lists hold the negations, and in English "may" and "will". So the phrase "States may transfer" finds "States may not
# transfer data", and also "States transfer data" does.
#
# Expected: a phrase in quotation marks finds its words side by side, as printed.
# Seen with Whoosh-Reloaded 2.7.5: the default analyser and LanguageAnalyzer for English, Spanish and Portuguese find it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check Whoosh-Reloaded==2.7.5
"$folder/venv/bin/python" - <<'PYTHON'
from whoosh.analysis import LanguageAnalyzer, StandardAnalyzer
from whoosh.fields import TEXT, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.qparser import QueryParser

CASES = [
    (StandardAnalyzer(), "States may not transfer data", '"States may transfer"'),
    (StandardAnalyzer(), "States may not transfer data", '"States transfer data"'),
    (LanguageAnalyzer("en"), "States may not transfer data", '"States may transfer"'),
    (LanguageAnalyzer("es"), "Los Estados no pueden transferir datos", '"Estados pueden transferir"'),
    (LanguageAnalyzer("es"), "transferir datos sin orden", '"transferir datos con orden"'),
    (LanguageAnalyzer("pt"), "Os Estados não podem transferir dados", '"Estados podem transferir"'),
]
seen = []
for analyzer, text, phrase in CASES:
    index = RamStorage().create_index(Schema(text=TEXT(stored=True, analyzer=analyzer)))
    writer = index.writer()
    writer.add_document(text=text)
    writer.commit()
    with index.searcher() as searcher:
        seen.append(len(searcher.search(QueryParser("text", index.schema).parse(phrase))))
    print(phrase, "finds", repr(text) if seen[-1] else "nothing")
assert seen == [1, 1, 1, 1, 1, 1]
PYTHON
