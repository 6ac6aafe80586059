from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from indexer.items.align import gather
from indexer.items.documents import ReadDocument
from indexer.model import Box, Document, Entry, Item, Kind, Passage, Place, State

PLACE = Place(1, Box(0.0, 0.0, 1.0, 1.0))


def passages(paths: Iterable[str], kind: Kind = Kind.RECOMMENDATION) -> tuple[Passage, ...]:
    return tuple(Passage(path, kind, f"text of {path}", (PLACE,)) for path in paths)


def cut(
    language: str, paths: Iterable[str], role: str = "recommendations", kind: Kind = Kind.RECOMMENDATION
) -> ReadDocument:
    document = Document("islands", "IX", file=f"{role}-{language}.pdf", role=role)
    entry = Entry("islands", "IX", language, role, State.INDEXED)
    return ReadDocument(document, document.file or "", "0" * 64, language, passages(paths, kind), entry)


def languages(items: Iterable[Item]) -> list[tuple[str, str]]:
    return [(item.id, "".join(version.language for version in item.versions)) for item in items]


def test_the_same_path_in_two_languages_is_one_item() -> None:
    items = gather([cut("es", "123"), cut("en", "13")], ("en", "es"))
    assert languages(items) == [("islands/IX/1", "enes"), ("islands/IX/2", "es"), ("islands/IX/3", "enes")]


def test_another_role_stands_in_the_id() -> None:
    items = gather([cut("en", "1", "report"), cut("en", "1")], ("en",))
    assert [item.id for item in items] == ["islands/IX/1", "islands/IX/report/1"]


def test_what_differs_in_kind_is_not_one_item() -> None:
    items = gather([cut("en", "1"), cut("es", "1", kind=Kind.PARAGRAPH)], ("en", "es"))
    assert [(item.path, item.kind) for item in items] == [
        ("1", Kind.RECOMMENDATION),
        ("paragraph.1", Kind.PARAGRAPH),
    ]


PATHS = st.lists(st.sampled_from([str(number) for number in range(12)]), unique=True)


@given(st.dictionaries(st.sampled_from(["en", "es", "pt", "fr", "xx"]), PATHS), st.randoms(use_true_random=False))
def test_no_passage_is_lost_and_the_order_of_documents_does_not_matter(by_language, random) -> None:  # type: ignore[no-untyped-def]
    cuts = [cut(language, paths) for language, paths in by_language.items()]
    items = gather(cuts, ("en", "es"))
    random.shuffle(cuts)
    assert gather(cuts, ("en", "es")) == items
    assert sum(len(item.versions) for item in items) == sum(map(len, by_language.values()))
    assert [item.order for item in items] == list(range(len(items)))
    assert len({item.id for item in items}) == len(items)
