"""Watch the corpus, and build whenever its files have changed.

This runs as a service beside the search. Whoever lays a PDF into a body's folder finds it in the search a moment later,
or finds a question about it on the coverage page. A mistake in a catalogue is shown there too, and the next change is
tried again. Ctrl-C or SIGTERM end it; what is published stays whole.
"""

import argparse
import signal
import sys
import threading
from types import FrameType

from indexer.build.pipeline import build
from indexer.build.watch import watch
from indexer.cli.build import summarise
from indexer.cli.console import Bars, say, show
from indexer.cli.options import add_index, add_processes, index_store
from indexer.extract.ocr import find_ocr
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
        with Bars() as bars:
            report = build(options.corpus, where, processes=options.processes, listener=bars, find_ocr=find_ocr)
        summarise(report)
        sys.stdout.flush()  # the log of a service is a file or pipe, which Python would fill before it writes

    def report_error(error: IndexerError) -> None:
        say(str(error))
        if not isinstance(error, Busy):  # the build that is at work may get through
            write_failure(where.folder, str(error))

    signal.signal(signal.SIGTERM, _stop)  # service managers end a service with it
    show(f"Watching {options.corpus}. Ctrl-C ends it.")
    sys.stdout.flush()
    try:
        watch(options.corpus, update, threading.Event(), told=report_error)
    except KeyboardInterrupt:
        show("Stopped. What is published stays whole.")
    return 0


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
