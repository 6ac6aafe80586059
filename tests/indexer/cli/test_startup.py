"""Modules that a command loads: no more than it needs, as that takes most of a short one's time."""

import os
import subprocess
import sys

import pytest

from tests.support.paths import ROOT
from tests.support.tiny_corpus import ENGLISH, TinyCorpus, write_pdf

_COMMAND = """
import sys
from indexer.cli import run
code = run(sys.argv[1:])
print(*sys.modules, file=sys.stderr)
sys.exit(code)
"""


_NEVER_AT_ONCE = {"rich", "tomlkit", "urllib3", "pdfminer", "pypdfium2", "indexer.segment", "indexer.catalogue.assign"}


pytestmark = pytest.mark.xdist_group("startup")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> TinyCorpus:
    tiny = TinyCorpus(tmp_path_factory.mktemp("startup") / "corpus")
    tiny.add("I-en.pdf", 1, ENGLISH)
    write_pdf(tiny.folder / "pdf" / "asked.pdf", ENGLISH)
    assert "Published" in call(tiny, "build").stdout
    return tiny


def call(corpus: TinyCorpus, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", _COMMAND, *arguments, "--corpus", str(corpus.corpus)]
    env = {**os.environ, **environment}
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True)


def loaded(done: subprocess.CompletedProcess[str]) -> set[str]:
    return set(done.stderr.splitlines()[-1].split())


def test_a_search_loads_nothing_that_draws_fetches_cuts_or_writes(corpus: TinyCorpus) -> None:
    done = call(corpus, "search", "evidence")
    assert "result" in done.stdout
    unneeded = {
        "whoosh",
        "filelock",
        "secrets",
        "tempfile",
        "tomllib",
        "numpy.ma",
        "indexer.build.compose",
        "indexer.generations.changelog",
        "indexer.engines.whoosh.publisher",
    }
    assert loaded(done) & (unneeded | _NEVER_AT_ONCE) == set()


def test_a_build_that_finds_nothing_new_loads_nothing_that_reads_cuts_or_indexes(corpus: TinyCorpus) -> None:
    done = call(corpus, "build")
    assert "Nothing has changed" in done.stdout
    unneeded = {
        "numpy",
        "whoosh",
        "Stemmer",
        "indexer.analysis.tokenizer",
        "indexer.build.compose",
        "indexer.extract.pdf",
        "indexer.query.thesaurus",
    }
    assert loaded(done) & (unneeded | _NEVER_AT_ONCE) == set()


def test_bars_are_shown_on_a_terminal_where_there_is_something_to_show(corpus: TinyCorpus) -> None:
    corpus.add("II-en.pdf", 2, ENGLISH)
    shown = call(corpus, "build", FORCE_COLOR="1").stderr
    assert "extract" in shown
    assert "write" in shown
