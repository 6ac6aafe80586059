"""Search inside other sites: as a fragment or in a frame; and the builder of their snippets."""

# ARCHITECTURE.md: What goes into pages of other sites is ASCII with character references.

from typing import Any
from urllib.parse import urlencode, urlsplit

from flask import Blueprint, g, render_template, request
from werkzeug.wrappers import Response

from indexer.query.parser import parse
from search_app.present.search import Answer, ask
from search_app.request.locale import interface_language
from search_app.request.parameters import INTERFACE, SEARCH, SIZE, Pairs, Parameter, Parameters, choice, count
from search_app.request.urls import Host, Links
from search_app.views.embed_scripts import ELEMENT, FRAME, LIMITS, newest
from search_app.web.caching import keep
from search_app.web.context import (
    coverage,
    generation,
    links,
    memoize,
    parameters,
    read_checked,
    request_context,
    settings,
)
from search_app.web.headers import policy

blueprint = Blueprint("embed", __name__, url_prefix="/embed")

TIERS = {
    "element": ("script-src", "connect-src", "form-action"),
    "frame": ("frame-src", "script-src"),
    "form": ("form-action",),
    "fragment": (),
}
"""The ways to embed the search, and the directives of a Content Security Policy that must name the service for each."""

THEMES = ("light", "dark")

_AT = Parameter(
    "at",
    "The address of the page that shows the results, on its own site or whole, without a query.",
    {
        "type": "string",
        "pattern": r"^(https?://[^/?#\\\s]+)?/(?!/)[^?#\\]*$",
        "examples": ["https://example.org/search"],
    },
)
MAX_OWN = 999
"""The most parameters of a host that can be told from those of its visitors."""

_TIER = Parameter("tier", "The way to embed the search.", choice(tuple(TIERS), next(iter(TIERS))))

_OWN = Parameter("own", "How many of the parameters that follow are those of the host.", count(MAX_OWN, 1))

_QUERY = tuple(parameter.name for parameter in SEARCH)
_GIVEN_BY_THE_HOST = (_OWN.name, "at", INTERFACE, "size")


@blueprint.before_request
def _begin() -> None:
    # An error page may be rendered before the host is read, or because it cannot be: it needs one too.
    g.host = Host("", {})
    if request.endpoint != "embed.builder":
        request_context().links = links().whole
        g.layout = f"embed/{'frame' if request.endpoint == 'embed.frame' else 'fragment'}.html"
        if request.endpoint == "embed.fragment":
            request_context().take(_within_limits(request_context().sent))
    g.host = _host()


keep(blueprint, lambda: generation().id)


@blueprint.context_processor
def _of_the_place() -> dict[str, Any]:
    asked = parameters()
    theme = asked.get("theme")
    return {
        "LIMITS": LIMITS,
        "host": g.host,
        "limits": Parameters(_limits()),
        "theme": theme if theme in THEMES else None,
        "elsewhere": asked.get("results") == "site",
    }


@blueprint.after_request
def _for_other_sites(response: Response) -> Response:
    if request.endpoint == "embed.builder":
        response.headers["Content-Security-Policy"] = policy(frame_src="'self'")
        return response
    # A frame or fragment is part of another page: search engines must not offer it alone.
    response.headers["X-Robots-Tag"] = "noindex, follow"
    if request.endpoint == "embed.fragment":
        response.set_data(_in_any_charset(response.get_data(as_text=True)))
        return response
    response.headers["Content-Security-Policy"] = policy(frame_ancestors=f"'self' {settings().frame_hosts}".strip())
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Cross-Origin-Embedder-Policy"] = "require-corp"  # for pages that ask it of what they frame
    return response


@blueprint.get("/v1/frame")
def frame() -> str:
    """The search box and the results of a search as a frame's page."""
    return render_template("embed/answer.html", layout=g.layout, answer=_answer())


