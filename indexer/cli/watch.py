"""Watch the corpus, and build whenever its files have changed.

This runs as a service beside the search. Whoever lays a PDF into a body's folder finds it in the search a moment later,
or finds a question about it on the coverage page. A mistake in a catalogue is shown there too, and the next change is
tried again. Ctrl-C or SIGTERM end it; what is published stays whole.
"""

import argparse
import signal
import sys
import threading
from contextlib import suppress
from types import FrameType

from indexer.build.watch import watch
from indexer.cli.build import build_index, summarise
from indexer.cli.console import say_error, show
from indexer.cli.options import add_index, add_processes, index_store
from indexer.generations import write_failure
from indexer.model.errors import Busy, IndexerError


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    add_index(parser)
    add_processes(parser)


def run(options: argparse.Namespace) -> int:
    """Watch until told to stop."""
    where = index_store(options)

    def update() -> None:
        summarise(build_index(options, where))
        sys.stdout.flush()  # the log of a service is a file or pipe, which Python would fill before it writes

    def report_error(error: IndexerError) -> None:
        say_error(error)
        if not isinstance(error, Busy):  # the build that is at work may get through
            write_failure(where.folder, error.messages)

    stop = _Stop()
    signal.signal(signal.SIGTERM, stop.interrupt)  # service managers end a service with it
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # else whoever started it wants Ctrl-C ignored
        signal.signal(signal.SIGINT, stop.interrupt)
    show(f"Watching {options.corpus}. Ctrl-C ends it.")
    sys.stdout.flush()
    with suppress(KeyboardInterrupt):
        watch(options.corpus, update, stop, told=report_error)
    show("Stopped. What is published stays whole.")
    return 0


class _Stop(threading.Event):
    """The end of a watch, which a signal asks for."""

    def __init__(self) -> None:
        super().__init__()
        self._asked = False

    def interrupt(self, _signal: int, _frame: FrameType | None) -> None:
        """Break off what is under way; the watch ends at its next look where Python drops the exception.

        It does so in a finalizer, such as that of a lock which was not got.
        """
        self._asked = True  # not `set`: what the signal breaks off may hold the lock that it takes
        raise KeyboardInterrupt

    def is_set(self) -> bool:
        """Tell whether a signal has asked for the end."""
        return self._asked
