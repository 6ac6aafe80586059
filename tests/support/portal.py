"""A site of somebody else, on another origin: classic pages in windows-1252 and quirks mode, with a strict policy, a
hostile style sheet and scripts that get in the way.
"""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

from tests.support.document import read
from tests.support.paths import ROOT

HOSTILE = """
* { all: unset; display: block; font-size: 34px !important; letter-spacing: 3px; text-transform: uppercase; }
head, title, script, style, link { display: none; }
input, button { background: lime; visibility: visible; }
"""

SHORTCUTS = """
window.heard = [];
document.addEventListener("keydown", (event) => {
  if (event.target.tagName === "INPUT") return;
  window.heard.push(event.key);
  if (event.key === "/" || event.key === "s") event.preventDefault();
});
"""

TRAP = """
const FOCUSABLE = "a[href], input:not([type=hidden]), button, [tabindex]:not([tabindex='-1'])";
const dialog = () => document.querySelector("#dialog");
const fields = () => [...dialog().querySelectorAll(FOCUSABLE)];
document.addEventListener("focusin", ({ target }) => {
  if (dialog() && !%s) fields()[0].focus();
}, true);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Tab" || !dialog()) return;
  const all = fields();
  const [edge, other] = event.shiftKey ? [all[0], all.at(-1)] : [all.at(-1), all[0]];
  if (document.activeElement === edge) { event.preventDefault(); other.focus(); }
}, true);
"""
"""A dialog that takes the focus back when it is elsewhere; what is within it is for the dialog to say."""

PAPER = "".join(
    re.findall(r"@media print \{\n.+?\n\}\n", (ROOT / "docs" / "embedding.md").read_text("utf-8"), re.DOTALL)
)
"""What the documentation gives sites for the fragment."""

OBSERVER = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const each of list.getEntries()) if (!each.hadRecentInput) window.shifts.push(each.value);
}).observe({ type: "layout-shift", buffered: true });
document.addEventListener("keydown", () => { window.acted = performance.now(); }, true);
window.told = [];
for (const name of ["rs-search", "rs-results", "rs-open", "rs-error"])
  document.addEventListener(name, (event) => {
    window.told.push([name, event.detail]);
    if (window.refused === name) event.preventDefault();
  });
"""

COUNTER = """
window.told = 0;
window.last = false;
addEventListener("message", ({ data }) => {
  if (data === "last") window.last = true;
  else window.told += 1;
});
"""

FILES = {
    "/counter.js": ("text/javascript", COUNTER),
    "/hostile.css": ("text/css", HOSTILE),
    "/paper.css": ("text/css", PAPER),
    "/shortcuts.js": ("text/javascript", SHORTCUTS),
    "/trap.js": ("text/javascript", TRAP % "dialog().contains(target)"),
    "/narrow-trap.js": ("text/javascript", TRAP % "fields().includes(target)"),
    "/observer.js": ("text/javascript", OBSERVER),
}

ABOVE = '<p id="above">Reuni\xf3n de ministros: \xbfqu\xe9 se recomend\xf3? \x93Comillas\x94 y se\xf1as.</p>'
BELOW = '<p id="below">Secretar\xeda t\xe9cnica. <a href="/elsewhere">Otra p\xe1gina</a></p>'

Maker = Callable[[str], str]


class Portal:
    """The site. ``pages`` are made by functions of the query string, as its server sends it on."""

    def __init__(self, search: str) -> None:
        self.search = search
        self.address = ""
        self.pages: dict[str, Maker] = {}

    def put(self, content: str | Maker, head: str = "", body: str = "{0}") -> str:
        """Put a page up that holds this content; its address."""
        path = f"/page-{len(self.pages)}.asp"

        def make(query: str) -> str:
            held = content if isinstance(content, str) else content(query)
            shown = body.format("<h1>Portal</h1><h2>Buscar</h2>" + ABOVE + held + BELOW)
            return f'<html lang="es"><head><title>Portal</title>{head}</head><body>{shown}</body></html>'

        self.pages[path] = make
        return self.address + path

    def snippet(self, **choices: str) -> str:
        """Code to paste, from the page 'Embed this search', for some choices."""
        with urlopen(f"{self.search}/embed?{urlencode({'ui': 'es', **choices})}") as answer:
            return read(str(answer.read(), "utf-8")).all("pre", class_="pasted")[0].raw

    def include(self, given: str) -> Maker:
        """Stand-in for the sample page for servers: the service's answer to the browser's own query."""

        def make(query: str) -> str:
            try:
                answer = urlopen(f"{self.search}/embed/v1/fragment?{given}&{query}")
            except HTTPError as refused:
                answer = refused
            with answer:
                return str(answer.read(), "ascii")

        return make

    @property
    def policy(self) -> str:
        """A policy that lets nothing stand in the page itself, and of other sites the search alone."""
        search = self.search
        return (
            f"default-src 'none'; style-src 'self'; script-src 'self' {search}; connect-src {search}; "
            f"frame-src {search}; form-action 'self' {search}; base-uri 'none'; require-trusted-types-for 'script'"
        )


@contextmanager
def portal_beside(search: str) -> Iterator[Portal]:
    """A portal that embeds the search at an address."""
    portal = Portal(search)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path, _, query = self.path.partition("?")
            kind, content = FILES.get(path, ("text/html", ""))
            if path in portal.pages:
                content = portal.pages[path](query)
            self.send_response(200)
            self.send_header("Content-Type", f"{kind}; charset=windows-1252")
            self.send_header("Content-Security-Policy", portal.policy)
            self.end_headers()
            self.wfile.write(content.encode("latin-1"))

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        portal.address = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield portal
        server.shutdown()
        thread.join()