@blueprint.get("/v1/fragment")
def fragment() -> str:
    """The search box and results as a part of another site's page; ``at`` is the address of that page."""
    return render_template("embed/answer.html", layout=g.layout, answer=_answer())


@blueprint.get("")
def builder() -> str:
    """The page that makes snippets for another site, with a preview."""
    tier = _TIER.choice(read_checked((_TIER,)))
    return render_template(
        "embed/builder.html",
        tiers=tuple(TIERS),
        themes=THEMES,
        tier=tier,
        answer=_answer(),
        snippets=[_in_any_charset(each) for each in _snippets(tier, links().whole)],
        preview=None if tier == "fragment" else _snippets(tier, links())[0],
        directives=_policy(tier),
        facets=memoize("everything", lambda: generation().index.search(parse(limit=0))).facets,
    )


def _answer() -> Answer | None:
    """The results of the query in the address; None where there is no query."""
    if "q" not in parameters():
        return None
    given = read_checked((*SEARCH, SIZE))
    return ask(generation().index, coverage().citations, given, int(given.get("size", settings().page_size)))


def _host() -> Host:
    """The page of another site that shows the results; its links carry some parameters along.

    Raises:
        BadParameter: ``at`` is not the address of a page.
    """
    given = parameters()
    at = read_checked((_AT,)).get("at", "")
    # The server of a fragment sends these parameters itself at each request: the links need not carry them.
    dropped = _QUERY + (_GIVEN_BY_THE_HOST if request.endpoint == "embed.fragment" else ())
    return Host(
        links().frame() if request.endpoint == "embed.frame" else at,
        {name: value for name, value in given.items() if name not in dropped},
    )


def _limits() -> Pairs:
    """The limits that the address states, in their order."""
    return [(name, value) for name in LIMITS for value in parameters().every(name) if value]


def _within_limits(sent: Pairs) -> Pairs:
    """Leave out parameters by which visitors would lift the limits of a host.

    A host's server adds what the browser sent to its own parameters. So the first value of each field counts; where the
    very first parameter is ``own``, it says how many of the next ones are the host's, of which all count.
    """
    own: Pairs = ()
    if sent and sent[0][0] == _OWN.name:
        _OWN.check(sent[0][1])
        own = sent[1 : int(sent[0][1]) + 1]
    limited = {name for name, _ in own}
    rest = (pair for pair in Parameters(sent[len(own) :]).items() if pair[0] not in limited)
    return (*own, *rest)


def _in_any_charset(html: str) -> str:
    """HTML in ASCII with character references, which reads the same in any charset."""
    return html.encode("ascii", "xmlcharrefreplace").decode()


def _snippets(tier: str, made_by: Links) -> tuple[str, ...]:
    """The snippets to paste; for the fragment, one for each language of servers."""
    files = ("fragment.asp", "fragment.php") if tier == "fragment" else (f"{tier}.html",)
    return tuple(
        render_template(
            f"embed/snippets/{file}",
            links=made_by,
            address=_address(tier),
            script=newest(FRAME if tier == "frame" else ELEMENT),
            size=read_checked((SIZE,)).get("size"),
            sandboxed=made_by.root == made_by.public_root,  # not in the preview: a frame of one origin could lift it
        ).strip()
        for file in files
    )


def _address(tier: str) -> str:
    """The query string for a frame or a fragment: the limits, and the choices of display."""
    names = (*LIMITS, "size", *(("results", "theme") if tier == "frame" else ()))
    given = [(name, value) for name in names for value in parameters().every(name) if value]
    given.insert(0, (INTERFACE, interface_language()))
    if tier == "fragment" and len({name for name, _ in given}) < len(given):
        given.insert(0, (_OWN.name, str(len(given))))
    return urlencode(given)


def _policy(tier: str) -> tuple[str, ...]:
    """The directives that a site adds to its Content Security Policy for a tier."""
    parts = urlsplit(links().public_root)
    return tuple(f"{directive} {parts.scheme}://{parts.netloc};" for directive in TIERS[tier])
