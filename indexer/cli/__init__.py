"""Command line of ``indexer``: one module a command, with its options and its work."""

# ARCHITECTURE.md: A command loads what it needs.

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from indexer import __version__
from indexer.cli.console import say, say_error
from indexer.model.errors import IndexerError

_COMMANDS = (
    "extract",
    "init",
    "sync",
    "build",
    "watch",
    "check",
    "search",
    "status",
    "export",
    "generations",
    "rollback",
)
_EPILOG = "Exit codes and examples stand in docs/command-line.md."
_STOPPED = 130
"""The exit code of a command that Ctrl-C ended: 128 and the number of the signal, as shells have it."""

_NOBODY_READS = 1
"""The exit code where whoever read the output has gone, as `head` does."""


def parser(names: Sequence[str] = _COMMANDS) -> argparse.ArgumentParser:
    """Parser of the command line for some commands.

    ``run`` of what it parses is the function of the command.
    """
    purpose = "Make a published index of recommendations from the PDFs of a body's meetings."
    whole = argparse.ArgumentParser(prog="indexer", description=purpose, epilog=_EPILOG)
    whole.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = whole.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for name in names:
        # Only the commands asked for are loaded: to load them all takes longer than some take.
        command = import_module(f"{__name__}.{name}")
        summary = (command.__doc__ or "").strip()
        inner = commands.add_parser(name, help=summary.splitlines()[0], description=summary, epilog=_EPILOG)
        command.add_options(inner)
        inner.set_defaults(run=command.run)
    return whole


def run(arguments: Sequence[str]) -> int:
    """Run the command that was typed; the exit code. Errors go to the standard error."""
    typed = [name for name in arguments[:1] if name in _COMMANDS]
    options = parser(typed or _COMMANDS).parse_args(arguments)
    try:
        code: int = options.run(options)
        sys.stdout.flush()  # here, so that a reader who has gone is noticed below and not while Python ends
    except IndexerError as error:
        say_error(error)
        return error.exit_code
    except KeyboardInterrupt:
        say("Stopped. What is published stays whole.")
        return _STOPPED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # so that closing it does not fail again
        return _NOBODY_READS
    return code
