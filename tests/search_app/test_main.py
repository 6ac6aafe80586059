import re
import socket
import subprocess
import sys
from pathlib import Path

from tests.support.paths import ROOT


def test_a_port_that_is_taken_is_said_with_the_remedy(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "search_app", "--index", str(tmp_path), "--port", str(port)]
        run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert f"Cannot listen at 127.0.0.1, port {port}" in run.stderr
    assert "Choose another with --port." in run.stderr
    assert "Traceback" not in run.stderr


def test_the_address_of_the_search_is_said_with_the_way_to_stop_it(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "search_app", "--index", str(tmp_path), "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as program:
        try:
            assert program.stdout
            said = program.stdout.readline()
        finally:
            program.terminate()
    assert re.fullmatch(r"The search is at http://127\.0\.0\.1:\d+/  \(Ctrl\+C stops it\)\n", said)
