"""The command line: ``indexer``, or ``python -m indexer``."""

import gc
import sys

_NEW_OBJECTS = 20_000
"""Number of new objects that starts a search for garbage: Python's 700 are reached again and again as code loads."""


def main() -> int:
    """Run the command that was typed, and give its exit code."""
    # Before any other code is loaded. It stays, and looking for garbage in it takes a tenth of a short command.
    gc.set_threshold(_NEW_OBJECTS)
    from indexer.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
