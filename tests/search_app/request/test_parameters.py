from urllib.parse import quote_from_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.request.parameters import SEARCH, SIZE, BadParameter, first_of_each, read_pairs, read_parameters


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
    assert first_of_each(read_pairs(sent))["q"] == read


def test_a_field_has_all_the_values_that_were_sent_for_it_each_once() -> None:
    read = first_of_each(read_pairs(b"q=a&meeting=IX&q=b&meeting=X&meeting=IX"))
    assert read == {"q": "a", "meeting": "IX"}
    assert (read.every("meeting"), read.every("q"), read.every("body")) == (("IX", "X"), ("a",), ())
    for strict in (True, False):
        assert read_parameters(read.pairs, SEARCH, strict=strict).every("meeting") == ("IX", "X")


def test_a_parameter_without_a_name_is_no_parameter() -> None:
    assert first_of_each(read_pairs(b"=x&&")) == {}


@given(st.binary())
def test_any_bytes_can_be_read_and_written_to_a_page(sent: bytes) -> None:
    for name, value in read_pairs(b"q=" + quote_from_bytes(sent).encode() + b"&" + sent):
        (name + value).encode("utf-8")
        assert "\0" not in name + value


@pytest.mark.parametrize(
    ("sent", "strict", "read"),
    [
        (b"q=a&page=2", True, {"q": "a", "page": "2"}),
        (b"q=a&q=b&utm_source=x&page=2", False, {"q": "a", "page": "2"}),
        (b"lang=&page=&q=", False, {}),  # the empty fields of a form
        (b"q=", True, {"q": ""}),
        (b"year=last&kind=poem", False, {"year": "last", "kind": "poem"}),  # the index tells what they can be
    ],
)
def test_a_lenient_reader_passes_over_what_a_strict_one_refuses(sent: bytes, strict: bool, read: object) -> None:
    assert read_parameters(read_pairs(sent), SEARCH, strict=strict) == read


@pytest.mark.parametrize("strict", [True, False])
@pytest.mark.parametrize("name", ["page", "size", "match", "sort", "equivalents", "explain"])
def test_a_value_that_cannot_be_is_an_error_to_both(name: str, strict: bool) -> None:
    with pytest.raises(BadParameter) as caught:
        read_parameters(((name, "thousand"),), (*SEARCH, SIZE), strict=strict)
    assert (caught.value.name, caught.value.code, caught.value.value) == (name, "bad-parameter", "thousand")


@pytest.mark.parametrize(
    ("sent", "name", "code"),
    [
        (b"q=a&utm_source=x", "utm_source", "unknown-parameter"),
        (b"q=a&q=b", "q", "repeated-parameter"),
        (b"lang=", "lang", "bad-parameter"),
        (b"kind=poem&utm_source=x", "kind", "bad-parameter"),  # the first fault is named
        (b"year=last", "year", "bad-parameter"),
    ],
)
def test_a_strict_reader_names_the_first_fault(sent: bytes, name: str, code: str) -> None:
    with pytest.raises(BadParameter) as caught:
        read_parameters(read_pairs(sent), SEARCH, strict=True)
    assert (caught.value.name, caught.value.code) == (name, code)


@pytest.mark.parametrize("name", ["body", "meeting", "year", "lang", "kind"])
def test_a_value_of_a_field_is_bounded(name: str) -> None:
    with pytest.raises(BadParameter):
        read_parameters(((name, "x" * 201),), SEARCH, strict=False)
