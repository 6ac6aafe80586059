"""The addresses of version 1, and the functions that answer there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

from flask import Blueprint, request
from werkzeug.wrappers import Response

from indexer import __version__
from indexer.generations.changelog import ChangeKind
from indexer.model import Message, json, message
from indexer.query.parser import MAX_LENGTH, parse
from search_app.api import schemas
from search_app.api.display_names import DisplayNames
from search_app.api.hit_cache import no_texts
from search_app.api.parameters import CHANGES, EXPORT, LIMIT, MANY, NAMES, SEARCH, SUGGEST
from search_app.api.serializers import Serializer
from search_app.present.changelog import CursorExpired, LatestChange
from search_app.present.search import ask, items_of
from search_app.request.parameters import PAGE, SIZE, Parameter, Parameters
from search_app.web.caching import keep
from search_app.web.context import coverage, generation, history, links, memoize, read_checked, reader
from search_app.web.error_pages import NothingOfThisName

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")


def _state() -> str:
    """The state that an answer depends on beside its request."""
    match request.endpoint:
        # A switch may lead back to a generation that was served before: its id is the same, its log is longer.
        case "api.changes":
            return f"{generation().id} {history().switches}"
        case "api.status":
            return f"{generation().id} {reader().problem}"
    return generation().id


keep(blueprint, _state)


def _names() -> DisplayNames:
    own = links()
    # Names hold translated text and whole addresses: the key has the language and the public address beside the class.
    return memoize((DisplayNames, own.ui, own.public_root), lambda: DisplayNames(coverage(), own.without_page))


def _serializer() -> Serializer:
    return Serializer(_names(), links().whole, memoize(no_texts, no_texts))


def _nothing(message: Message) -> NoReturn:
    """Answer that nothing has the name that the address gives.

    Raises:
        NothingOfThisName: always.
    """
    raise NothingOfThisName(message)


def search(given: Parameters) -> schemas.Search:
    """The results of a search, with the counts of all facets."""
    answer = ask(generation().index, coverage().citations, given, SIZE.number(given))
    return _serializer().search(answer)


def suggest(given: Parameters) -> schemas.Suggest:
    """Completions of what has been typed so far."""
    text = given.get("q", "")[:MAX_LENGTH]
    found = generation().index.suggest(text, LIMIT.number(given))
    completions = tuple(schemas.Completion(each.text, each.total) for each in found)
    return schemas.Suggest(text, tuple(each.text for each in found), completions)


def item(_given: Parameters, id: str) -> schemas.Item:
    """An item in all its languages."""
    return _serializer().item(generation().index.item(id) or _nothing(message("no-such-item", id)))


def meeting(_given: Parameters, body: str, meeting: str) -> schemas.Meeting:
    """A meeting: its documents, and its items in order."""
    key = f"{body}/{meeting}"
    found = coverage().meetings.get(key) or _nothing(message("no-such-meeting", key))
    return _serializer().meeting(found, items_of(generation().index, found))


def body(_given: Parameters, body: str) -> schemas.Body:
    """A body, and its meetings in order."""
    return _serializer().body(coverage().bodies.get(body) or _nothing(message("no-such-body", body)))


def export(given: Parameters) -> schemas.Export:
    """All items, some at a time."""
    wanted, served = given.get("generation"), generation().id
    if wanted not in (None, served):
        raise CursorExpired("generation-gone", message("other-generation", str(wanted), served))
    page, size = PAGE.number(given), MANY.number(given)
    found = generation().index.search(parse(sort="document", offset=(page - 1) * size, limit=size))
    more = page * size < found.total
    # The generation goes with the link: pages of two generations together would lack items or give them twice.
    following = {"page": str(page + 1), "size": str(size), "generation": served}
    return schemas.Export(
        total=found.total,
        page=page,
        pages=-(-found.total // size),
        size=size,
        items=tuple(_serializer().item(hit.item) for hit in found.hits),
        next=links().whole.api("export", **following) if more else None,
    )


def changes(given: Parameters) -> schemas.Changes:
    """Items that appeared, changed or were removed. Replayed from the beginning, they give exactly the export."""
    steps, size = history().steps, MANY.number(given)
    first = history().find(given.get("after", ""))
    page = steps[first : first + size]
    # Where nothing is new, the cursor stays as it was sent: a program asks again with it later.
    cursor = page[-1].cursor if page else given.get("after", "")
    following = {"after": cursor or None, "size": str(size)}
    return schemas.Changes(
        changes=tuple(map(_change, page)),
        cursor=cursor,
        more=first + size < len(steps),
        next=links().whole.api("changes", **following),
    )


def _change(step: LatestChange) -> schemas.Change:
    """The change of an item, with the item as the generation has it."""
    # The generation may be ahead of the log for an instant: the kind follows the item that it has, not the log alone.
    found = generation().index.item(step.item)
    kind = ChangeKind.WENT if found is None else step.kind if step.kind != ChangeKind.WENT else ChangeKind.APPEARED
    current = _serializer().item(found) if found else None
    return schemas.Change(
        cursor=step.cursor, id=step.item, kind=kind, at=step.at, generation=step.generation, item=current
    )


def status(_given: Parameters) -> schemas.Status:
    """The program, the bodies and the number of items served."""
    problem = reader().problem
    return schemas.Status(
        program=__version__,
        items=generation().index.search(parse(limit=0)).total,
        bodies=tuple(map(_serializer().body_name, coverage().listed_bodies)),
        problem=str(problem) if problem else None,
    )


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation of the interface: an address and the function that answers there.

    Attributes:
        path: the rule of the address, as Flask writes it.
        answer: the function that gives the data of the envelope; its annotation names their schema.
        parameters: the parameters that the query string may have.
        in_path: the parameters in the path.
        example: values of the query string for the example in the reference.
    """

    path: str
    answer: Callable[..., Any]
    parameters: tuple[Parameter, ...] = NAMES
    in_path: tuple[Parameter, ...] = ()
    example: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name of the operation, which is that of its function."""
        return self.answer.__name__

    def __call__(self, **in_path: str) -> Response:
        """Answer a request with the data in their envelope."""
        data = self.answer(read_checked(self.parameters, strict=True), **in_path)
        names = _names()
        envelope = schemas.Envelope(
            generation=generation().id,
            made=generation().made,
            link=links().whole.here(links().ui),
            coverage=names.total_coverage,
            notices=names.notices,
            data=data,
        )
        return Response(json.encode(envelope), mimetype="application/json")


_TEXT = {"type": "string", "minLength": 1}
_BODY = Parameter("body", "The id of the body.", _TEXT)

OPERATIONS = (
    Operation("/search", search, SEARCH, example={"q": "evidence", "kind": "recommendation", "size": "2"}),
    Operation("/suggest", suggest, SUGGEST, example={"q": "ev"}),
    Operation("/item/<path:id>", item, in_path=(Parameter("id", "The id of the item: `body/IX/3`.", _TEXT),)),
    Operation(
        "/meeting/<body>/<meeting>",
        meeting,
        in_path=(_BODY, Parameter("meeting", "The id of the meeting within the body: `IX`.", _TEXT)),
    ),
    Operation("/body/<body>", body, in_path=(_BODY,)),
    Operation("/export", export, EXPORT, example={"size": "2"}),
    Operation("/changes", changes, CHANGES, example={"size": "2"}),
    Operation("/status", status),
)

for each in OPERATIONS:
    blueprint.add_url_rule(each.path, each.name, each)
