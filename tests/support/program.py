"""The program that serves the pages, run for tests as those who run the service do."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.paths import ROOT


@contextmanager
def served(index: Path) -> Iterator[str]:
    """The address at which the program serves an index, until the end."""
    command = [sys.executable, "-m", "search_app", "--port", "0", "--index", str(index)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as program:
        try:
            assert program.stdout
            said = program.stdout.readline()
            address = re.search(r"http://[0-9.]+:[0-9]+", said)
            assert address, said
            yield address[0]
        finally:
            program.terminate()
