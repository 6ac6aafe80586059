from indexer.model import Box, Place, Version

BOX = Box(0, 0, 1, 1)
VERSION = Version(
    language="en",
    text="one two three four",
    places=(Place(1, BOX), Place(1, BOX, 4), Place(2, BOX, 8), Place(2, BOX, 14)),
    file="a.pdf",
    sha256="0" * 64,
)


def test_a_version_tells_what_stands_at_each_of_its_places() -> None:
    assert [VERSION.text_at(place) for place in VERSION.places] == ["one ", "two ", "three ", "four"]


def test_a_version_tells_what_stands_on_each_of_its_pages() -> None:
    assert [VERSION.text_of(page) for page in (1, 2)] == ["one two ", "three four"]
