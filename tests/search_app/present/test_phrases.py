import pytest

from indexer.model import Item, Kind, Version
from search_app.present.phrases import recurring_phrases


def item(meeting: str, text: str, kind: Kind = Kind.RECOMMENDATION, language: str = "en") -> Item:
    version = Version(language=language, text=text, places=(), file="a.pdf", sha256="0" * 64)
    return Item(
        id=f"b/{meeting}/{text}",
        body="b",
        meeting=meeting,
        role="recommendations",
        path="1",
        kind=kind,
        order=0,
        versions=(version,),
    )


TEXTS = (
    item("I", "That the Mutual Assistance of States be quick and that digital evidence be kept"),
    item("II", "That mutual assistance with the digital evidence be free"),
    item("II", "That evidence digital networks"),
    item("III", "That there be mutual assistance, and no other assistance treaties"),
    item("III", "That this has digital evidence", kind=Kind.PREAMBLE),
)


def test_phrases_that_most_meetings_have_come_first_as_they_are_printed() -> None:
    assert recurring_phrases(TEXTS, "en") == ("Mutual Assistance", "digital evidence")


@pytest.mark.parametrize("language", ["es", "en"])
def test_what_one_meeting_alone_has_does_not_recur(language: str) -> None:
    assert recurring_phrases(TEXTS[:1], language) == ()


def test_words_of_grammar_make_no_phrase() -> None:
    assert recurring_phrases((item("I", "because they should"), item("II", "because they should")), "en") == ()
