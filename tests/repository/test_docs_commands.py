import argparse
import re

import pytest

from indexer.cli import parser
from indexer.model import State
from indexer.model.messages import documents, pdfs
from search_app.web.settings import rows
from tests.support.paths import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
REFERENCE = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
OPERATING = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")


def commands() -> dict[str, argparse.ArgumentParser]:
    actions = parser()._actions
    return next(dict(each.choices or {}) for each in actions if isinstance(each, argparse._SubParsersAction))


def summary(command: argparse.ArgumentParser) -> str:
    return (command.description or "").splitlines()[0]


def options(command: argparse.ArgumentParser) -> set[tuple[str, str]]:
    """The options of a command as rows of a table: name with metavariable, and help."""
    actions = [each for each in command._actions if each.option_strings and each.dest != "help"]
    return {(f"{each.option_strings[-1]} {each.metavar or ''}".rstrip(), each.help or "") for each in actions}


def sections() -> dict[str, str]:
    parts = re.split(r"^## (.*)$", REFERENCE, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def option_rows(section: str) -> set[tuple[str, str]]:
    found = re.findall(r"^\| `(--[^`]+)` \| (.+) \|$", sections()[section], re.MULTILINE)
    return {(option, meaning.replace("`", "")) for option, meaning in found}


def test_the_readme_says_of_each_command_what_its_help_says() -> None:
    said = dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", README, re.MULTILINE))
    assert said == {name: summary(each) for name, each in commands().items()}


@pytest.mark.parametrize("name", commands())
def test_the_reference_begins_a_command_as_its_help_does(name: str) -> None:
    _, _, prose = sections()[f"indexer {name}"].strip().partition("\n\n")
    opening = summary(commands()[name]).removesuffix(".")
    assert " ".join(prose.split()).startswith(opening)


@pytest.mark.parametrize("name", commands())
def test_the_reference_says_of_each_option_what_its_help_says(name: str) -> None:
    shared, own = option_rows("Options of several commands"), option_rows(f"indexer {name}")
    assert own | (shared & options(commands()[name])) == options(commands()[name])
    assert not own & shared


def test_the_reference_names_no_option_that_is_not_there() -> None:
    known = {action for each in commands().values() for action, _ in options(each)}
    names = {name.partition(" ")[0] for name in known} | {"--help"}
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", REFERENCE)) <= names
    assert {name for name, _ in option_rows("Options of several commands")} <= known


def test_the_manual_of_operating_lists_the_settings_as_the_help_does() -> None:
    told = re.findall(r"^\| `(--[\w-]+)` \| `(SEARCH_APP_\w+)` \| (.+) \| (.+) \|$", OPERATING, re.MULTILINE)
    assert told == [
        (row.option, row.variable, row.sentence, f"`{row.default}`" if str(row.default) else "empty") for row in rows()
    ]


def test_the_manual_of_commands_names_the_code_of_every_remark() -> None:
    codes = {*pdfs.CAUTIONS, *documents.CAUTIONS, *documents.REMARKS, *State} - {State.INDEXED, State.SUPERSEDED}
    assert {code for code in codes if f"`{code}`" not in REFERENCE} == set()
