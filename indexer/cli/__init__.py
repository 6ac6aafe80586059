"""The commands of ``indexer``, one module each: its options, and what it does with them."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from indexer import __version__
from indexer.cli.console import say
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
_NOBODY_READS = 1


def parser(names: Sequence[str] = _COMMANDS) -> argparse.ArgumentParser:
    """The parser of the command line, as far as some commands go; ``run`` of what it parses is the function that does
    it. Only these commands are loaded, since to load them all takes longer than some take.
    """
    purpose = "From the PDFs of a body's meetings to a published index of its recommendations."
    whole = argparse.ArgumentParser(prog="indexer", description=purpose, epilog=_EPILOG)
    whole.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = whole.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for name in names:
        command = import_module(f"{__name__}.{name}")
        summary = (command.__doc__ or "").strip()
        inner = commands.add_parser(name, help=summary.splitlines()[0], description=summary, epilog=_EPILOG)
        command.add_options(inner)
        inner.set_defaults(run=command.run)
    return whole


def run(arguments: Sequence[str]) -> int:
    """Do what was typed and give the exit code; whatever goes wrong is said on the standard error."""
    typed = [name for name in arguments[:1] if name in _COMMANDS]
    options = parser(typed or _COMMANDS).parse_args(arguments)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except IndexerError as error:
        say(str(error))
        return error.exit_code
    except KeyboardInterrupt:
        say("Stopped. What is published stays whole.")
        return _STOPPED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # so that closing it does not fail again
        return _NOBODY_READS
    return code
