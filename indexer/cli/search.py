"""Search the index, and show the items found."""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

from indexer.cli.console import fields_of, show, show_bytes, show_marked
from indexer.cli.options import add_index, add_json, index_store
from indexer.generations import Generation
from indexer.model import Hit, Match, Results, Sort, Window, json, page_place
from indexer.query.citations import Citations, Cited
from indexer.query.parser import parse


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument("words", help='the query, such as: "digital evidence" meeting:IX')
    parser.add_argument("--limit", type=int, default=10, metavar="NUMBER", help="how many items to show; default: 10")
    parser.add_argument(
        "--sort",
        choices=get_args(Sort),
        default="relevance",
        metavar="ORDER",
        help="the order of the items: relevance, date (the newest first), oldest, or document; default: relevance",
    )
    parser.add_argument(
        "--match",
        choices=get_args(Match),
        default="best",
        metavar="WORDS",
        help="which words must match: best (all of them, with items that lack some behind), all, or any; default: best",
    )
    add_index(parser)
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Print what was found; that nothing was found is no error."""
    generation = index_store(options).open()
    try:
        query = parse(options.words, limit=max(options.limit, 0), sort=options.sort, match=options.match)
        cited = Citations(generation.bodies, generation.meetings, generation.ledger).read(query, generation.index)
        results = generation.index.search(replace(query, cited=cited.items))
        if options.json:
            notes = [note.as_mapping() for note in results.notes]
            show_bytes(json.encode(fields_of(results) | {"notes": notes}))
        else:
            _show(results, cited, generation)
    finally:
        generation.close()
    return 0


def _show(results: Results, cited: Cited, generation: Generation) -> None:
    for note in results.notes:
        show(str(note))
    if results.also and not cited.settles(results):
        show(f"Searched as well: {', '.join(results.also)}.")
    if not cited.settles(results):
        for language, words in results.translations.items():
            show(f"Translated ({language}): {', '.join(words)}.")
    if results.cited:
        show("You cited:")
        _show_hits(results.cited, generation)
        show()
    show("1 result." if results.total == 1 else f"{results.total} results.")
    if results.did_you_mean:
        show(f"Did you mean: {results.did_you_mean}")
    _show_hits(results.hits, generation)
    if partial := cited.partial_beside(results):
        show()
        show("These have some of the words:" if results.total else "No item has all words. The nearest:")
        _show_hits(partial, generation)


def _show_hits(hits: Sequence[Hit], generation: Generation) -> None:
    meetings = {(meeting.body, meeting.id): meeting for meeting in generation.meetings}
    for hit in hits:
        meeting = meetings[hit.item.body, hit.item.meeting]
        title = meeting.title.get(hit.version.language) or next(iter(meeting.title.values()))
        day = f", {meeting.first_day}" if meeting.first_day else ""
        languages = ", ".join(hit.languages)
        place = page_place(hit.version.page, hit.version.page_label)
        show()
        show(f"{hit.item.id}  {title}{day}, {hit.version.file} {place} ({languages})")
        show_marked([_piece(hit.version.text, window) for window in hit.snippet] or [(hit.version.text, [])])
        if hit.lacking:
            show(f"  without: {', '.join(hit.lacking)}")


def _piece(text: str, window: Window) -> tuple[str, Sequence[tuple[int, int]]]:
    marks = [(mark.start - window.start, mark.end - window.start) for mark in window.marks]
    return text[window.start : window.end], marks
