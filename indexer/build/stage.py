"""Stages of a build: functions whose results are kept by all that they depend on."""

# ARCHITECTURE.md: A stage is a function, a key and the code that it depends on.

import hashlib
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from indexer.model import Message, json
from indexer.model.errors import IndexerError
from indexer.storage import fingerprint
from indexer.storage.atomic import remove, storage_errors
from indexer.storage.content_cache import ContentCache, EntryHeader

Input = TypeVar("Input")
Output = TypeVar("Output")


class Listener(Protocol):
    """A listener to the progress of a build; ``page`` is called from several threads at once."""

    def stage(self, name: str, done: int, total: int) -> None:
        """Hear how far a stage has come; it is called with 0 when the stage begins."""

    def page(self, path: Path, number: int) -> None:
        """Hear that a page of a file was read."""

    def file(self, path: Path) -> None:
        """Hear that a file was read as far as it can be."""


class Made(NamedTuple, Generic[Input, Output]):
    """A result of a stage, and the input that it is the result of.

    ``failure`` says why the result is not whole; None where it is.
    """

    input: Input
    output: Output
    failure: Message | None = None


@dataclass(frozen=True, slots=True)
class Stage(Generic[Input, Output]):
    """A step of a build whose results are kept.

    Attributes:
        name: its name in progress and errors, and the folder of its results.
        make: its function. It gives results of inputs, in any order; none of an input that is another by now. It may
            load the results of stages before it.
        key: all that the result of an input depends on beside the code, as JSON can hold it.
        output: the type of its results, as JSON can hold it.
        packages: packages and modules of whose code the results depend.
        libraries: libraries of whose version the results depend.
    """

    name: str
    make: "Callable[[Sequence[Input], StageRun], Generator[Made[Input, Output], None, None]]"
    key: Callable[[Input], object]
    output: type[Output]
    packages: tuple[str, ...]
    libraries: tuple[str, ...] = ()

    def digest(self, input: Input) -> str:
        """The key of an input as the name of a file."""
        return hashlib.sha256(json.encode(self.key(input))).hexdigest()


@contextmanager
def at_stage(name: str) -> Iterator[None]:
    """Name the stage in the errors of what is done within."""
    try:
        yield
    except IndexerError as error:
        error.stage = error.stage or name
        raise


class StageRun:
    """The stages of one build, over one cache.

    For one writer at a time. ``made`` counts, by stage, the results that were made anew.

    Args:
        folder: the folder of the cache.
        listener: hears of the progress.
        processes: how many PDFs are read at a time.
    """

    def __init__(self, folder: Path, listener: Listener, processes: int = 1) -> None:
        self.listener = listener
        self.processes = processes
        self.made: Counter[str] = Counter()
        self._folder = folder
        self._caches: dict[str, ContentCache] = {}

    def is_complete(self, stage: Stage[Input, Output], inputs: Iterable[Input]) -> bool:
        """Tell whether the results of all inputs are kept."""
        return all(self.header(stage, each) for each in inputs)

    def run(self, stage: Stage[Input, Output], inputs: Iterable[Input]) -> None:
        """Make the results that are not kept.

        Raises:
            StorageError: the disk is full or the cache cannot be written.
        """
        lacking = {stage.digest(each): each for each in inputs if self.header(stage, each) is None}
        if not lacking:
            return
        self.listener.stage(stage.name, 0, len(lacking))
        # Closed however it ends, as processes may stand behind it.
        with at_stage(stage.name), closing(stage.make(tuple(lacking.values()), self)) as results:
            for done, made in enumerate(results, start=1):
                self.put(stage, made)
                self.listener.stage(stage.name, done, len(lacking))
        self.listener.stage(stage.name, len(lacking), len(lacking))
        self.made[stage.name] += len(lacking)

    def load(self, stage: Stage[Input, Output], input: Input) -> Output | None:
        """The result of an input, made again where it is damaged; None where the input is another by now.

        Raises:
            StorageError: the disk is full or the cache cannot be written.
        """
        cache, key = self._cache(stage), stage.digest(input)
        content = cache.load(key)
        if content is None:
            self.run(stage, [input])
            content = cache.load(key)
        return None if content is None else json.decode(content, stage.output)

    def header(self, stage: Stage[Input, Output], input: Input) -> EntryHeader | None:
        """The digest of the result of an input, and its failure; None where it is not kept."""
        return self._cache(stage).head(stage.digest(input))

    def put(self, stage: Stage[Input, Output], made: Made[Input, Output]) -> None:
        """Keep a result.

        Raises:
            StorageError: the disk is full or the cache cannot be written.
        """
        self._cache(stage).put(stage.digest(made.input), json.encode(made.output), made.failure)

    def clean(self) -> None:
        """Remove what this build did not ask for: of other inputs, of other code, and of stages that it does not have.

        Raises:
            StorageError: the folder cannot be written.
        """
        for cache in self._caches.values():
            cache.clean()
        with storage_errors(self._folder):
            for folder in self._folder.iterdir() if self._folder.is_dir() else ():
                if folder.name not in self._caches and folder.is_dir():
                    remove(folder)

    def _cache(self, stage: Stage[Any, Any]) -> ContentCache:
        if stage.name not in self._caches:
            code = fingerprint.of_code(stage.packages, stage.libraries)
            self._caches[stage.name] = ContentCache(self._folder / stage.name, code)
        return self._caches[stage.name]
