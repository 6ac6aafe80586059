"""Fetch new documents from portals and from addresses in catalogues.

Nothing is removed. Nothing is published: `indexer build` does that. Documents that could not be fetched are listed
here, and by `indexer status` after the next build.
"""

import argparse
from collections.abc import Mapping

from indexer.catalogue.reader import load_corpus
from indexer.cli.console import Bars, fields_of, say, show, show_bytes
from indexer.cli.options import add_corpus, add_json
from indexer.fetch.client import Fetcher
from indexer.fetch.receipts import NotFetchedRecord
from indexer.fetch.sync import SyncReport, sync
from indexer.model import json
from indexer.model.errors import Busy, FetchError


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    add_corpus(parser)
    add_json(parser)
    parser.add_argument(
        "--accept", action="store_true", help="add meetings that the catalogue does not have, and fetch their documents"
    )


def run(options: argparse.Namespace) -> int:
    """Look at one portal after the other, and say what came."""
    complete, free = True, True
    for catalogue in load_corpus(options.corpus):
        if not catalogue.body.portal and not any(document.url for document in catalogue.documents):
            continue
        try:
            with Bars() as bars:
                fetcher = Fetcher(progress=bars.bytes)
                synced = sync(catalogue.folder, fetcher, accept=options.accept, progress=bars.documents)
        except Busy as error:  # one body that is busy keeps the others waiting for nothing
            say(str(error))
            free = False
            continue
        if options.json:
            show_bytes(json.encode(_as_mapping(synced)))
        else:
            _show(synced, accepted=options.accept)
        for refusal in synced.refused:
            say(str(refusal.reason))
            complete = False
    if not free:
        return Busy.exit_code
    return 0 if complete else FetchError.exit_code


def _as_mapping(synced: SyncReport) -> Mapping[str, object]:
    """A report for programs, in which messages have their words."""
    return fields_of(synced) | {
        "refused": [NotFetchedRecord.of(each) for each in synced.refused],
        "notes": [str(note) for note in synced.notes],
        "causes": [note.as_mapping() for note in synced.notes],
    }


def _show(synced: SyncReport, *, accepted: bool) -> None:
    for receipt in synced.fetched:
        show(f"{synced.body}/{receipt.meeting}: {receipt.file} from {receipt.address}")
    for note in synced.notes:
        show(str(note))
    for proposal in synced.proposals:
        if accepted:
            show(f"{synced.body}/{proposal.meeting}: added to the catalogue")
        else:
            show(f"New: meeting {proposal.meeting}. `indexer sync --accept` adds it to the catalogue as")
            show(proposal.entry)
    came, refused = len(synced.fetched), len(synced.refused)
    show(f"{synced.body}: {came} fetched, {synced.unchanged} unchanged, {refused} not to be had.")
