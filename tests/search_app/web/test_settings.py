from dataclasses import asdict
from pathlib import Path

import pytest

from indexer.engines.base import MEMORY
from search_app.web.settings import MEGABYTE, Settings, read_settings, rows


def test_every_setting_has_a_sentence_and_two_names() -> None:
    assert [row.name for row in rows()] == list(asdict(Settings()))
    assert all(row.sentence.endswith(".") for row in rows())
    assert ("--page-size", "SEARCH_APP_PAGE_SIZE") in [(row.option, row.variable) for row in rows()]


def test_without_a_word_the_defaults_hold() -> None:
    assert read_settings([], {}) == Settings()


def test_what_is_kept_of_queries_is_bounded_by_as_much_as_engines_take_by_themselves() -> None:
    assert Settings().memory * MEGABYTE == MEMORY


def test_an_option_wins_over_the_environment_which_wins_over_the_default() -> None:
    environment = {"SEARCH_APP_PORT": "9000", "SEARCH_APP_INDEX": "/there"}
    settings = read_settings(["--port", "9001"], environment)
    assert (settings.port, settings.index, settings.threads) == (9001, Path("/there"), 4)


@pytest.mark.parametrize(
    ("options", "environment", "named"),
    [
        (["--port", "many"], {}, "argument --port: a port lies between 0 and 65535, not many"),
        (["--port", "70000"], {}, "a port lies between 0 and 65535, not 70000"),
        (["--threads", "0"], {}, "at least 1 is needed, not 0"),
        (["--memory", "0"], {}, "a number of at least 1 is needed, not 0"),
        ([], {"SEARCH_APP_MEMORY": "256 MB"}, "SEARCH_APP_MEMORY: a number of at least 1 is needed, not 256 MB"),
        (["--public-url", "search.example.org"], {}, "https://search.example.org"),
        (["--frame-hosts", "https://a.example; script-src *"], {}, "'https://a.example;'"),
        (["--frame-hosts", "portal.example.org"], {}, "sites like https://portal.example.org are needed, not"),
        ([], {"SEARCH_APP_PAGE_SIZE": "ten"}, "environment variable SEARCH_APP_PAGE_SIZE: "),
        ([], {"SEARCH_APP_PAGE_SIZE": "0"}, "SEARCH_APP_PAGE_SIZE"),
    ],
)
def test_a_setting_that_cannot_be_read_is_named(
    options: list[str], environment: dict[str, str], named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        read_settings(options, environment)
    assert stopped.value.code == 2
    assert named in capsys.readouterr().err


def test_the_help_says_every_setting(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        read_settings(["--help"], {})
    said = " ".join(capsys.readouterr().out.split())
    assert all(row.sentence in said and row.variable in said for row in rows())
