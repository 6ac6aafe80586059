"""The process that reads PDFs, made to wait for ever or to die at pages that say so.

``python -m tests.support.stuck_reader`` runs it.

No page needs to keep other readers busy then, to show what becomes of one that keeps ours busy.
"""

import os
import signal
import threading
from collections.abc import Sequence
from unittest.mock import patch

from pdfminer.utils import Matrix

from indexer.extract.pdf import reader, worker
from indexer.extract.pdf.interpreter import TextInterpreter

MODULE = "tests.support.stuck_reader"
WAITS = "Wait here."
DIES = "Die here."


class Stuck(TextInterpreter):
    """The interpreter, stuck at the end of a page that prints one of the two sentences."""

    def paint(self, resources: object, contents: Sequence[object], ctm: Matrix, number: int = 0) -> None:
        """Read the page, and then do what it says."""
        super().paint(resources, contents, ctm, number)
        printed = {run.text for run in self._device.runs}
        if WAITS in printed:
            threading.Event().wait()
        if DIES in printed:
            os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    with patch.object(reader, "TextInterpreter", Stuck):
        worker.main()
