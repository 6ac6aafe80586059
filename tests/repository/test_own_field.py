"""A row alone makes a field: nothing else in the program names one."""

import json
import subprocess
import sys
from pathlib import Path

from tests.support.paths import ROOT


def test_a_row_alone_is_a_filter_a_facet_a_parameter_a_limit_and_a_line_of_the_help(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.support.own_field", str(tmp_path / "index")]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout) == {
        "typed": "initial:t -initial:q initial:q",
        "remedy": "Write it as in initial:t.",
        "facet": {"t": 36, "q": 27, "e": 9},
        "facet title": ["First letter"],
        "chosen": {"initial": ["t", "q"]},
        "total": 36,
        "parameter": ["array"],
        "page": True,
        "help": True,
        "limit": True,
        "builder": True,
        "fragment": 0,
    }
