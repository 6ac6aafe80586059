"""A body's portal and the addresses in its catalogue ─▶ its folder of PDFs: what is new is fetched, checked and
written down; nothing is ever removed.
"""

import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from indexer.analysis.numerals import roman
from indexer.analysis.ordinals import ORDINAL, strip_accents
from indexer.catalogue.assign import names_of
from indexer.catalogue.reader import Catalogue, load_catalogue
from indexer.catalogue.scan import as_on_disk
from indexer.catalogue.writer import add_meetings, meeting_text
from indexer.fetch import receipts
from indexer.fetch.client import Fetcher
from indexer.fetch.portal import ListedMeeting, Listing, read_portal
from indexer.fetch.receipts import Absence, Receipt, Receipts, Refusal
from indexer.fetch.reconcile import find_removed_files, follow_moved_files
from indexer.model import Meeting
from indexer.model.errors import FetchError
from indexer.storage.atomic import remove_leftovers, storage_errors, write_whole
from indexer.storage.lock import one_at_a_time

_NUMBERED = re.compile(rf"{ORDINAL}(?=\s)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A meeting that the portal lists and the catalogue does not; ``entry`` is ready to be added to the catalogue."""

    meeting: str
    entry: str


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync did for one body: files that came new or changed, what was refused, what a person should look at."""

    body: str
    fetched: tuple[Receipt, ...]
    unchanged: int
    refused: tuple[Refusal, ...]
    proposals: tuple[Proposal, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Wanted:
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
    """Bring the PDFs of the body in a folder up to what its portal lists and its catalogue gives an address.

    ``accept`` adds proposed meetings to the catalogue, and fetches their documents. ``progress`` hears of documents
    done, of how many, and the address that is next.

    Raises:
        Busy: another process fetches for this body.
        StorageError: the corpus cannot be written; what was fetched before is kept.
        CatalogueError: the catalogue, or the lock file beside it, cannot be read, or no meeting can be added to it.
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
    known = follow_moved_files(catalogue, receipts.read_receipts(catalogue.folder))
    out = find_removed_files(catalogue, known)
    with storage_errors(catalogue.folder):
        for folder in _written(catalogue, known):
            remove_leftovers(folder)
    pages, refused = _pages(catalogue, fetcher, now)
    listings = {language: page.meetings for language, page in pages.items()}
    meetings = {meeting.ordinal: meeting.id for meeting in catalogue.meetings}
    proposals = tuple(_proposals(catalogue, listings))
    if accept and proposals:
        add_meetings(catalogue.folder, (proposal.entry for proposal in proposals))
        meetings |= {
            listed.ordinal: roman(listed.ordinal)
            for each in listings.values()
            for listed in each
            if listed.ordinal not in meetings
        }
    wanted = _once_each([*_named(catalogue), *_listed(listings, meetings)])
    fetched: list[Receipt] = []
    unlinked = list(_unlinked(catalogue, listings, now()))
    notes = [*_disagreements(catalogue.meetings, listings), *_loose(pages, {want.address for want in wanted})]
    notes += [absence.reason for absence in (*unlinked, *out.values())]
    unchanged = 0
    for done, want in enumerate(wanted):
        progress(done, len(wanted), want.address)
        try:
            receipt, has_end = _fetch(catalogue, fetcher, want, known, now(), out=want.address in out)
        except FetchError as error:
            refused.append(Refusal(want.address, want.meeting, str(error), now(), want.language))
            continue
        if receipt is None:
            unchanged += 1
            continue
        fetched.append(receipt)
        if not has_end:
            notes.append(f"{receipt.file}: has no mark of its end, and may have been cut off on the way; compare it")
        others = (each for each in known.fetched if not _same(each.address, want.address))
        known = Receipts((*others, receipt), known.refused)
        _write_lock_file(catalogue, known)
    progress(len(wanted), len(wanted), "")
    if known.refused or refused or unlinked:
        _write_lock_file(catalogue, replace(known, refused=(*refused, *unlinked)))
    return SyncReport(
        catalogue.body.id,
        tuple(fetched),
        unchanged,
        tuple(refused),
        proposals,
        tuple(notes),
    )


def _written(catalogue: Catalogue, known: Receipts) -> set[Path]:
    """The folders that a sync writes to."""
    files = [*(document.file for document in catalogue.documents), *(receipt.file for receipt in known.fetched)]
    return {
        catalogue.folder,
        catalogue.pdf_folder,
        *((catalogue.pdf_folder / file).parent for file in files if file),
    }


def _pages(
    catalogue: Catalogue, fetcher: Fetcher, now: Callable[[], datetime]
) -> tuple[dict[str, Listing], list[Refusal]]:
    pages: dict[str, Listing] = {}
    name = names_of(catalogue)
    refused: list[Refusal] = []
    for language, address in sorted(catalogue.body.portal.items()):
        try:
            page = fetcher.get(address)
            listing = read_portal(page.content, page.address, name) if page else Listing((), ())
            if not listing.meetings:
                led = f"led to {page.address}, which " if page and page.address != address else ""
                raise FetchError(f"{address}: {led}lists no meeting that can be read; has the portal's page moved?")
        except FetchError as error:
            refused.append(Refusal(address, None, str(error), now(), language))
        else:
            pages[language] = listing
    return pages, refused


def _named(catalogue: Catalogue) -> Iterator[_Wanted]:
    """The documents whose address the catalogue names and whose file it does not, or that is not there."""
    for document in catalogue.documents:
        there = document.file is not None and (catalogue.pdf_folder / document.file).exists()
        if document.url and not there:
            language = document.language or catalogue.body.languages[0]
            yield _Wanted(document.url, document.meeting, language, document.file)


def _listed(listings: Mapping[str, Iterable[ListedMeeting]], meetings: Mapping[int, str]) -> Iterator[_Wanted]:
    for language, listing in listings.items():
        for listed in listing:
            for address in listed.addresses:
                if listed.ordinal in meetings:
                    yield _Wanted(address, meetings[listed.ordinal], language)


def _unlinked(catalogue: Catalogue, listings: Mapping[str, Iterable[ListedMeeting]], at: datetime) -> Iterator[Absence]:
    """The meetings that a portal's page lists without their recommendations: none was refused, and none is had."""
    ids = {meeting.ordinal: meeting.id for meeting in catalogue.meetings}
    for language, listing in listings.items():
        page = catalogue.body.portal[language]
        for listed in listing:
            if listed.ordinal in ids and not listed.addresses:
                meeting = ids[listed.ordinal]
                reason = f"{page}: lists meeting {meeting} without a link to its recommendations"
                yield Absence(page, meeting, reason, at, language)


def _once_each(wanted: Iterable[_Wanted]) -> list[_Wanted]:
    """Each address once, as it was wanted first."""
    first: dict[str, _Wanted] = {}
    for want in wanted:
        first.setdefault(want.address.casefold(), want)
    return list(first.values())


def _same(one: str, other: str) -> bool:
    """Whether two addresses are one. The portal spells paths in small letters and in capitals alike."""
    return one.casefold() == other.casefold()


def _name(address: str) -> str:
    """The name of a document: a portal that moves its documents to another folder or machine keeps their names."""
    return PurePosixPath(unquote(urlsplit(address).path)).name.casefold()


def _fetch(
    catalogue: Catalogue, fetcher: Fetcher, want: _Wanted, known: Receipts, at: datetime, *, out: bool
) -> tuple[Receipt | None, bool]:
    """The receipt of a new or changed document, None where it is as before; and whether it has its end.

    What people have taken ``out`` is as before while the address gives the same.
    """
    earlier = next((receipt for receipt in known.fetched if _same(receipt.address, want.address)), None)
    file = want.file or (earlier.file if earlier else None)
    there = earlier is not None and file is not None and (out or (catalogue.pdf_folder / file).is_file())
    etag, modified = (earlier.etag, earlier.modified) if there and earlier else (None, None)
    fetched = fetcher.get_pdf(want.address, etag=etag, modified=modified)
    if fetched is None:
        return None, True
    if _name(fetched.address) != _name(want.address):
        raise FetchError(
            f"{want.address}: leads to another document, {fetched.address}; not taken; if it is the right one, name "
            "that address (`url`) in the catalogue"
        )
    digest = hashlib.sha256(fetched.content).hexdigest()
    if there and earlier and earlier.sha256 == digest:
        return None, True
    with storage_errors(catalogue.pdf_folder):
        file = file or _file_name(catalogue, want, known, digest)
        (catalogue.pdf_folder / file).parent.mkdir(parents=True, exist_ok=True)
        write_whole(catalogue.pdf_folder / file, fetched.content)
    receipt = Receipt(want.address, want.meeting, file, digest, want.language, at, fetched.etag, fetched.modified)
    return receipt, fetched.has_end


def _file_name(catalogue: Catalogue, want: _Wanted, known: Receipts, digest: str) -> str:
    """A name that tells the meeting, the page's language and the portal's own name; no other document has it.

    A file of that name with the same content is the work of a sync that died before it could write that down.
    """
    stem = PurePosixPath(unquote(urlsplit(want.address).path)).stem
    plain = re.sub(r"[^A-Za-z0-9]+", "-", stem).strip("-")[:60] or "document"
    name = f"{want.meeting}-{want.language}-{plain}"
    place = catalogue.pdf_folder / f"{name}.pdf"
    named = any(receipt.file == place.name for receipt in known.fetched)
    if named or (place.exists() and hashlib.sha256(place.read_bytes()).hexdigest() != digest):
        return f"{name}-{digest[:8]}.pdf"
    return place.name


def _write_lock_file(catalogue: Catalogue, content: Receipts) -> None:
    with storage_errors(catalogue.folder):
        receipts.write_receipts(catalogue.folder, content)


def _proposals(catalogue: Catalogue, listings: Mapping[str, Iterable[ListedMeeting]]) -> Iterator[Proposal]:
    known = {meeting.ordinal for meeting in catalogue.meetings}
    new: dict[int, dict[str, ListedMeeting]] = {}
    for language, listing in listings.items():
        for listed in listing:
            if listed.ordinal not in known:
                new.setdefault(listed.ordinal, {})[language] = listed
    for ordinal, by_language in sorted(new.items()):
        any_language, listed = next(iter(by_language.items()))
        meeting = Meeting(
            body=catalogue.body.id,
            id=roman(ordinal),
            ordinal=ordinal,
            title={language: _without_controls(title) for language, title in _titles(catalogue, ordinal)},
            first_day=listed.first_day,
            last_day=listed.last_day,
            venue={language: _without_controls(each.venue) for language, each in by_language.items() if each.venue},
            page=_without_controls(catalogue.body.portal[any_language]),
        )
        yield Proposal(meeting.id, meeting_text(meeting))


def _titles(catalogue: Catalogue, ordinal: int) -> Iterator[tuple[str, str]]:
    """The title of a new meeting in each language of the body: as that of the last one, with another number."""
    words = {"en": "Meeting", "es": "Reunión", "pt": "Reunião", "fr": "Réunion"}
    last = catalogue.meetings[-1].title if catalogue.meetings else {}
    for language in catalogue.body.languages:
        title = last.get(language, "")
        if numbered := _NUMBERED.match(strip_accents(title)):
            yield language, roman(ordinal) + title[numbered.end() :]
        else:
            told = (f"{roman(ordinal)} {words.get(language, '')}".strip(), catalogue.body.name.get(language))
            yield language, ", ".join(filter(None, told))


def _without_controls(text: str) -> str:
    """A text with spaces in the place of control characters, which a portal's page may print."""
    return re.sub(r"[\x00-\x1f\x7f]", " ", text)


def _loose(pages: Mapping[str, Listing], wanted: Collection[str]) -> Iterator[str]:
    for language, page in pages.items():
        for link in page.loose:
            if link.address not in wanted:
                yield (
                    f"{link.address}: not fetched: the portal's page ({language}) links to it after “{link.after}”, "
                    "which names no meeting of this body with its days; if it is of one, name the address (`url`) in "
                    "the catalogue"
                )


def _disagreements(meetings: Iterable[Meeting], listings: Mapping[str, Iterable[ListedMeeting]]) -> Iterator[str]:
    by_ordinal = {meeting.ordinal: meeting for meeting in meetings}
    for language, listing in listings.items():
        listed_ordinals = set()
        for listed in listing:
            listed_ordinals.add(listed.ordinal)
            meeting = by_ordinal.get(listed.ordinal)
            days = (listed.first_day, listed.last_day)
            if meeting and meeting.first_day and days != (meeting.first_day, meeting.last_day):
                yield (
                    f"{meeting.key}: the portal's page ({language}) says {listed.first_day} to {listed.last_day}, "
                    f"the catalogue {meeting.first_day} to {meeting.last_day}"
                )
        for meeting in by_ordinal.values():
            if meeting.ordinal not in listed_ordinals:
                yield f"{meeting.key}: is not on the portal's page ({language})"
