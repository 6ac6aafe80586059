"""Every address that the pages hold is made here."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from flask import request, url_for

from indexer.model import FIELDS, Filter, Item, Match, Meeting, Question, Sort, Version
from indexer.naming import Named
from search_app.parameters import INTERFACE, Parameters, read_parameters

STATIC = Path(__file__).parent / "static"


@cache
def digest(file: str) -> str:
    """The beginning of the SHA-256 of a static file: part of its address, so that it can be kept for ever."""
    return hashlib.sha256((STATIC / file).read_bytes()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Links:
    """The addresses for one request. ``ui`` is the language that the request chose, carried along in each link;
    ``manner`` how it asks where not as usual, carried along to a text and back.
    """

    ui: str | None
    public_url: str = ""
    manner: Parameters = field(default_factory=dict)

    def home(self) -> str:
        """The first page."""
        return self._to("pages.home")

    def meetings(self, body: str | None = None) -> str:
        """The list of all meetings, at those of one body."""
        return self._to("pages.meetings") + (f"#{quote(body)}" if body else "")

    def coverage(self) -> str:
        """What the index holds and lacks."""
        return self._to("pages.coverage")

    def help(self) -> str:
        """How to ask."""
        return self._to("pages.help_page")

    def search(self, question: Question | None = None, page: int = 1) -> str:
        """The results of a question."""
        return self._to("pages.search", **(parameters_of(question, page) if question else {}))

    def search_action(self) -> str:
        """Where the form of the search box is sent; its fields are the parameters."""
        return url_for("pages.search")

    def words(self, text: str) -> str:
        """The results of some words, as typed into the box, asked in the manner of the present request."""
        return self._to("pages.search", q=text or None, **self.manner)

    def choose(self, question: Question, field: str, value: str) -> str:
        """The same question with another value of one facet."""
        others = tuple(each for each in question.chosen if each.field != field)
        return self.search(replace(question, chosen=(*others, Filter(field, value))))

    def within(self, question: Question, named: Named) -> str:
        """What remains of a question that names a meeting, asked of that meeting."""
        return self.choose(replace(question, text=named.rest), "meeting", named.meeting.key)

    def drop(self, question: Question, field: str) -> str:
        """The same question without one facet."""
        return self.search(replace(question, chosen=tuple(each for each in question.chosen if each.field != field)))

    def widen(self, question: Question) -> str:
        """The same question without what was chosen."""
        return self.search(replace(question, chosen=()))

    def reword(self, question: Question, text: str) -> str:
        """Another wording with the same facets."""
        return self.search(replace(question, text=text))

    def sorted_by(self, question: Question, sort: Sort) -> str:
        """The same results in another order."""
        return self.search(replace(question, sort=sort))

    def matching(self, question: Question, match: Match) -> str:
        """The same question, of which all words must match, or any may."""
        return self.search(replace(question, match=match))

    def with_equivalents(self, question: Question, wanted: bool) -> str:
        """The same question, with equivalent terms searched as well or not."""
        return self.search(replace(question, equivalents=wanted))

    def explained(self, question: Question, wanted: bool) -> str:
        """The same results, each saying why it is one or not."""
        return self.search(replace(question, explain=wanted))

    def suggestions(self) -> str:
        """Where completions of what is being typed are asked for."""
        return self._to("pages.suggest")

    def meeting(self, meeting: Meeting, language: str | None = None) -> str:
        """A meeting's page, its texts in one language."""
        return self._to("pages.meeting", body=meeting.body, meeting=meeting.id, lang=language)

    def item(self, item: Item, words: str = "", language: str | None = None) -> str:
        """An item's page, with the words of a question marked, opened at the version in a language."""
        fragment = f"#{quote(language)}" if language and language != item.versions[0].language else ""
        return self._to("pages.item", id=item.id, q=words or None, **(self.manner if words else {})) + fragment

    def pdf(self, body: str, file: str, page: int = 1, words: str = "") -> str:
        """A document, opened at a page as PDF viewers count; some viewers also mark the words."""
        mark = f"&search={quote(words, safe='')}&phrase=true" if words else ""
        return url_for("files.pdf", body=body, file=file) + f"#page={page}{mark}"

    def version(self, item: Item, version: Version, words: str = "") -> str:
        """The document of a version, opened where the version begins."""
        return self.pdf(item.body, version.file, version.page, words)

    def permanent(self, item: Item) -> str:
        """The address of an item to cite: whole, and without the question that led there."""
        return (self.public_url or request.host_url.rstrip("/") + request.script_root) + "/item/" + quote(item.id)

    def here(self, ui: str | None) -> str:
        """The present page in another language of the interface."""
        given = [(name, value) for name, value in read_parameters(request.query_string).items() if name != INTERFACE]
        query = urlencode([*given, *([(INTERFACE, ui)] if ui else [])], safe=_LEGIBLE)
        return quote(request.script_root + request.path, safe="/~") + (f"?{query}" if query else "")

    def asset(self, file: str) -> str:
        """A static file, named with its content."""
        return url_for("static", filename=file, v=digest(file))

    def _to(self, endpoint: str, **values: str | None) -> str:
        given = {name: value for name, value in values.items() if value is not None}
        in_path: dict[str, Any] = {name: given.pop(name) for name in _PATHS.get(endpoint, ()) if name in given}
        if self.ui:
            given[INTERFACE] = self.ui
        address = url_for(endpoint, **in_path)
        return address + (f"?{urlencode(given, safe=_LEGIBLE)}" if given else "")


_PATHS: dict[str, Sequence[str]] = {"pages.meeting": ("body", "meeting"), "pages.item": ("id",)}
_LEGIBLE = ":/~"
_MANNERS = {"match": "any", "equivalents": "off"}


def manner_of(parameters: Parameters) -> Parameters:
    """How a request asks, where it does not ask as usual."""
    return {name: value for name, value in _MANNERS.items() if parameters.get(name) == value}


def parameters_of(question: Question, page: int = 1) -> dict[str, str]:
    """The parameters that ask a question, those with the default value left out."""
    chosen = {each.field: each.value for each in question.chosen}
    return {
        **({"q": question.text} if question.text else {}),
        **{field: chosen[field] for field in FIELDS if field in chosen},
        **({"match": question.match} if question.match != "all" else {}),
        **({"equivalents": "off"} if not question.equivalents else {}),
        **({"sort": question.sort} if question.sort != "relevance" else {}),
        **({"explain": "on"} if question.explain else {}),
        **({"page": str(page)} if page > 1 else {}),
    }
