"""Progress bars, tables and messages in a terminal. The only importer of rich.

Bars and messages go to the standard error, and bars only where that is a terminal, so that what a command gives can
always be piped on. Rich is loaded with the first bar or table: that takes longer than many a command.
"""

import re
import sys
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import fields
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING, Any

from indexer.model.errors import IndexerError

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_WIDTH_IN_A_PIPE = 200
"""Columns of a table that goes into a pipe or file: wide enough that no cell of the ledger is cut."""

# Control characters, and those that turn the direction of writing: a file name must not change what a terminal shows.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def say(text: str) -> None:
    """Print a message on the standard error."""
    print(harmless(text), file=sys.stderr)  # noqa: T201 - this is what speaks to people


def say_error(error: IndexerError) -> None:
    """Print an error on the standard error: with the stage of the build that it stopped."""
    say(str(error))
    if error.stage:
        say(f"The build stopped at the stage {error.stage}.")


def show(text: str = "") -> None:
    """Print a line on the standard output."""
    print(harmless(text))  # noqa: T201 - as above


def show_bytes(line: bytes) -> None:
    """Print a line for programs on the standard output, in UTF-8 whatever the terminal."""
    sys.stdout.buffer.write(line + b"\n")


def fields_of(value: Any) -> dict[str, object]:
    """The fields of a dataclass by name, for programs to get as JSON."""
    return {field.name: getattr(value, field.name) for field in fields(value)}


def show_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table on the standard output."""
    # Rich is loaded here and below: most commands end before it would be loaded.
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(width=None if sys.stdout.isatty() else _WIDTH_IN_A_PIPE, highlight=False)
    table = Table(*columns, title=harmless(title), title_justify="left")
    for row in rows:
        table.add_row(*(Text(harmless(cell)) for cell in row))
    console.print(table)


def show_marked(pieces: Iterable[tuple[str, Sequence[tuple[int, int]]]]) -> None:
    """Print pieces of one text on a line.

    Marked stretches are bold on a terminal, and stand between asterisks elsewhere.
    """
    before, after = ("\x1b[1m", "\x1b[0m") if sys.stdout.isatty() else ("*", "*")
    shown = []
    for text, marks in pieces:
        piece, end = "", 0
        for start, stop in marks:
            piece += harmless(text[end:start]) + before + harmless(text[start:stop]) + after
            end = stop
        shown.append(piece + harmless(text[end:]))
    print("  " + " … ".join(shown))  # noqa: T201 - as above


def harmless(text: str) -> str:
    """The text without characters that give orders to a terminal; half surrogate pairs become question marks."""
    return _CONTROL.sub("", text).encode("utf-8", "replace").decode("utf-8")


class Bars(AbstractContextManager["Bars"]):
    """Progress bars over stages, pages and bytes. The listener of a build.

    Several threads may report at once.
    """

    def __init__(self) -> None:
        self._shown: Progress | None = None
        self._all: TaskID | None = None
        self._bytes: TaskID | None = None
        self._stages: dict[str, TaskID] = {}
        self._tasks: dict[Path, TaskID] = {}
        self._begin = Lock()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown:
            self._shown.stop()

    @property
    def _progress(self) -> "Progress":
        """The bars; they begin with the first thing to show."""
        with self._begin:  # several threads read PDFs, and each may be the first to report
            if self._shown is None:
                self._shown = _start_progress()
        return self._shown

    def stage(self, name: str, done: int, total: int) -> None:
        """A stage has come so far."""
        if name not in self._stages:
            self._stages[name] = self._progress.add_task(name, total=total)
        self._progress.update(self._stages[name], completed=done, total=total)

    def page(self, path: Path, number: int) -> None:
        """A page of a file was read."""
        if path not in self._tasks:
            self._tasks[path] = self._progress.add_task(_escape(path.name), total=None)
        self._progress.update(self._tasks[path], completed=number)

    def file(self, path: Path) -> None:
        """A file was read as far as it can be."""
        if path in self._tasks:
            self._progress.remove_task(self._tasks.pop(path))

    def documents(self, done: int, total: int, address: str) -> None:
        """So many of all documents were looked at, and that address is next."""
        if self._all is None:
            self._all = self._progress.add_task("Documents", total=total)
        self._progress.update(self._all, completed=done, total=total, description=_escape(address))

    def bytes(self, got: int, expected: int | None) -> None:
        """So many bytes of an answer came, of so many where that is known."""
        if self._bytes is None:
            self._bytes = self._progress.add_task("Bytes", total=expected)
        self._progress.update(self._bytes, completed=got, total=expected)


def _escape(text: str) -> str:
    """The text as the label of a bar."""
    # Rich reads brackets in labels as orders to it, and file names hold brackets.
    from rich.markup import escape

    return escape(harmless(text))


def _start_progress() -> "Progress":
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    progress = Progress(*columns, console=console, disable=not console.is_terminal, transient=True)
    progress.start()
    return progress
