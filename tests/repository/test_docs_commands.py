import argparse
import re

import pytest

from indexer.cli import parser
from tests.support.paths import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
REFERENCE = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")


def commands() -> dict[str, argparse.ArgumentParser]:
    actions = parser()._actions
    return next(dict(each.choices or {}) for each in actions if isinstance(each, argparse._SubParsersAction))


def test_the_readme_says_of_each_command_what_its_help_says() -> None:
    said = dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", README, re.MULTILINE))
    assert said == {name: (each.description or "").splitlines()[0] for name, each in commands().items()}


def sections() -> dict[str, str]:
    parts = re.split(r"^## (.*)$", REFERENCE, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.parametrize("command", commands())
def test_the_reference_names_every_option_of_a_command(command: str) -> None:
    shared = set(re.findall(r"--[a-z-]+", sections()["Options of several commands"]))
    options = {name for action in commands()[command]._actions for name in action.option_strings if name != "-h"}
    assert options <= set(re.findall(r"--[a-z-]+", sections()[f"indexer {command}"])) | shared | {"--help"}


def test_the_reference_names_no_option_that_is_not_there() -> None:
    known = {name for each in commands().values() for action in each._actions for name in action.option_strings}
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", REFERENCE)) <= known
