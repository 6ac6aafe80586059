"""Show the ledger: for each meeting and language, what is indexed, what is missing, and why."""

import argparse
from collections.abc import Mapping

from indexer.cli.console import fields_of, show, show_bytes, show_table
from indexer.cli.options import add_index, add_json, index_store
from indexer.generations import Generation
from indexer.items.ledger import question
from indexer.model import Body, Entry, json, page_number, page_place

_COLUMNS = (
    "meeting",
    "language",
    "role",
    "state",
    "stage",
    "file",
    "pages",
    "without text",
    "passages",
    "cut as",
    "remarks",
)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    add_index(parser)
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Print the ledger of the generation that is served."""
    generation = index_store(options).open()
    try:
        if options.json:
            for entry in generation.ledger:
                show_bytes(json.encode(_as_mapping(entry)))
        else:
            _show(generation)
    finally:
        generation.close()
    return 0


def _as_mapping(entry: Entry) -> Mapping[str, object]:
    """An entry for programs, in which messages have their words."""
    return fields_of(entry) | {
        "reason": entry.reason and str(entry.reason),
        "cause": entry.reason and entry.reason.as_mapping(),
        "warnings": [{**caution.message.as_mapping(), "page": caution.page} for caution in entry.warnings],
        "evidence": [{**each.message.as_mapping(), "weight": each.weight} for each in entry.evidence],
    }


def _show(generation: Generation) -> None:
    show(f"Generation {generation.id}, made {generation.made:%Y-%m-%d %H:%M} UTC.")
    for body in generation.bodies:
        rows = [_row(entry) for entry in generation.ledger if entry.body == body.id]
        show_table(_title(body), _COLUMNS, rows)


def _title(body: Body) -> str:
    name = next((body.name[language] for language in body.languages if language in body.name), body.id)
    return f"{body.id}: {name}{' (fictional)' if body.fictional else ''}"


def _row(entry: Entry) -> tuple[str, ...]:
    asked = question(entry)
    # The question says what to do.
    reason = entry.reason.sentence() if entry.reason and asked else entry.reason
    remarks = [str(remark) for remark in (reason, asked) if remark]
    remarks += [
        f"{page_place(caution.page, entry.page_label(caution.page))}: {caution.message}"
        if caution.page
        else str(caution.message)
        for caution in entry.warnings
    ]
    return (
        "?" if entry.is_unassigned else entry.meeting,
        entry.language or "?",
        entry.role,
        entry.state.value,
        entry.stage or "",
        entry.file or "",
        str(entry.pages or ""),
        ", ".join(page_number(page, entry.page_label(page)) for page in entry.pages_without_text),
        ", ".join(f"{count} {kind}" for kind, count in entry.passages.items()),
        entry.strategy.value if entry.strategy else "",
        "\n".join(remarks),
    )
