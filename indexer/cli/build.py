"""Bring the index up to date with the corpus, and publish it.

Only new and changed PDFs are read. What is served stays until the new index is whole and checked; where nothing has
changed, nothing is published. A PDF that cannot be read is skipped and named.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator

from indexer.analysis.apertium import find_translator
from indexer.build.pipeline import Report, build
from indexer.cli.console import Bars, say, show, show_bytes
from indexer.cli.options import add_index, add_json, add_processes, index_store
from indexer.extract.ocr import find_ocr
from indexer.generations import IndexStore
from indexer.items.ledger import question
from indexer.model import UNFOUND, Caution, Entry, State, json, page_place

_SKIPPED = (State.UNREADABLE, State.NO_ITEMS)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    add_index(parser)
    add_processes(parser)
    add_json(parser)
    parser.add_argument(
        "--fewer", action="store_true", help="publish even if most of a body's documents would disappear"
    )


def run(options: argparse.Namespace) -> int:
    """Build, and say what came of it."""
    report = build_index(options, index_store(options), fewer=options.fewer)
    if options.json:
        show_bytes(json.encode(_as_mapping(report)))
    else:
        summarise(report)
    return 0


def build_index(options: argparse.Namespace, where: IndexStore, *, fewer: bool = False) -> Report:
    """Build with the programs that are installed here, and show the progress.

    Args:
        options: those of this command, or of another that has the corpus and the processes.
        where: the index folder.
        fewer: publishes also where most of a body's documents would disappear.
    """
    with Bars() as bars:
        return build(
            options.corpus,
            where,
            processes=options.processes,
            listener=bars,
            find_ocr=find_ocr,
            find_translator=find_translator,
            fewer=fewer,
        )


def _as_mapping(report: Report) -> dict[str, object]:
    return {
        "generation": report.generation,
        "published": report.published,
        "items": report.items,
        "read": report.read,
        "cut": report.cut,
        "made": report.made,
        "documents": dict(sorted(Counter(entry.state for entry in report.ledger).items())),
        "skipped": [_as_skipped(entry) for entry in report.ledger if _is_skipped(entry)],
        "unfound": [
            {
                "body": entry.body,
                "meeting": entry.meeting,
                "file": entry.file,
                "page": each.page,
                "page_label": entry.page_label(each.page),
                "message": each.message.sentence(),
                "cause": each.message.as_mapping(),
            }
            for entry, each in _search_cautions(report.ledger)
        ],
        "withdrawn": report.withdrawn,
        "lack": report.lack and report.lack.as_mapping(),
    }


def _is_skipped(entry: Entry) -> bool:
    """Tell if a file adds nothing, or not all it could, to the index."""
    return entry.file is not None and (entry.state in _SKIPPED or entry.reason is not None)


def _as_skipped(entry: Entry) -> dict[str, object]:
    return {
        "body": entry.body,
        "meeting": entry.meeting,
        "file": entry.file,
        "state": entry.state,
        "stage": entry.stage,
        "reason": entry.reason and str(entry.reason),
        "cause": entry.reason and entry.reason.as_mapping(),
        "candidates": entry.candidates,
    }


def _search_cautions(ledger: Iterable[Entry]) -> Iterator[tuple[Entry, Caution]]:
    """The documents with an item that the search does not find, and their cautions."""
    return ((entry, caution) for entry in ledger for caution in entry.warnings if caution.code == UNFOUND)


def summarise(report: Report) -> None:
    """Report the work of a build, the skipped files and the items not found."""
    states = Counter(entry.state for entry in report.ledger)
    if report.published:
        show(f"Published generation {report.generation}: {report.items} items of {states[State.INDEXED]} documents.")
    else:
        show(f"Nothing has changed: generation {report.generation} is served, with {report.items} items.")
    show(f"New PDFs read: {report.read}. Documents divided into passages: {report.cut}.")
    show(f"Expected documents missing: {states[State.NOT_FETCHED]} (`indexer status` lists them).")
    for entry in report.ledger:
        if _is_skipped(entry):
            meeting = "?" if entry.is_unassigned else entry.meeting
            asked = question(entry)
            # The question says what to do.
            reason = entry.reason.sentence() if entry.reason and asked else entry.reason
            say(f"{entry.body}/{meeting}: {entry.file}: {entry.state.value} ({entry.stage}): {reason}")
            if asked:
                say(f"  {asked}")
    for entry, caution in _search_cautions(report.ledger):
        place = page_place(caution.page or 0, entry.page_label(caution.page))
        say(f"{entry.body}/{entry.meeting}: {entry.file}, {place}: {caution.message}")
    if report.lack:
        say(str(report.lack))
    for body in report.withdrawn:
        say(f"{body}: fictional, and hidden because real documents are present.")
