import pytest

from indexer.extract.without_text import reason_without_text
from indexer.model import Caution, Message, message


def on_page(code: str, *parts: str | Message) -> Caution:
    return Caution(message(code, 1, *parts), 1)


DRAWN, UNKNOWN, SCAN, BLANK = (
    on_page("no-text", message(what)) for what in ("drawn-only", "letters-unknown", "maybe-scan", "maybe-blank")
)
UNREAD = on_page("no-text", message("not-read-by-ocr", message("letters-unknown"), message("tesseract-missing")))
FAILED = on_page("ocr-failed", message("picture-with-little-text"), message("ocr-too-slow"))


@pytest.mark.parametrize(
    ("cautions", "sentence"),
    [
        ([SCAN, UNKNOWN], "None of its pages holds text: they are pictures, as a scanner makes them."),
        ([DRAWN, FAILED], "None of its pages holds text: they are pictures, as a scanner makes them."),
        ([DRAWN, UNKNOWN], "None of its pages holds text that can be read: its letters are unknown."),
        ([UNREAD], "None of its pages holds text that can be read: its letters are unknown."),
        ([DRAWN, BLANK], "None of its pages holds text: they hold drawings, which may be letters."),
        ([on_page("page-unreadable", "x")], "None of its pages gives text; the remarks on them say why."),
        ([BLANK], "None of its pages holds text: they seem to be blank."),
        ([Caution(message("no-recommendation"))], "None of its pages holds text: they seem to be blank."),
    ],
)
def test_pictures_are_said_of_files_that_hold_some(cautions: list[Caution], sentence: str) -> None:
    assert reason_without_text(cautions).sentence() == sentence
