"""The command line: ``indexer``, or ``python -m indexer``."""

import sys

from indexer.cli import run


def main() -> int:
    """Run the command that was typed, and give its exit code."""
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
