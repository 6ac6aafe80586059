"""Check the documents, settings and published index for problems.

Each remark names a file, a place in it and a remedy. The generation that is served is checked: build first. With
--links every address in the catalogues is fetched as well, which needs the network.
"""

import argparse
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

from indexer.analysis.apertium import find_translator
from indexer.build.check import (
    Remark,
    check_items,
    check_ledger,
    check_links,
    check_thesaurus,
    check_translator,
    load_settings,
)
from indexer.build.pipeline import THESAURUS
from indexer.catalogue.reader import Catalogue
from indexer.cli.console import Bars, show, show_bytes
from indexer.cli.options import add_index, add_json, index_store
from indexer.fetch.client import Fetcher
from indexer.generations import Generation
from indexer.model import Concept, json

REMARKS = 9
"""The exit code where there is something to remark on."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    add_index(parser)
    add_json(parser)
    parser.add_argument("--links", action="store_true", help="fetch the addresses in the catalogues as well")


def run(options: argparse.Namespace) -> int:
    """Print the remarks, and say how many there are."""
    catalogues, concepts = load_settings(options.corpus, THESAURUS)
    count = 0
    with closing(index_store(options).open()) as generation:
        for remark in _remarks(catalogues, concepts, generation, options):
            count += 1
            if options.json:
                show_bytes(json.encode(_as_mapping(remark)))
            else:
                where = f"{remark.file}, {remark.place}" if remark.place else remark.file
                show(f"{where}: {remark.message.sentence()} {remark.remedy} [{remark.code}]")
    if not options.json:
        show(f"{count or 'No'} remark{'' if count == 1 else 's'}.")
    return REMARKS if count else 0


def _as_mapping(remark: Remark) -> Mapping[str, object]:
    return {
        "code": remark.code,
        "file": remark.file,
        "place": remark.place,
        "message": remark.message.sentence(),
        "remedy": remark.remedy,
        "cause": remark.message.as_mapping(),
    }


def _remarks(
    catalogues: tuple[Catalogue, ...],
    concepts: tuple[Concept, ...],
    generation: Generation,
    options: argparse.Namespace,
) -> Iterator[Remark]:
    folders: dict[str, Path] = {catalogue.body.id: catalogue.pdf_folder for catalogue in catalogues}
    # A body whose catalogue is gone is still published: its remarks need a folder to name.
    for body in generation.bodies:
        folders.setdefault(body.id, options.corpus / body.id / "pdf")
    yield from check_ledger(generation.ledger, folders)
    yield from check_items(generation.index.items(), folders)
    yield from check_thesaurus(concepts, generation.index, options.corpus / THESAURUS)
    yield from check_translator(find_translator(), options.corpus)
    if options.links:
        with Bars() as bars:
            yield from check_links(catalogues, Fetcher(progress=bars.bytes), bars.documents)
