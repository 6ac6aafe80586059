"""A page read as a browser would, for tests that ask what it says and where its links lead."""

from collections.abc import Iterator
from html.parser import HTMLParser

VOID = {"base", "meta", "link", "input", "img", "br", "hr"}


class Element:
    """An element: its name, attributes, and what it holds."""

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.name = name
        self.attributes = attributes
        self.content: list[Element | str] = []

    @property
    def text(self) -> str:
        """All its text, spaces made single."""
        return " ".join(self.raw.split())

    @property
    def raw(self) -> str:
        """All its text as it stands."""
        return "".join(each if isinstance(each, str) else each.raw for each in self.content)

    def all(self, name: str, **attributes: str) -> "list[Element]":
        """The elements in it with this name and these attributes, in order; ``class_`` asks for one class."""
        wanted = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
        return [each for each in self.elements() if each.name == name and each.has(wanted)]

    def elements(self) -> "Iterator[Element]":
        """All elements in it, in order."""
        for each in self.content:
            if isinstance(each, Element):
                yield each
                yield from each.elements()

    def one(self, name: str, **attributes: str) -> "Element":
        """The only such element."""
        found = self.all(name, **attributes)
        assert len(found) == 1, f"{len(found)} of {name} {attributes}"
        return found[0]

    def has(self, wanted: dict[str, str]) -> bool:
        """Tell whether it has these attributes."""
        given = self.attributes
        return all(
            value in given.get(key, "").split() if key == "class" else given.get(key) == value
            for key, value in wanted.items()
        )

    def __getitem__(self, attribute: str) -> str:
        return self.attributes[attribute]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].content.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].name == tag, f"</{tag}> closes <{self.open[-1].name}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].content.append(data)


def read(html: str) -> Element:
    """The page; every element must be closed in its place."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert len(reader.open) == 1, f"<{reader.open[-1].name}> is never closed"
    return reader.open[0]
