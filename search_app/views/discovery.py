"""Description of the service for browsers and crawlers: OpenSearch, robots and sitemap."""

from collections.abc import Iterator
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from flask import Blueprint, abort
from werkzeug.wrappers import Response

from indexer.model import State, json
from indexer.query.parser import MAX_LENGTH, parse
from search_app.request.locale import gettext, interface_language
from search_app.web.caching import keep
from search_app.web.context import coverage, generation, history, links, parameters

blueprint = Blueprint("discovery", __name__)

PART = 10_000
"""Items in a part of the sitemap; the protocol allows 50,000."""

_OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_SHORT_NAME = 16
"""Characters that OpenSearch allows for the short name of a search."""

keep(blueprint, lambda: f"{generation().id} {history().switches}")


@blueprint.get("/opensearch.xml")
def browser_search() -> Response:
    """The description of the search for browsers (OpenSearch 1.1)."""
    whole = links().whole
    root = ET.Element("OpenSearchDescription", xmlns=_OPENSEARCH)
    ET.SubElement(root, "ShortName").text = gettext("Recommendations")[:_SHORT_NAME]
    ET.SubElement(root, "Description").text = gettext("Search the recommendations")
    ET.SubElement(root, "Language").text = interface_language()
    ET.SubElement(root, "InputEncoding").text = "UTF-8"
    ET.SubElement(root, "Image", type="image/svg+xml").text = whole.icon()
    for relation, media_type, address in (
        ("results", "text/html", whole.template("pages.search")),
        ("results", "application/atom+xml", whole.template("feeds.query")),
        ("suggestions", "application/x-suggestions+json", whole.template("discovery.browser_suggest")),
        ("self", "application/opensearchdescription+xml", whole.browser_search()),
    ):
        ET.SubElement(root, "Url", rel=relation, type=media_type, template=address)
    return _xml(root, "application/opensearchdescription+xml")


@blueprint.get("/suggestions")
def browser_suggest() -> Response:
    """Completions for the search box of a browser: the text typed, then the completions."""
    typed = parameters().get("q", "")[:MAX_LENGTH]
    texts = [completion.text for completion in generation().index.suggest(typed)]
    return Response(json.encode([typed, texts]), mimetype="application/x-suggestions+json")


@blueprint.get("/robots.txt")
def robots() -> Response:
    """The rules for crawlers, and the address of the sitemap."""
    # Results and answers for programs have no end, as each query makes more. Pages, items and documents stay open.
    excluded = (links().search_action(), links().browser_suggestions(), links().reference())
    rules = "".join(f"Disallow: {address}\n" for address in excluded)
    text = f"User-agent: *\n{rules}\nSitemap: {links().whole.sitemap()}\n"
    return Response(text, mimetype="text/plain")


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """The index of the sitemap, which lists its parts."""
    root = ET.Element("sitemapindex", xmlns=_SITEMAP)
    # Part 0 has the pages, meetings and documents; items begin with part 1.
    for part in range(_parts() + 1):
        ET.SubElement(ET.SubElement(root, "sitemap"), "loc").text = links().whole.sitemap(part)
    return _xml(root, "application/xml")


@blueprint.get("/sitemap-<int:part>.xml")
def sitemap_part(part: int) -> Response:
    """A part of the sitemap: the pages, meetings and documents in part 0, then the items in order."""
    if part > _parts():
        abort(404)
    root = ET.Element("urlset", xmlns=_SITEMAP)
    for address, changed in _items(part) if part else ((each, None) for each in _others()):
        url = ET.SubElement(root, "url")
        ET.SubElement(url, "loc").text = address
        if changed:
            ET.SubElement(url, "lastmod").text = changed.astimezone(UTC).isoformat(timespec="seconds")
    return _xml(root, "application/xml")


def _parts() -> int:
    return -(-generation().index.search(parse(limit=0)).total // PART)


def _others() -> Iterator[str]:
    whole = links().whole
    yield from (whole.home(), whole.meetings(), whole.coverage(), whole.help())
    yield from map(whole.meeting, coverage().meetings.values())
    for entry in coverage().ledger:
        if entry.file and entry.state is State.INDEXED:
            # A fragment opens a place in the PDF; crawlers are to know each document by one address.
            yield whole.pdf(entry.body, entry.file).partition("#")[0]


def _items(part: int) -> Iterator[tuple[str, datetime | None]]:
    asked = parse(sort="document", offset=(part - 1) * PART, limit=PART)
    for hit in generation().index.search(asked).hits:
        yield links().permanent(hit.item), history().latest.get(hit.item.id)


def _xml(root: ET.Element, media_type: str) -> Response:
    return Response(ET.tostring(root, encoding="utf-8", xml_declaration=True), mimetype=media_type)
