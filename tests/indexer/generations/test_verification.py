"""Verification of an index: any text is published, unless the index has lost what it was given."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from indexer.analysis.tokenizer import ParsedText, tokenize
from indexer.engines.base import MEMORY, Engine
from indexer.engines.memory import MemoryEngine
from indexer.engines.whoosh import WhooshEngine
from indexer.engines.whoosh.inverter import Inverter
from indexer.generations.verification import verify
from indexer.model import UNFOUND, Entry, Publication, Query, Results, State
from indexer.model.errors import BadIndex
from tests.support.plain_engine import PlainEngine, PlainIndex
from tests.support.publications import item, publication

ENGINES: tuple[Engine, ...] = (MemoryEngine(), WhooshEngine())

PECULIAR = (
    *("informacio\u0301n pu\u0301blica", "SARSCOV2", "g\u0303uarani", "infor\u200bmation", "co\u00adop", "H₂O 10²"),
    *("XXXIV-0/04", "24/7", "O.A.S.", "1,000", "cyber-crime", "State's", "l’évidence", "ʼa’b", "Conventions² 2"),
    *("अन्तर्राष्ट्रीय", "क्\u200dष", "क्\u200cष", "שָׁלוֹם", "مُحَمَّد", "ﷺ", "ความร่วมมือ", "ᠮᠣᠩ\u180eᠭᠣᠯ"),
    *("国際協力\U000e0100", "ガﾞ", "한국 \u1112\u1161\u11ab", "ＣＹＢＥＲ", "oﬃce ﬁle", "Ŀ", "⑴ ① ½ №", "İstanbul ı"),
    *("STRAẞE", "ΣΑΣ", "𝐀𝐁𝐂", "👨\u200d👩\u200d👧 ok", "\ue000\ue001", "K\u212b", "\u0301abc", "a\ufe0fb", "a\0b\x01c"),
    *("the of and", "OR", "NOT", "AND NEAR/5", "NEAR", "body:x year:2006 lang:xx", '"quoted', "begin* typo~ -minus"),
    *("(a", "---", "", "y" * 2500, "é" * 2500),
)
"""Words in many scripts and of many makes, what the query language has a use for, and what holds no word."""

texts = st.lists(
    st.sampled_from(PECULIAR) | st.text(st.characters(codec="utf-8"), max_size=12), min_size=1, max_size=5
).map(" ".join)


def has_a_word(text: str) -> bool:
    return bool(tokenize(text, "en"))


def of(texts: Sequence[str], language: str = "en") -> Publication:
    """A publication of one document, whose items say this."""
    items = [item("I", str(path), {language: text}, order=path) for path, text in enumerate(texts, start=1)]
    entry = Entry(
        body="body",
        meeting="I",
        language=language,
        role="recommendations",
        state=State.INDEXED,
        file=f"{language}.pdf",
        pages=1,
    )
    return replace(publication(items), ledger=(entry,))


def verified(engine: Engine, published: Publication) -> tuple[Entry, ...]:
    """The ledger that comes of verifying what the engine writes of a publication."""
    with TemporaryDirectory() as folder:
        engine.publish(Path(folder), published, lambda _done, _all: None)
        return verify(engine, Path(folder), published)


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
@settings(max_examples=150)
@given(st.lists(texts.filter(has_a_word), min_size=1, max_size=3), st.sampled_from(["en", "es", "gn"]))
@example([text for text in PECULIAR if has_a_word(text)], "es")
def test_any_text_that_has_a_word_is_published_and_found(engine: Engine, texts: list[str], language: str) -> None:
    published = of(texts, language)
    assert verified(engine, published) == published.ledger


@pytest.mark.parametrize("text", PECULIAR)
def test_each_peculiar_text_is_published_and_found_beside_another(text: str) -> None:
    published = of(["That States act", text])
    assert verified(WhooshEngine(), published) == published.ledger


class Deaf(PlainEngine):
    """Finds none of the items with these paths, whatever is asked."""

    def __init__(self, *paths: int) -> None:
        self.paths = paths

    def open(self, folder: Path, memory: int = MEMORY) -> PlainIndex:
        deaf_to = {f"body/I/{path}" for path in self.paths}

        class Index(PlainIndex):
            def search(self, query: Query) -> Results:
                found = super().search(query)
                return replace(found, hits=tuple(hit for hit in found.hits if hit.item.id not in deaf_to))

        return Index(tuple(super().open(folder, memory).items()))


class Faulty(PlainEngine):
    """Opens an index that answers otherwise than what it was given."""

    def __init__(self, **answers: Callable[..., object]) -> None:
        self.answers = answers

    def open(self, folder: Path, memory: int = MEMORY) -> PlainIndex:
        return type("Index", (PlainIndex,), self.answers)(tuple(super().open(folder, memory).items()))  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("engine", "words"),
    [
        (Faulty(items=lambda _index: ()), "it does not give back body/I/1"),
        (Faulty(search=lambda _index, _question: Results(7, (), (), "")), "it counts 7 items of 1"),
        (Faulty(item=lambda _index, _id: None), "it does not find body/I/1 by its id"),
    ],
)
def test_an_index_that_does_not_hold_what_it_was_given_is_refused_and_told_of(engine: Engine, words: str) -> None:
    with pytest.raises(BadIndex, match=words):
        verified(engine, of(["That States act"]))


def test_a_single_item_that_is_not_found_is_named_and_keeps_nothing_back() -> None:
    (entry,) = verified(Deaf(2), of(["That States act", "That judges be trained", "That all report"]))
    (caution,) = entry.warnings
    assert (caution.code, caution.page) == (UNFOUND, 1)
    assert "body/I/2 by its word “trained”" in caution.message.sentence()
    assert "more of this document" not in caution.message.sentence()


@pytest.mark.parametrize("lost", [(1,), (1, 2), (1, 3)])
def test_an_index_is_refused_that_lost_the_only_item_or_two_of_a_few(lost: tuple[int, ...]) -> None:
    texts = ["That States act", "That judges be trained", "That all report"][: max(lost)]
    with pytest.raises(BadIndex, match=r"asked for '\w+', it does not give body/I/\d \(en\.pdf, page 1\)"):
        verified(Deaf(*lost), of(texts))


def test_of_many_items_one_in_a_hundred_may_be_lost_and_no_more() -> None:
    published = of([f"That States act on matter{number}" for number in range(300)])
    (entry,) = verified(Deaf(1, 150, 299), published)
    assert "nor 2 more of this document by theirs" in entry.warnings[0].message.sentence()
    with pytest.raises(BadIndex, match="does not give body/I/300"):
        verified(Deaf(1, 150, 299, 300), published)


def test_queries_that_no_engine_answers_say_nothing_against_an_index(monkeypatch: pytest.MonkeyPatch) -> None:
    def cut_otherwise(text: str) -> ParsedText:
        return ParsedText([], [0, len(text) - 1], [])

    monkeypatch.setattr("indexer.generations.verification.parse", cut_otherwise)
    published = of([f"information{number}" for number in range(9)])
    (entry,) = verified(WhooshEngine(), published)
    assert "body/I/1 by its word “information”, nor 8 more" in entry.warnings[0].message.sentence()


@pytest.fixture
def losing(monkeypatch: pytest.MonkeyPatch) -> set[int]:
    """The rows of which a Whoosh index loses the words of the text."""
    rows: set[int] = set()
    whole = Inverter._add_words

    def add_words(self: Inverter, parsed: ParsedText, language: str, base: int) -> None:
        lost = not base and len(self._lengths[0]) in rows
        whole(
            self,
            ParsedText([f"lost{word}" for word in parsed.words], parsed.bounds, []) if lost else parsed,
            language,
            base,
        )

    monkeypatch.setattr(Inverter, "_add_words", add_words)
    return rows


def test_a_whoosh_index_that_lost_the_words_of_some_items_is_refused(losing: set[int]) -> None:
    published = of([f"That States act on matter{number}" for number in range(40)])
    assert verified(WhooshEngine(), published) == published.ledger
    losing |= {0}
    assert verified(WhooshEngine(), published)[0].warnings
    losing |= {39}
    with pytest.raises(BadIndex, match="does not give body/I/40"):
        verified(WhooshEngine(), published)
