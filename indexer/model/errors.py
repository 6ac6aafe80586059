"""The errors that a user can meet.

::

    IndexerError                     the base: its text is written for people, and never holds a traceback
    ├── CatalogueError               a catalogue or a thesaurus cannot be used; lists every mistake at once
    ├── PdfError                     a PDF cannot be read: the file is skipped and listed, the build goes on
    ├── FetchError                   an address gave nothing usable: it is listed, the others are fetched
    ├── TranslationError             the translator gave no answer: an index is made without its translations
    ├── BadQuery                     a filter in a query cannot be read; names the position and the remedy
    ├── NoIndex                      nothing has been published yet; says which command publishes
    ├── BadIndex                     a published generation is damaged or of another version of the program
    ├── Loss                         a build would take away most of what is served; says what to look at
    ├── Busy                         another build, rollback or sync holds the lock; says who and since when
    └── StorageError                 the disk is full, or a folder cannot be read or written

The command line prints such an error and exits with its ``exit_code``; the search pages answer with its ``status``.
"""

from typing import ClassVar

from indexer.model.messages import Message


class IndexerError(Exception):
    """An error whose ``messages`` say what was wrong, where, and what to do; its text says it in English."""

    exit_code: ClassVar[int] = 1
    status: ClassVar[int] = 500

    stage: str | None = None
    """The stage of the build that it stopped; None outside of one."""

    def __init__(self, *messages: Message) -> None:
        self.messages = messages
        super().__init__("\n".join(map(str, messages)))

    @property
    def message(self) -> Message:
        """Its first message, which most errors have alone."""
        return self.messages[0]


class CatalogueError(IndexerError):
    """A catalogue or thesaurus cannot be used. There is a message for each mistake: file, key, what was expected."""

    exit_code = 3


class PdfError(IndexerError):
    """A PDF cannot be read: damaged, encrypted, empty, over its budget."""

    exit_code = 4


class FetchError(IndexerError):
    """An address gave nothing usable; the text names it and says why."""

    exit_code = 8


class TranslationError(IndexerError):
    """A translator gave no answer that can be read, or none in time."""


class BadQuery(IndexerError):  # noqa: N818 - the name that the documentation of the query language uses
    """A filter in a query cannot be read; the remedy of its message says what to type instead.

    ``position`` counts characters of the query from 0; None where the fault is not in its text. ``field`` is the field
    whose value cannot be read, or None where it is not the value that is at fault. ``better`` is the query as it was
    probably meant; empty where nobody can tell. Of a choice, which stands beside the query, ``value`` is what was
    chosen and ``meant`` what was probably meant.
    """

    exit_code = 2
    status = 400

    def __init__(
        self,
        message: Message,
        position: int | None = None,
        field: str | None = None,
        *,
        better: str = "",
        value: str = "",
        meant: str = "",
    ) -> None:
        self.position = position
        self.field = field
        self.better = better
        self.value = value
        self.meant = meant
        super().__init__(message)


class NoIndex(IndexerError):  # noqa: N818 - a state that the user ends with one command
    """Nothing has been published yet."""

    exit_code = 5
    status = 503


class BadIndex(IndexerError):  # noqa: N818 - as NoIndex
    """A published generation is damaged, or was made by another version of the program."""

    exit_code = 5
    status = 503


class Busy(IndexerError):  # noqa: N818 - as NoIndex
    """Another process is at the same work."""

    exit_code = 6
    status = 503


class Loss(IndexerError):  # noqa: N818 - as NoIndex
    """Most documents of a body that are served are gone or cannot be read."""

    exit_code = 10


class StorageError(IndexerError):
    """The disk is full, or a folder cannot be read or written."""

    exit_code = 7
    status = 503
