"""Stages of a build whose results are kept: extract, assign, segment.

Each function loads its code where something is to be made anew: a build that finds nothing new does without.
"""

from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

from indexer.build.scan import BodyFiles, PdfToRead
from indexer.build.stage import Made, Stage, StageRun
from indexer.catalogue.scan import PdfFile, Stray, UnreadableFile
from indexer.extract.ocr import Ocr
from indexer.items.documents import CHANGED
from indexer.model import Assignment, Extraction, Message, Override, Page, Segmented, StageName
from indexer.storage.content_cache import EntryHeader


def _extract(inputs: Sequence[PdfToRead], run: StageRun) -> Generator[Made[PdfToRead, tuple[Page, ...]], None, None]:
    """Read PDFs, several at a time."""
    from indexer.extract.pdf import extract_all

    for ocr, pdfs in _by_ocr(inputs):
        paths = [pdf.path for pdf in pdfs]
        reading = extract_all(paths, processes=run.processes, progress=run.listener.page, ocr=ocr.read)
        with closing(reading) as extractions:
            for path, extraction in zip(paths, extractions, strict=True):
                run.listener.file(path)
                # By the digest of what was read, which may be another by now than that of the scan.
                if extraction.sha256:
                    read = PdfToRead(PdfFile(path, extraction.sha256), ocr)
                    yield Made(read, extraction.pages, extraction.failure)


def _by_ocr(inputs: Iterable[PdfToRead]) -> Iterable[tuple[Ocr, list[PdfFile]]]:
    """The files by OCR; bodies that share a folder may read the same file by different ones."""
    groups: dict[str, tuple[Ocr, list[PdfFile]]] = {}
    for each in inputs:
        groups.setdefault(each.ocr.name, (each.ocr, []))[1].append(each.pdf)
    return groups.values()


EXTRACT = Stage(
    name=StageName.EXTRACT,
    make=_extract,
    # The name, as what is said of a file names it; in ASCII, as a name may be no text at all (PEP 383).
    key=lambda each: (each.pdf.sha256, ascii(each.pdf.path.name), each.ocr.name),
    output=tuple[Page, ...],
    packages=(
        *("indexer.extract", "indexer.model", "indexer.storage.digest", "indexer.analysis.numerals"),
        *("indexer.analysis.folding", "indexer.analysis.language", "indexer.analysis.language_data"),
        "indexer.analysis.numerals",
    ),
    libraries=("pdfminer.six",),
)


@dataclass(frozen=True, slots=True)
class AssignInput:
    """The files of a body, and what is known of the extraction of each stray.

    ``headers`` are in the order of the strays; None where there is no extraction.
    """

    body: BodyFiles
    headers: tuple[EntryHeader | None, ...]

    @classmethod
    def of(cls, body: BodyFiles, run: StageRun) -> "AssignInput":
        """The input for a body whose strays were read."""
        return cls(
            body,
            tuple(
                run.header(EXTRACT, body.to_read(stray.pdf)) if isinstance(stray.pdf, PdfFile) else None
                for stray in body.strays
            ),
        )

    @property
    def key(self) -> object:
        """All that an assignment depends on beside the code."""
        catalogue = self.body.catalogue
        strays = [
            (stray.file, stray.linked_meeting, stray.url, _problem(stray), header)
            for stray, header in zip(self.body.strays, self.headers, strict=True)
        ]
        return catalogue.body, catalogue.meetings, catalogue.documents, strays


class _ChangedError(Exception):
    """A PDF is another by now than the one that was read."""


def _assign(inputs: Sequence[AssignInput], run: StageRun) -> Generator[Made[AssignInput, Assignment], None, None]:
    """Give the strays of bodies to meetings."""
    from indexer.catalogue.assign import assign

    for each in inputs:
        try:
            yield Made(each, assign(each.body.catalogue, _strays_with_pages(each, run)))
        except _ChangedError:
            continue


def _strays_with_pages(asked: AssignInput, run: StageRun) -> Iterator[tuple[Stray, Extraction]]:
    """Each stray with its pages, one at a time in memory."""
    for stray, header in zip(asked.body.strays, asked.headers, strict=True):
        if isinstance(stray.pdf, UnreadableFile) or header is None:
            yield stray, Extraction(stray.file, None, (), _problem(stray) or CHANGED)
            continue
        pages = run.load(EXTRACT, asked.body.to_read(stray.pdf))
        if pages is None:
            raise _ChangedError
        yield stray, Extraction(stray.file, stray.pdf.sha256, pages, header.note)


def _problem(stray: Stray) -> Message | None:
    """The reason why a stray could not be looked at."""
    return stray.pdf.problem if isinstance(stray.pdf, UnreadableFile) else None


ASSIGN = Stage(
    name=StageName.ASSIGN,
    make=_assign,
    key=lambda each: each.key,
    output=Assignment,
    packages=(
        *("indexer.catalogue", "indexer.segment", "indexer.model", "indexer.storage.digest", "indexer.storage.toml"),
        *("indexer.analysis.folding", "indexer.analysis.language", "indexer.analysis.language_data"),
        *("indexer.analysis.dates", "indexer.analysis.fields", "indexer.analysis.numerals"),
        *("indexer.analysis.ordinals", "indexer.analysis.subjects", "indexer.extract.pdf.signs"),
    ),
)


@dataclass(frozen=True, slots=True)
class SegmentInput:
    """A document to segment.

    Attributes:
        read: its PDF, which was read.
        pages: the digest of its pages.
        override: the catalogue's word on cutting it.
    """

    read: PdfToRead
    pages: str
    override: Override | None


def _segment(inputs: Sequence[SegmentInput], run: StageRun) -> Generator[Made[SegmentInput, Segmented], None, None]:
    """Cut documents into passages."""
    from indexer.segment.document import segment_document

    for each in inputs:
        pages = run.load(EXTRACT, each.read)
        if pages is not None:
            yield Made(each, segment_document(pages, each.override))


SEGMENT = Stage(
    name=StageName.SEGMENT,
    make=_segment,
    key=lambda each: (each.pages, each.override),
    output=Segmented,
    # The tokenizer and the stemmer are left out: a change of them makes the index anew, but cuts no document anew.
    packages=(
        *("indexer.segment", "indexer.model"),
        *("indexer.analysis.folding", "indexer.analysis.language", "indexer.analysis.language_data"),
        *("indexer.analysis.dates", "indexer.analysis.numerals", "indexer.analysis.ordinals"),
        "indexer.extract.pdf.signs",
    ),
)

DOCUMENT_STAGES: tuple[Stage[SegmentInput, Segmented], ...] = (SEGMENT,)
"""Stages that a document goes through by itself, in order: the last one gives its passages."""
