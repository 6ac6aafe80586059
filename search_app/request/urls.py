"""Links: every address that the pages hold."""

# ARCHITECTURE.md: Addresses are made of the routes' rules.

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache, partial
from pathlib import Path
from urllib.parse import quote, quote_plus, urlsplit

from werkzeug.routing import Map

from indexer.analysis.fields import FIELDS
from indexer.model import Filter, Item, Match, Meeting, Place, Query, Sort, Version
from indexer.query.meeting_mentions import MeetingMention
from search_app.request.parameters import INTERFACE, PAGE, RESULT, SEARCH, Pairs, Parameters
from search_app.request.pdf_fragment import pdf_fragment

STATIC = Path(__file__).parents[1] / "static"


@cache
def digest(file: str) -> str:
    """The beginning of the SHA-256 of a static file: part of its address, so that it can be kept for ever."""
    return hashlib.sha256((STATIC / file).read_bytes()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Links:
    """Address builder for one request. It reads nothing of a running request, so that it works without one.

    Attributes:
        rules: the routes that addresses are made of.
        ui: the language that the request chose, carried along in each link.
        root: stands before each path.
        public_root: stands before those that are to hold elsewhere: scheme, host and root.
        path: the path of the present page, below the root.
        parameters: the parameters of the present page.
        manner: how the request asks where not as usual, carried along to a text and back.
    """

    rules: Map
    ui: str | None
    root: str
    public_root: str
    path: str = "/"
    parameters: Parameters = field(default_factory=Parameters)
    manner: Mapping[str, str] = field(default_factory=dict)

    @property
    def whole(self) -> "Links":
        """The same addresses as they hold elsewhere: with scheme and host."""
        return self if self.root == self.public_root else replace(self, root=self.public_root)

    @property
    def is_of_this_machine_alone(self) -> bool:
        """True if the whole addresses lead to the machine itself, whichever asks."""
        host = urlsplit(self.public_root).hostname or ""
        return host in ("localhost", "::1") or host.startswith("127.")

    @property
    def without_page(self) -> "Links":
        """The whole addresses without a present page, equal for all requests in a language."""
        return replace(self.whole, path="/", parameters=Parameters(), manner={})

    def home(self) -> str:
        """The first page."""
        return self._to("pages.home")

    def meetings(self, body: str | None = None) -> str:
        """The list of all meetings, at those of one body."""
        return self._to("pages.meetings") + (f"#{quote(body)}" if body else "")

    def coverage(self) -> str:
        """The coverage page: what the index holds and lacks."""
        return self._to("pages.coverage_page")

    def help(self) -> str:
        """The help page."""
        return self._to("pages.help_page")

    def search(self, query: Query | None = None, page: int = 1) -> str:
        """The results of a query."""
        return self._asking("pages.search", parameters_of(query, page) if query else ())

    def search_action(self) -> str:
        """The target of the search form; its fields are the parameters."""
        return self._path("pages.search", {})

    def words(self, text: str) -> str:
        """The results of a query as typed, in the manner of the present request."""
        return self._to("pages.search", q=text or None, **self.manner)

    def choose(self, query: Query, field: str, value: str) -> str:
        """The same query with one more value of a facet."""
        return self.search(replace(query, chosen=(*query.chosen, Filter(field, value))))

    def within(self, query: Query, named: MeetingMention) -> str:
        """The rest of a query that names a meeting, searched in that meeting."""
        others = tuple(each for each in query.chosen if each.field != "meeting")
        there = replace(query, chosen=(*others, Filter("meeting", named.meeting.key)))
        return self._asking("pages.search", parameters_of(there, text=named.rest))

    def keep_only(self, query: Query, field: str, values: Iterable[str]) -> str:
        """The same query with these values of a facet in place of others."""
        others = (each for each in query.chosen if each.field != field)
        return self.search(replace(query, chosen=(*others, *(Filter(field, value) for value in values))))

    def drop(self, query: Query, choice: Filter) -> str:
        """The same query without one choice."""
        return self.search(replace(query, chosen=tuple(each for each in query.chosen if each != choice)))

    def widen(self, query: Query) -> str:
        """The same query without what was chosen."""
        return self.search(replace(query, chosen=()))

    def reword(self, query: Query, text: str) -> str:
        """Another wording with the same facets."""
        return self._asking("pages.search", parameters_of(query, text=text))

    def sorted_by(self, query: Query, sort: Sort) -> str:
        """The same results in another order."""
        return self.search(replace(query, sort=sort))

    def matching(self, query: Query, match: Match) -> str:
        """The same query, with other words that must match."""
        return self.search(replace(query, match=match))

    def with_equivalents(self, query: Query, wanted: bool) -> str:
        """The same query, with equivalent terms searched as well or not."""
        return self.search(replace(query, equivalents=wanted))

    def explanation(self, query: Query, wanted: bool) -> str:
        """The same results, each saying why it is one or not."""
        return self.search(replace(query, explain=wanted))

    def meeting(self, meeting: Meeting, language: str | None = None) -> str:
        """A meeting's page, its texts in one language."""
        return self._to("pages.meeting", body=meeting.body, meeting=meeting.id, lang=language)

    def item(self, item: Item, words: str = "", language: str | None = None) -> str:
        """An item's page, with the query's words marked, opened at a language."""
        return self._path("pages.item", {"id": item.id}) + self.asking(words) + opened_at(item, language)

    def result(self, query: Query, item: Item, number: int | None = None, language: str | None = None) -> str:
        """An item's page with the query that found it: the way back to its results.

        ``number`` counts it among all results; None where it is not one of them.
        """
        pairs = [*parameters_of(query), *([(RESULT.name, str(number))] if number else ())]
        return self._path("pages.item", {"id": item.id}) + self._query(pairs) + opened_at(item, language)

    def asking(self, words: str) -> str:
        """The query string that lets an item's page mark the searched words."""
        return self._query([("q", words), *self.manner.items()] if words else ())

    def pdf(self, body: str, file: str, fragment: str = "#page=1") -> str:
        """A document, opened at its first page or where a fragment says."""
        return self._path("files.pdf", {"body": body, "file": file}) + fragment

    def version(self, item: Item, version: Version) -> str:
        """The document of a version, opened where the version begins, with its text marked there."""
        return self.pdf(item.body, version.file, pdf_fragment(version.page, version.text_of(version.page)))

    def spot(self, item: Item, version: Version, place: Place) -> str:
        """The document of a version, opened at a place, with text and box marked."""
        return self.pdf(item.body, version.file, pdf_fragment(place.page, version.text_at(place), place))

    def official(self, version: Version) -> str | None:
        """The document of a version at its official address, opened likewise; None where that is not known."""
        return version.url and version.url + pdf_fragment(version.page, version.text_of(version.page))

    def permanent(self, item: Item) -> str:
        """The address of an item to cite: whole, and without the query that led there."""
        return self.whole._path("pages.item", {"id": item.id})

    def feed(self, query: Query, page: int = 1) -> str:
        """The feed of what answers a query."""
        return self._asking("feeds.query", parameters_of(query, page))

    def cite(self, item: Item, language: str, form: str) -> str:
        """The citation of an item as a file."""
        return self._path("citations.cite", {"form": form, "id": item.id}) + self._query([("lang", language)])

    def export(self, query: Query, form: str) -> str:
        """All results of a query as a file, or to print."""
        return self._asking(f"exports.{form}", parameters_of(query))

    def unapi(self) -> str:
        """The place where citation managers ask for citations (unAPI)."""
        return self._path("citations.unapi", {})

    def changes(self, until: str | None = None) -> str:
        """The feed of all changes, from the newest or a cursor backwards."""
        return self._to("feeds.changes", until=until)

    def tag(self, name: str) -> str:
        """Permanent id of a feed or an entry: a tag URI (RFC 4151).

        It is made of the host and the year of the first feed.
        """
        return f"tag:{urlsplit(self.public_root).hostname},2026:{quote(name, safe='/?:=&+%')}"

    def canonical(self) -> str:
        """Canonical address of the present page: without parameters but a chosen language."""
        chosen = f"?{INTERFACE}={self.ui}" if self.ui else ""
        return f"{self.public_root}{quote(self.path, safe='/~')}{chosen}"

    def browser_search(self) -> str:
        """The description of the search for browsers."""
        return self._to("discovery.browser_search")

    def browser_suggestions(self) -> str:
        """The suggestions for the search box of a browser."""
        return self._to("discovery.browser_suggest")

    def template(self, endpoint: str) -> str:
        """Address template with a place for the query (OpenSearch 1.1)."""
        return self._path(endpoint, {}) + "?q={searchTerms}" + (f"&{INTERFACE}={self.ui}" if self.ui else "")

    def sitemap(self, part: int | None = None) -> str:
        """The sitemap, or a part of it."""
        if part is None:
            return self._path("discovery.sitemap", {})
        return self._path("discovery.sitemap_part", {"part": str(part)})

    def icon(self) -> str:
        """The icon of the service."""
        return self._path("files.favicon", {})

    def reference(self) -> str:
        """The page about the interface for programs."""
        return self._to("reference.reference")

    def openapi(self) -> str:
        """The OpenAPI document of that interface."""
        return self._path("reference.openapi", {})

    def api(self, endpoint: str, **values: str | None) -> str:
        """An answer of the interface for programs."""
        return self._to(f"api.{endpoint}", **values)

    def api_search(self, query: Query, page: int, size: int) -> str:
        """The results of a query, for programs."""
        return self._asking("api.search", [*parameters_of(query, page), ("size", str(size))])

    def problem(self, code: str) -> str:
        """The explanation of a problem."""
        return f"{self._path('reference.reference', {})}#problem-{code}"

    def embed(self) -> str:
        """The page on showing the search on another site."""
        return self._to("embed.builder")

    def frame(self) -> str:
        """The search as a page for a frame on another site."""
        return self._path("embed.frame", {})

    def fragment(self) -> str:
        """The search as a part of a page that another site's server makes."""
        return self._path("embed.fragment", {})

    def script(self, file: str) -> str:
        """A script for pages of other sites."""
        return self._path("elements.script", {"file": file})

    def here(self, ui: str | None) -> str:
        """The present page in another language of the interface."""
        return self._here([*(pair for pair in self.parameters.pairs if pair[0] != INTERFACE), *_chosen_language(ui)])

    def correct(self, asked: Parameters, name: str, value: str, meant: str) -> str:
        """The present page with one parameter corrected, or without it where nothing is meant."""
        return self._here(_correct(asked, (name, value), meant))

    def _here(self, pairs: Iterable[tuple[str, str]]) -> str:
        return self.root + quote(self.path, safe="/~") + _query(pairs)

    def asset(self, file: str) -> str:
        """A static file, named with its content."""
        return f"{self._path('static', {'filename': file})}?v={digest(file)}"

    def _to(self, endpoint: str, **values: str | None) -> str:
        given = {name: value for name, value in values.items() if value is not None}
        return self._path(endpoint, given) + self._query(given.items())

    def _asking(self, endpoint: str, pairs: Iterable[tuple[str, str]]) -> str:
        return self._path(endpoint, {}) + self._query(pairs)

    def _query(self, given: Iterable[tuple[str, str]]) -> str:
        return _query([*given, *_chosen_language(self.ui)])

    def _path(self, endpoint: str, values: dict[str, str]) -> str:
        """The path of an endpoint; removes the values that stand in it from ``values``."""
        # Made of the rule: Flask's url_for took longer than finding what is linked.
        path = self.root
        for text, name in _parts(self.rules, endpoint):
            path += text + (_quoted(values.pop(name)) if name else "")
        return path


@dataclass(frozen=True, slots=True)
class Host:
    """The page that shows an answer.

    ``address`` is where the form and the pages of results lead, ``carried`` the parameters that they carry along.
    The empty address is that of the page itself, whichever that is.
    """

    address: str
    carried: Mapping[str, str]

    def form_fields(self, limits: Parameters) -> Pairs:
        """The parameters that a form carries along, with the limits of the search."""
        return (*self.carried.items(), *limits.pairs)

    def page(self, query: Query, page: int) -> str:
        """A page of the results of a query, shown by the same host."""
        return self._to(parameters_of(query, page))

    def reword(self, query: Query, text: str) -> str:
        """Another wording of a query, answered by the same host."""
        return self._to(parameters_of(query, text=text))

    def correct(self, asked: Parameters, name: str, value: str, meant: str) -> str:
        """The query with one parameter corrected, or without it, answered by the same host."""
        pairs = _correct(asked, (name, value), meant)
        return self._address(pair for pair in pairs if pair[0] in _OF_QUERIES or pair[0] in self.carried)

    def _to(self, parameters: Iterable[tuple[str, str]]) -> str:
        return self._address([*self.carried.items(), *parameters])

    def _address(self, pairs: Iterable[tuple[str, str]]) -> str:
        return f"{self.address}{_query(pairs) or '?'}"


def _chosen_language(ui: str | None) -> Iterable[tuple[str, str]]:
    return ((INTERFACE, ui),) if ui else ()


def _correct(asked: Parameters, wrong: tuple[str, str], meant: str) -> Iterator[tuple[str, str]]:
    """All parameters but the page, with one corrected, or without it where nothing is meant."""
    for pair in asked.pairs:
        if pair == wrong:
            if meant:
                yield pair[0], meant
        elif pair[0] != PAGE.name:
            yield pair


_OF_QUERIES = {parameter.name for parameter in SEARCH}
_MANNERS = {"match": ("all", "any"), "equivalents": ("off",)}
_PLACE = re.compile(r"<(?:\w+:)?(\w+)>")

_QUOTED_TEXTS = 4096
# The links of a page quote the same names, ids and words again and again.
_quoted = lru_cache(_QUOTED_TEXTS)(quote)
# RFC 3986 allows a colon and a slash in a query: the key of a meeting, which holds a slash, stays legible.
_encoded = lru_cache(_QUOTED_TEXTS)(partial(quote_plus, safe=":/~"))


def _query(parameters: Iterable[tuple[str, str]]) -> str:
    query = "&".join([f"{_encoded(name)}={_encoded(value)}" for name, value in parameters])
    return f"?{query}" if query else ""


@cache
def _parts(rules: Map, endpoint: str) -> tuple[tuple[str, str], ...]:
    """Text before each place of an endpoint's rule, with the place's name.

    The text after the last place has an empty name.
    """
    cut = [*_PLACE.split(next(rules.iter_rules(endpoint)).rule), ""]
    return tuple(zip(cut[::2], cut[1::2], strict=True))


def opened_at(item: Item, language: str | None) -> str:
    """The fragment that opens an item's page at the version in a language; the first needs none."""
    return f"#{quote(language)}" if language and language != item.versions[0].language else ""


def manner_of(parameters: Parameters) -> Mapping[str, str]:
    """The parameters for matching that differ from the default."""
    return {name: value for name, values in _MANNERS.items() if (value := parameters.get(name)) in values}


def parameters_of(query: Query, page: int = 1, text: str | None = None) -> list[tuple[str, str]]:
    """The parameters that state a query, those with the default value left out; ``text`` stands in place of its own."""
    words = query.text if text is None else text
    # Each choice once, the fields in their order: the same choices have one address, in whatever order they are made.
    chosen = dict.fromkeys((field, each.value) for field in FIELDS for each in query.chosen if each.field == field)
    others = {
        "match": query.match if query.match != "best" else "",
        "equivalents": "" if query.equivalents else "off",
        "sort": query.sort if query.sort != "relevance" else "",
        "explain": "on" if query.explain else "",
        "page": str(page) if page > 1 else "",
    }
    return [*([("q", words)] if words else []), *chosen, *(pair for pair in others.items() if pair[1])]
