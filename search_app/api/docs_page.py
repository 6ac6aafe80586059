"""Reference of version 1: the OpenAPI document for programs, a page for people."""

import re
from collections.abc import Mapping

from flask import Blueprint, render_template
from markupsafe import Markup, escape
from werkzeug.wrappers import Response

from indexer.model import json
from indexer.model.errors import IndexerError
from indexer.query.parser import parse
from search_app.api.openapi import DESCRIPTION, VERSION, document, path_of
from search_app.api.routes import OPERATIONS, Operation
from search_app.web.context import generation, links
from search_app.web.problem_json import TITLES

blueprint = Blueprint("reference", __name__, url_prefix="/api/v1")

_CODE = re.compile(r"`+([^`]+)`+")


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """The OpenAPI document."""
    response = Response(json.encode(document(links().public_root, _examples())), mimetype="application/json")
    # The examples are made of the index. A copy is kept for a minute only, so that they name items that exist.
    response.headers["Cache-Control"] = "public, max-age=60"
    return response


@blueprint.get("/")
def reference() -> str:
    """The readable page; its examples are made of items in the index, and run."""
    examples = _examples()
    return render_template(
        "reference.html",
        version=VERSION,
        paragraphs=[prose(text) for text in DESCRIPTION.split("\n\n")],
        operations=[(each, f"{blueprint.url_prefix}{path_of(each)}", _example(each, examples)) for each in OPERATIONS],
        problems=TITLES,
        prose=prose,
    )


def prose(text: str) -> Markup:
    """Text of the document as HTML; text between backticks is code."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704 - what was given is escaped


def _examples() -> Mapping[str, str]:
    """Example values of the parameters in paths, by name; empty where there is no item.

    They are those of the first item in the order of documents.
    """
    # The reference is read also before the first build, and while an index is damaged: it then has no examples.
    try:
        hits = generation().index.search(parse(sort="document", limit=1)).hits
    except IndexerError:
        return {}
    return {"id": hits[0].item.id, "body": hits[0].item.body, "meeting": hits[0].item.meeting} if hits else {}


def _example(operation: Operation, examples: Mapping[str, str]) -> str | None:
    """The example address of an operation; None where it needs an item and there is none."""
    named = {each.name: examples[each.name] for each in operation.in_path if each.name in examples}
    if len(named) < len(operation.in_path):
        return None
    return links().whole.api(operation.name, **operation.example, **named)
