"""``python -m tests.sabotage WAY INSTANT FOLDER ARGUMENT…``: the command line, stopped at one instant of its writing.

An instant is a change to FOLDER: a file opened for writing, renamed or removed, a folder made or removed. At that
number, the process is killed (``kill``), interrupted as by Ctrl-C (``interrupt``), or told from then on that the disk
is full (``full``) or that the file system is read-only (``read-only``). ``count`` stops nothing, and writes the number
of instants to the standard error.
"""

import errno
import os
import signal
import sys

from indexer.commands import run

_CHANGES = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir"}
_SIGNALS = {"kill": signal.SIGKILL, "interrupt": signal.SIGINT}
_ERRORS = {"full": errno.ENOSPC, "read-only": errno.EROFS}


class Saboteur:
    def __init__(self, way: str, instant: int, folder: str) -> None:
        self.way = way
        self.instant = instant
        self.folder = folder
        self.seen = 0

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        if event not in _CHANGES or not self._is_in_folder(arguments[0]):
            return
        if event == "open" and not self._writes(arguments[2]):
            return
        self.seen += 1
        if self.seen < self.instant or self.way == "count":
            return
        if self.way in _SIGNALS:
            if self.seen == self.instant:
                os.kill(os.getpid(), _SIGNALS[self.way])
        elif event not in ("os.remove", "os.rmdir") or self.way == "read-only":
            code = _ERRORS[self.way]
            raise OSError(code, os.strerror(code), str(arguments[0]))

    def _is_in_folder(self, path: object) -> bool:
        return isinstance(path, (str, os.PathLike)) and os.fspath(path).startswith(self.folder)

    def _writes(self, flags: object) -> bool:
        return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))


if __name__ == "__main__":
    saboteur = Saboteur(sys.argv[1], int(sys.argv[2]), sys.argv[3])
    sys.addaudithook(saboteur)
    code = run(sys.argv[4:])
    if saboteur.way == "count":
        print(saboteur.seen, file=sys.stderr)
    sys.exit(code)
