"""Sync of a body's folder of PDFs with its portal and catalogue.

New documents at addresses that either names are fetched, checked and written down; nothing is ever removed.
"""

import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from indexer.analysis.numerals import roman
from indexer.catalogue.first_page import names_of
from indexer.catalogue.reader import Catalogue, load_catalogue
from indexer.catalogue.scan import as_on_disk
from indexer.catalogue.writer import add_meetings
from indexer.fetch import receipts
from indexer.fetch.client import Fetcher
from indexer.fetch.portal import ListedMeeting, Listing, read_portal
from indexer.fetch.proposals import Proposal, propose_meetings
from indexer.fetch.receipts import Absence, Receipt, Receipts, Refusal
from indexer.fetch.reconcile import find_removed_files, follow_moved_files
from indexer.model import Meeting, Message, message
from indexer.model.errors import FetchError
from indexer.storage.atomic import remove_leftovers, storage_errors, write_whole
from indexer.storage.lock import one_at_a_time

_LONGEST_NAME = 60
"""Characters of the portal's name that a file keeps: paths of a whole corpus stay short enough for any system."""

_DIGITS = 8
"""Hexadecimal digits of a digest that tell documents of one name apart."""


@dataclass(frozen=True, slots=True)
class SyncReport:
    """The result of a sync of one body.

    ``fetched`` are the receipts of files that came new or changed, ``unchanged`` counts the others that were looked
    at, ``refused`` are the addresses that gave nothing, ``notes`` what people should look at.
    """

    body: str
    fetched: tuple[Receipt, ...]
    unchanged: int
    refused: tuple[Refusal, ...]
    proposals: tuple[Proposal, ...]
    notes: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A document to fetch; ``file`` is its place where the catalogue names one, ``language`` that of its page."""

    address: str
    meeting: str
    language: str
    file: str | None = None


def sync(
    folder: Path,
    fetcher: Fetcher,
    *,
    accept: bool = False,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    progress: Callable[[int, int, str], None] = lambda _done, _of, _address: None,
) -> SyncReport:
    """Bring the PDFs of the body in a folder up to date.

    Fetched are the documents that its portal lists, and those to which its catalogue gives an address. ``accept`` adds
    proposed meetings to the catalogue, and fetches their documents. ``progress`` hears of documents done, of how many,
    and the address that is next.

    Raises:
        Busy: another process fetches for this body.
        StorageError: the corpus cannot be written; what was fetched before is kept.
        CatalogueError: the catalogue, or the receipts beside it, cannot be read, or no meeting can be added to it.
    """
    with one_at_a_time(folder / ".sync", "sync"):
        return _sync(as_on_disk(load_catalogue(folder)), fetcher, accept=accept, now=now, progress=progress)


def _sync(
    catalogue: Catalogue,
    fetcher: Fetcher,
    *,
    accept: bool,
    now: Callable[[], datetime],
    progress: Callable[[int, int, str], None],
) -> SyncReport:
    # Receipts are followed to where files were moved before it is asked which were removed.
    known = follow_moved_files(catalogue, receipts.read_receipts(catalogue.folder))
    out = find_removed_files(catalogue, known)
    with storage_errors(catalogue.folder):
        for folder in _folders_to_write(catalogue, known):
            remove_leftovers(folder)
    pages, refused = _fetch_pages(catalogue, fetcher, now)
    listings = {language: page.meetings for language, page in pages.items()}
    meetings = {meeting.ordinal: meeting.id for meeting in catalogue.meetings}
    proposals = tuple(propose_meetings(catalogue, listings))
    if accept and proposals:
        add_meetings(catalogue.folder, (proposal.entry for proposal in proposals))
        # The documents of a meeting just added are fetched in the same run.
        meetings |= {
            listed.ordinal: roman(listed.ordinal)
            for each in listings.values()
            for listed in each
            if listed.ordinal not in meetings
        }
    wanted = _first_of_each([*_named_documents(catalogue), *_listed_documents(listings, meetings)])
    unlinked = list(_absences(catalogue, listings, now()))
    notes = [*_disagreements(catalogue.meetings, listings), *_loose(pages, {want.address for want in wanted})]
    notes += [absence.reason for absence in (*unlinked, *out.values())]
    run = _Run(known)
    _fetch_all(catalogue, fetcher, wanted, run, out=out.keys(), now=now, progress=progress)
    refused += run.refused
    # A list that is empty, and was so before, is not written: a sync that finds nothing new touches no file.
    if known.refused or refused or unlinked:
        _write_receipts(catalogue, replace(run.known, refused=(*refused, *unlinked)))
    return SyncReport(
        body=catalogue.body.id,
        fetched=tuple(run.fetched),
        unchanged=run.unchanged,
        refused=tuple(refused),
        proposals=proposals,
        notes=(*notes, *run.notes),
    )


@dataclass(slots=True)
class _Run:
    """The progress of one run of downloads.

    ``known`` are the receipts as they stand by now; ``fetched``, ``refused`` and ``notes`` are what came of addresses,
    ``unchanged`` counts those that gave what they gave before.
    """

    known: Receipts
    fetched: list[Receipt] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)
    unchanged: int = 0


def _fetch_all(
    catalogue: Catalogue,
    fetcher: Fetcher,
    wanted: Sequence[_Wanted],
    run: _Run,
    *,
    out: Collection[str],
    now: Callable[[], datetime],
    progress: Callable[[int, int, str], None],
) -> None:
    """Fetch documents one by one; ``out`` are the addresses of those that people have taken out."""
    for done, want in enumerate(wanted):
        progress(done, len(wanted), want.address)
        try:
            receipt, has_end = _fetch(catalogue, fetcher, want, run.known, now(), out=want.address in out)
        except FetchError as error:
            run.refused.append(Refusal(want.address, want.meeting, error.messages[0], now(), want.language))
            continue
        if receipt is None:
            run.unchanged += 1
            continue
        run.fetched.append(receipt)
        if not has_end:
            run.notes.append(message("end-missing", receipt.file))
        others = (each for each in run.known.fetched if not _is_same(each.address, want.address))
        run.known = Receipts((*others, receipt), run.known.refused)
        # After each document: a sync that is broken off loses none of those that came.
        _write_receipts(catalogue, run.known)
    progress(len(wanted), len(wanted), "")


def _folders_to_write(catalogue: Catalogue, known: Receipts) -> set[Path]:
    """The folders that a sync writes to."""
    files = [*(document.file for document in catalogue.documents), *(receipt.file for receipt in known.fetched)]
    return {
        catalogue.folder,
        catalogue.pdf_folder,
        *((catalogue.pdf_folder / file).parent for file in files if file),
    }


def _fetch_pages(
    catalogue: Catalogue, fetcher: Fetcher, now: Callable[[], datetime]
) -> tuple[dict[str, Listing], list[Refusal]]:
    """The listings of a portal's pages by language, and the refusals."""
    pages: dict[str, Listing] = {}
    name = names_of(catalogue)
    refused: list[Refusal] = []
    for language, address in sorted(catalogue.body.portal.items()):
        try:
            page = fetcher.get(address)
            listing = read_portal(page.content, page.address, name) if page else Listing((), ())
            if not listing.meetings:
                if page and page.address != address:
                    raise FetchError(message("no-meetings-listed-there", address, page.address))
                raise FetchError(message("no-meetings-listed", address))
        except FetchError as error:
            refused.append(Refusal(address, None, error.messages[0], now(), language))
        else:
            pages[language] = listing
    return pages, refused


