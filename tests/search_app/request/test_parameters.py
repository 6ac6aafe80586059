from urllib.parse import quote_from_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.request.parameters import read_parameters


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        (b"q=comisi%C3%B3n", "comisión"),
        (b"q=comisi%F3n", "comisión"),  # from a page in windows-1252
        (b"q=%93ayuda+mutua%94", "“ayuda mutua”"),  # its curly quotes
        (b"q=comisi\xf3n", "comisión"),  # not even escaped
        (b"q=comisio%CC%81n", "comisión"),  # decomposed, as macOS writes
        (b"q=a+b%20c%2Bd", "a b c+d"),
        (b"q=a%00b%07c", "a b c"),
        (b"q=%ED%A0%80", "í\u00a0€"),  # half of a surrogate pair is no UTF-8
        (b"q=%zz%", "%zz%"),
        (b"q=first&q=second", "first"),
        (b"q=++words++", "words"),
        (b"q", ""),
    ],
)
def test_what_was_sent_is_read_in_the_charset_of_the_page_that_sent_it(sent: bytes, read: str) -> None:
    assert read_parameters(sent)["q"] == read


def test_a_parameter_without_a_name_is_no_parameter() -> None:
    assert read_parameters(b"=x&&") == {}


@given(st.binary())
def test_any_bytes_can_be_read_and_written_to_a_page(sent: bytes) -> None:
    for name, value in read_parameters(b"q=" + quote_from_bytes(sent).encode() + b"&" + sent).items():
        (name + value).encode("utf-8")
        assert "\0" not in name + value
