"""The command line, stopped at one instant of its work.

``python -m tests.support.sabotage WAY KIND INSTANT FOLDER ARGUMENT…`` runs it.

Instants are of two kinds. ``write`` is a change to FOLDER: a file opened for writing, renamed or removed, a folder made
or removed. ``call`` is a call of any function, of Python or of C, so also of one that writes a piece or waits. At the
instant of that number, the process is killed (``kill``) or paused until somebody lets it go on (``pause``), and says
last on its standard error where that was; is interrupted as by Ctrl-C (``interrupt``); or is told from then on that the
disk is full (``full``) or that the file system is read-only (``read-only``). ``count`` stops nothing, and says the
number of instants.
"""

import errno
import os
import signal
import sys
import threading
from pathlib import Path
from types import FrameType

from indexer.cli import run

"""Where it runs."""

_CHANGES = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir"}
_SIGNALS = {"kill": signal.SIGKILL, "pause": signal.SIGSTOP, "interrupt": signal.SIGINT}
_ERRORS = {"full": errno.ENOSPC, "read-only": errno.EROFS}


def sabotaged(
    folder: Path, *arguments: str, way: str = "count", kind: str = "write", instant: int = 0
) -> tuple[str, ...]:
    """The command that runs the command line with these arguments in a process of its own."""
    return sys.executable, "-m", "tests.support.sabotage", way, kind, str(instant), str(folder), *arguments


class Saboteur:
    def __init__(self, way: str, instant: int, folder: str) -> None:
        self.way = way
        self.instant = instant
        self.folder = folder
        self.seen = 0

    def on_event(self, event: str, arguments: tuple[object, ...]) -> None:
        """Look at what the interpreter tells its auditors."""
        if event not in _CHANGES or not self._is_in_folder(arguments[0]):
            return
        if event == "open" and not self._writes(arguments[2]):
            return
        self._strike(sys._getframe(1), event)
        makes_room = event in ("os.remove", "os.rmdir")
        if self.seen >= self.instant and (self.way == "read-only" or (self.way == "full" and not makes_room)):
            code = _ERRORS[self.way]
            raise OSError(code, os.strerror(code), str(arguments[0]))

    def on_call(self, frame: FrameType, event: str, _argument: object) -> None:
        """Look at what the interpreter tells its profilers."""
        if event in ("call", "c_call"):
            self._strike(frame, event)

    def _strike(self, frame: FrameType, event: str) -> None:
        self.seen += 1
        if self.seen == self.instant and self.way in _SIGNALS:
            if self.way != "interrupt":
                os.write(sys.stderr.fileno(), f"{_module(frame)} ({event})\n".encode())
            os.kill(os.getpid(), _SIGNALS[self.way])

    def _is_in_folder(self, path: object) -> bool:
        return isinstance(path, (str, os.PathLike)) and os.fspath(path).startswith(self.folder)

    def _writes(self, flags: object) -> bool:
        return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))


def _module(frame: FrameType | None) -> str:
    """The innermost module of ours at work."""
    while frame and not frame.f_globals.get("__name__", "").startswith("indexer."):
        frame = frame.f_back
    return str(frame.f_globals["__name__"]) if frame else "a library"


if __name__ == "__main__":
    way, kind, instant, folder, *arguments = sys.argv[1:]
    saboteur = Saboteur(way, int(instant), folder)
    if kind == "write":
        sys.addaudithook(saboteur.on_event)
    else:
        threading.setprofile(saboteur.on_call)
        sys.setprofile(saboteur.on_call)
    code = run(arguments)
    if saboteur.way == "count":
        print(saboteur.seen, file=sys.stderr)
    sys.exit(code)