def _named_documents(catalogue: Catalogue) -> Iterator[_Wanted]:
    """The documents whose address the catalogue names and whose file is missing."""
    for document in catalogue.documents:
        there = document.file is not None and (catalogue.pdf_folder / document.file).exists()
        if document.url and not there:
            language = document.language or catalogue.body.languages[0]
            yield _Wanted(document.url, document.meeting, language, document.file)


def _listed_documents(
    listings: Mapping[str, Iterable[ListedMeeting]], meetings: Mapping[int, str]
) -> Iterator[_Wanted]:
    """The documents that a portal's pages link; ``meetings`` are ids by ordinal."""
    for language, listing in listings.items():
        for listed in listing:
            for address in listed.addresses:
                if listed.ordinal in meetings:
                    yield _Wanted(address, meetings[listed.ordinal], language)


def _absences(catalogue: Catalogue, listings: Mapping[str, Iterable[ListedMeeting]], at: datetime) -> Iterator[Absence]:
    """The meetings that a portal's page lists without a link to their recommendations."""
    ids = {meeting.ordinal: meeting.id for meeting in catalogue.meetings}
    for language, listing in listings.items():
        page = catalogue.body.portal[language]
        for listed in listing:
            if listed.ordinal in ids and not listed.addresses:
                meeting = ids[listed.ordinal]
                yield Absence(page, meeting, message("unlinked-meeting", page, meeting), at, language)


def _first_of_each(wanted: Iterable[_Wanted]) -> list[_Wanted]:
    """Each address once, as it was wanted first."""
    first: dict[str, _Wanted] = {}
    for want in wanted:
        first.setdefault(want.address.casefold(), want)
    return list(first.values())


