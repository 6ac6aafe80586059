"""The code for servers in PHP, run as a page of a server would be. (That in ASP needs a Windows server.)"""

import os
import shutil
import subprocess
from pathlib import Path
from urllib.request import urlopen

import pytest

from indexer.engines.whoosh import WhooshEngine
from tests.conftest import OPTIONAL
from tests.support.document import read
from tests.support.library import shelf
from tests.support.program import served


def shown(page: Path, asked: str) -> str:
    """The answer of a page to a query as a browser sends it."""
    environment = {**os.environ, "QUERY_STRING": asked}
    return subprocess.run(["php", page], env=environment, capture_output=True, check=True).stdout.decode("ascii")


def test_the_code_for_php_shows_the_search_and_leads_to_it_where_it_cannot_be_reached(tmp_path: Path) -> None:
    if shutil.which("php") is None:
        pytest.skip(OPTIONAL + "PHP is not installed")
    page = tmp_path / "page.php"
    with served(shelf(tmp_path / "index", WhooshEngine()).folder) as address:
        with urlopen(f"{address}/embed?tier=fragment&meeting=sample/IX&ui=es") as builder:
            page.write_text(read(builder.read().decode()).all("pre", class_="pasted")[1].raw, "ascii")
        found = read(shown(page, "q=evidencia+electr%F3nica&id=7&meeting=V")).one("div", class_="rs")
        sent = {field["name"]: field.attributes.get("value") for field in found.all("input")}
        assert (sent["q"], sent["id"], sent["meeting"]) == ("evidencia electrónica", "7", "sample/IX")
        assert found.one("form")["action"] == str(page)
        assert found.one("p", class_="rs-count").text == "1 resultado"
        assert read(shown(page, "q=year:x")).one("p", role="alert")
        assert not read(shown(page, "")).all("li", class_="rs-hit")
    assert read(shown(page, "q=evidencia")).one("a")["href"] == f"{address}/search?ui=es"
