"""Measure an answer against another checkout: ``python -m bench.page --before FOLDER [--rounds 9] [--answers 200]``.

Both checkouts, each with an environment in ``.venv``, build their own sample corpus. Then they answer the same address
in turns, each round in a process of its own, through the application's test client. Prints the time of the processor
for an answer and the ratio of the medians.
"""

import argparse
import subprocess
import tempfile
from pathlib import Path
from statistics import median

from bench.startup import run
from bench.table import table

HERE = Path(__file__).parents[1]
ADDRESS = "/search?q=digital+evidence"
WARM_UP = 20
"""Answers before those that are measured: templates are compiled, and caches filled."""

# Run in either checkout, so that it may use nothing that only one of them has.
_ANSWER = """
import sys, time
from pathlib import Path
from search_app import Settings, create_app

index, address, warm_up, answers = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
client = create_app(Settings(index=index)).test_client()
for number in range(warm_up + answers):
    if number == warm_up:
        begin = time.process_time()
    response = client.get(address, buffered=True)
    assert response.status_code == 200, response.status
print((time.process_time() - begin) / answers)
"""


def milliseconds(checkout: Path, index: Path, address: str, answers: int) -> float:
    """The time of the processor for an answer of a checkout, in milliseconds."""
    command = [str(checkout / ".venv/bin/python"), "-c", _ANSWER, str(index), address, str(WARM_UP), str(answers)]
    done = subprocess.run(command, cwd=checkout, stdout=subprocess.PIPE, text=True, check=True)
    return float(done.stdout) * 1000


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--before", type=Path, required=True, metavar="FOLDER", help="a checkout with its .venv")
    parser.add_argument("--address", default=ADDRESS, help="the address asked for (%(default)s)")
    parser.add_argument("--rounds", type=int, default=9, help="how often both are measured (%(default)s)")
    parser.add_argument("--answers", type=int, default=200, help="how many answers a round has (%(default)s)")
    options = parser.parse_args()
    checkouts = (options.before.resolve(), HERE)
    with tempfile.TemporaryDirectory() as folder:
        indexes = [Path(folder, str(number)) for number in range(len(checkouts))]
        for checkout, index in zip(checkouts, indexes, strict=True):
            run(checkout, ["build"], index)
        rounds = [
            [
                milliseconds(each, index, options.address, options.answers)
                for each, index in zip(checkouts, indexes, strict=True)
            ]
            for _ in range(options.rounds)
        ]
    before, now = (median(each[side] for each in rounds) for side in (0, 1))
    row = [options.address, f"{before:.2f}", f"{now:.2f}", f"{now / before:.2f}"]
    print(table(["address", "processor before, ms", "now", "ratio"], [row]))


if __name__ == "__main__":
    main()