def _is_same(one: str, other: str) -> bool:
    """Tell whether two addresses are one: the portal spells paths in small letters and in capitals alike."""
    return one.casefold() == other.casefold()


def _name(address: str) -> str:
    """The name of a document: it stays where a portal moves it elsewhere."""
    return PurePosixPath(unquote(urlsplit(address).path)).name.casefold()


def _fetch(
    catalogue: Catalogue, fetcher: Fetcher, want: _Wanted, known: Receipts, at: datetime, *, out: bool
) -> tuple[Receipt | None, bool]:
    """The receipt of a document, and True where its end mark is there.

    The receipt is None where the document is as before. One that people have taken ``out`` is as before while the
    address gives the same.

    Raises:
        FetchError: the address gives nothing usable, or another document.
        StorageError: the file cannot be written.
    """
    earlier = next((receipt for receipt in known.fetched if _is_same(receipt.address, want.address)), None)
    file = want.file or (earlier.file if earlier else None)
    there = earlier is not None and file is not None and (out or (catalogue.pdf_folder / file).is_file())
    # A server may answer "not modified" only of a file that is there, or that nobody wants back.
    etag, modified = (earlier.etag, earlier.modified) if there and earlier else (None, None)
    fetched = fetcher.get_pdf(want.address, etag=etag, modified=modified)
    if fetched is None:
        return None, True
    # Portals redirect the addresses of lost documents to any other.
    if _name(fetched.address) != _name(want.address):
        raise FetchError(message("other-document", want.address, fetched.address))
    digest = hashlib.sha256(fetched.content).hexdigest()
    if there and earlier and earlier.sha256 == digest:
        return None, True
    with storage_errors(catalogue.pdf_folder):
        file = file or _file_name(catalogue, want, known, digest)
        (catalogue.pdf_folder / file).parent.mkdir(parents=True, exist_ok=True)
        write_whole(catalogue.pdf_folder / file, fetched.content)
    receipt = Receipt(
        address=want.address,
        meeting=want.meeting,
        file=file,
        sha256=digest,
        language=want.language,
        at=at,
        etag=fetched.etag,
        modified=fetched.modified,
    )
    return receipt, fetched.has_end


def _file_name(catalogue: Catalogue, want: _Wanted, known: Receipts, digest: str) -> str:
    """A name for a new file, which no other document has.

    It is made of the meeting, the page's language and the portal's own name. A file of that name with the same content
    is the work of a sync that died before it could write that down.
    """
    stem = PurePosixPath(unquote(urlsplit(want.address).path)).stem
    plain = re.sub(r"[^A-Za-z0-9]+", "-", stem).strip("-")[:_LONGEST_NAME] or "document"
    name = f"{want.meeting}-{want.language}-{plain}"
    place = catalogue.pdf_folder / f"{name}.pdf"
    named = any(receipt.file == place.name for receipt in known.fetched)
    if named or (place.exists() and hashlib.sha256(place.read_bytes()).hexdigest() != digest):
        return f"{name}-{digest[:_DIGITS]}.pdf"
    return place.name


def _write_receipts(catalogue: Catalogue, content: Receipts) -> None:
    with storage_errors(catalogue.folder):
        receipts.write_receipts(catalogue.folder, content)


def _loose(pages: Mapping[str, Listing], wanted: Collection[str]) -> Iterator[Message]:
    """Notes on links that are neither of a meeting nor wanted."""
    for language, page in pages.items():
        for link in page.loose:
            if link.address not in wanted:
                yield message("loose-link", link.address, language, link.after)


def _disagreements(meetings: Iterable[Meeting], listings: Mapping[str, Iterable[ListedMeeting]]) -> Iterator[Message]:
    """Notes on meetings that a page lacks or gives other days."""
    by_ordinal = {meeting.ordinal: meeting for meeting in meetings}
    for language, listing in listings.items():
        listed_ordinals = set()
        for listed in listing:
            listed_ordinals.add(listed.ordinal)
            meeting = by_ordinal.get(listed.ordinal)
            days = (listed.first_day, listed.last_day)
            if meeting and meeting.first_day and days != (meeting.first_day, meeting.last_day):
                days_listed = str(listed.first_day), str(listed.last_day)
                days_here = str(meeting.first_day), str(meeting.last_day)
                yield message("other-days", meeting.key, language, *days_listed, *days_here)
        for meeting in by_ordinal.values():
            if meeting.ordinal not in listed_ordinals:
                yield message("not-on-page", meeting.key, language)
