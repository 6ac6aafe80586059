"""The examples in the documentation of the interface for programs."""

import re

from tests.support.paths import ROOT

DOCUMENT = (ROOT / "docs" / "api.md").read_text("utf-8")


def example(language: str, address: str) -> str:
    """The example in a language, asking the service at an address."""
    (found,) = re.findall(rf"```{language}\n(.*?)```", DOCUMENT, re.DOTALL)
    return str(found).replace("https://search.example.org", address)
