"""Reconciliation of catalogue and disk with the receipts of what was fetched."""

from dataclasses import replace

from indexer.catalogue.reader import Catalogue
from indexer.catalogue.scan import Stray, inspect, readable_files
from indexer.fetch.receipts import Absence, Receipt, Receipts
from indexer.model import message


def add_fetched_files(catalogue: Catalogue, fetched: Receipts) -> Catalogue:
    """The catalogue with the files that were fetched for documents whose address it names."""
    by_address = {receipt.address: receipt.file for receipt in fetched.fetched}
    documents = tuple(
        replace(document, file=by_address[document.url])
        if document.file is None and document.url in by_address
        else document
        for document in catalogue.documents
    )
    return replace(catalogue, documents=documents)


def linked_strays(catalogue: Catalogue, fetched: Receipts) -> tuple[Stray, ...]:
    """The fetched files that no document of the catalogue names.

    They are those of meetings of the catalogue. The latest come first: a document that moved on the portal was fetched
    anew.
    """
    listed = {document.file for document in catalogue.documents}
    meetings = {meeting.id for meeting in catalogue.meetings}
    return tuple(
        Stray(receipt.file, inspect(catalogue.pdf_folder / receipt.file), receipt.meeting, receipt.address)
        for receipt in sorted(fetched.fetched, key=lambda receipt: (-receipt.at.timestamp(), receipt.file))
        if receipt.file not in listed and receipt.meeting in meetings
    )


def follow_moved_files(catalogue: Catalogue, fetched: Receipts) -> Receipts:
    """The receipts with files named as people have moved them.

    A file that is gone is taken to be the one of the same content.
    """
    gone = {receipt.file for receipt in fetched.fetched if _is_gone(catalogue, receipt)}
    if not gone:
        return fetched  # before all files are read for their digests
    places = {pdf.sha256: file for file, pdf in readable_files(catalogue)}
    receipts = (
        replace(receipt, file=places.get(receipt.sha256, receipt.file)) if receipt.file in gone else receipt
        for receipt in fetched.fetched
    )
    return replace(fetched, fetched=tuple(receipts))


def find_removed_files(catalogue: Catalogue, fetched: Receipts) -> dict[str, Absence]:
    """The documents that people have removed after they were fetched, by address.

    Those that the catalogue asks for by their address are not among them. A folder without any PDF tells no such
    thing: it is that of a new copy of the corpus, or was lost.
    """
    asked = {document.url for document in catalogue.documents}
    out = [each for each in fetched.fetched if each.address not in asked and _is_gone(catalogue, each)]
    if not out or not any(readable_files(catalogue)):
        return {}
    return {
        each.address: Absence(
            each.address,
            each.meeting,
            message("taken-out", each.file, each.address),
            each.at,
            each.language,
        )
        for each in out
    }


def _is_gone(catalogue: Catalogue, receipt: Receipt) -> bool:
    """Tell whether a file is not there; one that cannot be looked at has not gone."""
    try:
        return not (catalogue.pdf_folder / receipt.file).is_file()
    except OSError:
        return False
