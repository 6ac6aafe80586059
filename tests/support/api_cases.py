"""The interface for programs, asked whatever its OpenAPI document allows and much that it does not.

``python -m tests.support.api_cases`` starts the program on a small index and lets schemathesis make at least
10,000 cases, with all checks but one: that every query which the document allows is answered, as some cannot be
read (400).
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from indexer.engines.whoosh import WhooshEngine
from tests.support.library import shelf
from tests.support.program import served

CASES = 10_000
EXAMPLES = 700
"""How many examples for each address give that many cases."""


def ask(address: str, examples: int, seed: int) -> tuple[int, str]:
    """Count the cases that all passed, 0 where one did not; give also what schemathesis said."""
    command = [str(Path(sys.executable).with_name("st")), "run", f"{address}/api/v1/openapi.json", "--no-color"]
    command += ["--checks", "all", "--exclude-checks", "positive_data_acceptance"]
    command += ["--max-examples", str(examples), "--seed", str(seed)]
    with tempfile.TemporaryDirectory() as folder:
        run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    counted = re.search(r"([0-9]+) generated", run.stdout)
    return int(counted[1]) if counted and run.returncode == 0 else 0, run.stdout + run.stderr


def main() -> int:
    """Ask, and say what came of it; 1 where a case failed or there were too few."""
    with (
        tempfile.TemporaryDirectory() as folder,
        served(shelf(Path(folder, "index"), WhooshEngine()).folder) as address,
    ):
        cases, said = ask(address, EXAMPLES, seed=1)
    print(said)
    return int(cases < CASES)


if __name__ == "__main__":
    sys.exit(main())
