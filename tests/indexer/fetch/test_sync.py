import errno
import hashlib
import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from indexer.catalogue.reader import Catalogue, load_catalogue
from indexer.catalogue.scan import Stray
from indexer.cli import run as indexer
from indexer.fetch.client import Fetcher, Limits
from indexer.fetch.receipts import Absence, read_receipts
from indexer.fetch.reconcile import add_fetched_files, linked_strays
from indexer.fetch.sync import SyncReport, sync
from indexer.model.errors import CatalogueError, StorageError
from indexer.storage.atomic import TEMPORARY
from tests.support.site import Site, serving

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.fixture
def site() -> Iterator[Site]:
    yield from serving()


@pytest.fixture
def body(tmp_path: Path, site: Site) -> Path:
    folder = tmp_path / "islands"
    folder.mkdir()
    (folder / "catalogue.toml").write_text(
        f"""# kept by hand
[body]
id = "islands"
languages = ["en"]
name.en = "Islands"
portal.en = "{site.address}/en/list.asp"
[[meeting]]
ordinal = 1
title.en = "First Meeting"
first_day = 1999-05-12
last_day = 1999-05-12
"""
    )
    return folder


def run(folder: Path, *, accept: bool = False) -> SyncReport:
    fetcher = Fetcher(Limits(pauses=()), pause=lambda _seconds: None)
    return sync(folder, fetcher, accept=accept, now=lambda: NOW)


def filled_catalogue(folder: Path) -> Catalogue:
    return add_fetched_files(load_catalogue(folder), read_receipts(folder))


def strays_of(folder: Path) -> tuple[Stray, ...]:
    return linked_strays(filled_catalogue(folder), read_receipts(folder))


def test_a_listed_document_is_fetched_and_written_down(site: Site, body: Path) -> None:
    site.lists(("I", "May 12, 1999", "/PDFs/i recom.pdf"))
    site.files["/PDFs/i%20recom.pdf"] = b"%PDF-1.4 first %%EOF"
    (receipt,) = run(body).fetched
    assert (body / "pdf" / receipt.file).read_bytes() == b"%PDF-1.4 first %%EOF"
    assert receipt.file == "I-en-i-recom.pdf"
    assert receipt.sha256 == hashlib.sha256(b"%PDF-1.4 first %%EOF").hexdigest()
    assert read_receipts(body).fetched == (receipt,)
    (stray,) = strays_of(body)
    assert (stray.linked_meeting, stray.file, stray.url) == ("I", receipt.file, receipt.address)


def test_what_has_not_changed_is_not_fetched_again(site: Site, body: Path) -> None:
    site.lists(("I", "May 12, 1999", "/i.pdf"))
    site.files["/i.pdf"] = b"%PDF-1.4 first %%EOF"
    run(body)
    again = run(body)
    assert (again.fetched, again.unchanged, site.given.count("/i.pdf")) == ((), 1, 1)


def test_a_document_that_changed_takes_the_place_of_the_old(site: Site, body: Path) -> None:
    site.lists(("I", "May 12, 1999", "/i.pdf"))
    site.files["/i.pdf"] = b"%PDF-1.4 first %%EOF"
    (old,) = run(body).fetched
    site.files["/i.pdf"] = b"%PDF-1.4 mended %%EOF"
    (new,) = run(body).fetched
    assert new.file == old.file
    assert (body / "pdf" / new.file).read_bytes() == b"%PDF-1.4 mended %%EOF"


@pytest.fixture
def two(site: Site, body: Path) -> Path:
    """The body's folder of PDFs, with two documents that were fetched."""
    site.lists(("I", "May 12, 1999", "/i.pdf"), ("I", "May 12, 1999", "/other.pdf"))
    site.files |= {"/i.pdf": b"%PDF-1.4 first %%EOF", "/other.pdf": b"%PDF-1.4 other %%EOF"}
    assert len(run(body).fetched) == 2
    return body / "pdf"


def test_a_file_that_was_taken_out_stays_out_until_the_portal_gives_another(site: Site, body: Path, two: Path) -> None:
    (two / "I-en-i.pdf").unlink()
    synced = run(body)
    assert synced.fetched == ()
    assert any("I-en-i.pdf was taken out of the folder of PDFs" in str(note) for note in synced.notes)
    site.files["/i.pdf"] = b"%PDF-1.4 mended %%EOF"
    assert [receipt.file for receipt in run(body).fetched] == ["I-en-i.pdf"]


def test_a_file_that_was_taken_out_is_fetched_where_the_catalogue_names_its_address(
    site: Site, body: Path, two: Path
) -> None:
    (two / "I-en-i.pdf").unlink()
    with (body / "catalogue.toml").open("a") as catalogue:
        catalogue.write(f'[[meeting.document]]\nurl = "{site.address}/i.pdf"\n')
    assert [receipt.file for receipt in run(body).fetched] == ["I-en-i.pdf"]


def test_a_file_that_was_moved_is_not_fetched_again_but_kept_up_to_date(site: Site, body: Path, two: Path) -> None:
    (two / "IX").mkdir()
    (two / "I-en-i.pdf").rename(two / "IX" / "mine.pdf")
    synced = run(body)
    assert (synced.fetched, synced.notes) == ((), ())
    site.files["/i.pdf"] = b"%PDF-1.4 mended %%EOF"
    assert [receipt.file for receipt in run(body).fetched] == ["IX/mine.pdf"]
    assert (two / "IX" / "mine.pdf").read_bytes() == site.files["/i.pdf"]


def test_all_is_fetched_again_where_the_folder_of_pdfs_holds_none(body: Path, two: Path) -> None:
    for file in two.iterdir():
        file.unlink()
    assert len(run(body).fetched) == 2


def test_a_meeting_that_is_listed_without_a_link_is_told_and_written_down(site: Site, body: Path) -> None:
    site.files["/en/list.asp"] = b"<li>I Meeting (Headquarters, May 12, 1999)</li>"
    synced = run(body)
    assert (synced.refused, len(synced.notes)) == ((), 1)
    (absence,) = read_receipts(body).refused
    assert isinstance(absence, Absence)
    assert (absence.meeting, absence.language) == ("I", "en")
    assert "without a link" in str(absence.reason)


def test_a_file_that_a_sync_had_fetched_before_it_died_is_not_fetched_beside_itself(site: Site, body: Path) -> None:
    site.lists(("I", "May 12, 1999", "/i.pdf"), ("I", "May 12, 1999", "/other/i.pdf"))
    site.files["/i.pdf"] = b"%PDF-1.4 first %%EOF"
    run(body)
    (body / "fetched.json").unlink()
    site.files["/other/i.pdf"] = b"%PDF-1.4 first %%EOF"
    assert [receipt.file for receipt in run(body).fetched] == ["I-en-i.pdf", "I-en-i-94855684.pdf"]


def test_what_a_sync_that_died_had_not_finished_is_removed_wherever_it_writes(site: Site, body: Path) -> None:
    catalogue = body / "catalogue.toml"
    text = catalogue.read_text()
    catalogue.write_text(f'{text}[[meeting.document]]\nfile = "first/I.pdf"\nurl = "{site.address}/i.pdf"\n')
    left = [folder / ".new-0123456789ab" for folder in (body, body / "pdf", body / "pdf" / "first")]
    for path in left:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"%PDF-1.4 fir")
    run(body)
    assert not any(path.exists() for path in left)


def test_the_same_path_in_other_letters_is_one_document(site: Site, body: Path) -> None:
    site.lists(("I", "May 12, 1999", "/PDFs/i.pdf"), ("I", "May 12, 1999", "/pdfs/i.pdf"))
    site.files["/PDFs/i.pdf"] = site.files["/pdfs/i.pdf"] = b"%PDF-1.4 first %%EOF"
    assert len(run(body).fetched) == 1


def test_what_could_not_be_had_is_written_down_with_its_reason(site: Site, body: Path) -> None:
    site.lists(("I", "May 12, 1999", "/gone.pdf"))
    (refusal,) = run(body).refused
    assert (refusal.meeting, refusal.language) == ("I", "en")
    assert "answered 404" in str(refusal.reason)
    assert read_receipts(body).refused == (refusal,)
    site.files["/gone.pdf"] = b"%PDF-1.4 back"
    run(body)
    assert read_receipts(body).refused == ()


def test_a_portal_page_without_meetings_is_told(site: Site, body: Path) -> None:
    site.files["/en/list.asp"] = b"<p>We have moved.</p>"
    (refusal,) = run(body).refused
    assert "lists no meeting" in str(refusal.reason)
    site.files["/sorry.htm"] = site.files.pop("/en/list.asp")
    site.moved["/en/list.asp"] = "/sorry.htm"
    (refusal,) = run(body).refused
    assert f"led to {site.address}/sorry.htm, which lists no meeting" in str(refusal.reason)


@pytest.mark.parametrize("url", ["", "I.pdf"])
def test_an_address_that_leads_to_another_document_gives_nothing(site: Site, body: Path, url: str) -> None:
    site.lists(("I", "May 12, 1999", "/i.pdf"))
    site.files["/i.pdf"] = b"%PDF-1.4 first %%EOF"
    if url:
        with (body / "catalogue.toml").open("a") as file:
            file.write(f'[[meeting.document]]\nurl = "{site.address}/i.pdf"\n')
    (receipt,) = run(body).fetched
    site.files["/soup.pdf"] = b"%PDF-1.4 soup %%EOF"
    del site.files["/i.pdf"]
    site.moved["/i.pdf"] = "/soup.pdf"
    (refusal,) = run(body).refused
    assert f"leads to another document, {site.address}/soup.pdf" in str(refusal.reason)
    assert (body / "pdf" / receipt.file).read_bytes() == b"%PDF-1.4 first %%EOF"
    site.files["/new/I.pdf"] = b"%PDF-1.4 moved %%EOF"
    site.moved["/i.pdf"] = "/new/I.pdf"
    assert len(run(body).fetched) == 1


def test_a_link_that_is_no_meeting_s_of_the_body_is_told_and_not_followed(site: Site, body: Path) -> None:
    site.lists(("I", "May 12, 1999", "/i.pdf"), ("II", "dates to be confirmed", "/ii.pdf"))
    site.files["/en/list.asp"] += (
        b"<li>III Meeting of Ministers (Lima, May 3, 2002) <a href='/iii.pdf'>Recommendations</a>"
    )
    site.files |= {"/i.pdf": b"%PDF-1 %%EOF", "/ii.pdf": b"%PDF-2", "/iii.pdf": b"%PDF-3"}
    synced = run(body)
    assert ([receipt.meeting for receipt in synced.fetched], synced.proposals) == (["I"], ())
    second, third = synced.notes
    assert str(second).startswith(f"{site.address}/ii.pdf: not fetched")
    assert "II Meeting (Headquarters, dates to be confirmed) Recommendations" in str(second)
    assert str(third).startswith(f"{site.address}/iii.pdf: not fetched: the portal's page (en) links to it after “")
    assert "which names no meeting of this body with its days. If it is of one, name the address" in str(third)


def test_a_new_meeting_is_proposed_and_added_on_request_only(site: Site, body: Path) -> None:
    site.lists(("I", "May 12, 1999", "/i.pdf"), ("II", "October 14-15, 1999", "/ii.pdf"))
    site.files |= {"/i.pdf": b"%PDF-1", "/ii.pdf": b"%PDF-2"}
    before = (body / "catalogue.toml").read_text()
    synced = run(body)
    assert [proposal.meeting for proposal in synced.proposals] == ["II"]
    assert (body / "catalogue.toml").read_text() == before
    assert "/ii.pdf" not in site.given
    run(body, accept=True)
    assert (body / "catalogue.toml").read_text().startswith(before)
    assert [meeting.id for meeting in filled_catalogue(body).meetings] == ["I", "II"]
    assert [stray.linked_meeting for stray in strays_of(body)] == ["I", "II"]
    assert run(body).proposals == ()


def test_a_proposed_meeting_is_called_as_the_last_one_in_all_its_languages(site: Site, body: Path) -> None:
    catalogue = body / "catalogue.toml"
    text = catalogue.read_text().replace('["en"]', '["en", "es", "pt"]')
    text = text.replace('name.en = "Islands"', 'name.en = "Group of the Islands"\nname.pt = "Grupo das Ilhas"')
    title = 'title.en = "First Meeting of the Islands"\ntitle.es = "Primera Reunión de las Islas"'
    catalogue.write_text(text.replace('title.en = "First Meeting"', title))
    site.lists(("I", "May 12, 1999", "/i.pdf"), ("XXI", "October 14-15, 2029", "/xxi.pdf"))
    (proposal,) = run(body).proposals
    assert [line for line in proposal.entry.splitlines() if line.startswith("title")] == [
        'title.en = "XXI Meeting of the Islands"',
        'title.es = "XXI Reunión de las Islas"',
        'title.pt = "XXI Reunião, Grupo das Ilhas"',
    ]


def test_a_proposed_meeting_is_written_as_people_write_one(site: Site, body: Path) -> None:
    site.files["/en/list.asp"] = (
        b"<li>I Meeting (Headquarters, May 12, 1999)</li>"
        b'<li>II Meeting (The "Old"\x01Town\\Hall, October 14-15, 1999)</li>'
    )
    (proposal,) = run(body).proposals
    assert proposal.entry == (
        "[[meeting]]\n"
        "ordinal = 2\n"
        'title.en = "II Meeting"\n'
        "first_day = 1999-10-14\n"
        "last_day = 1999-10-15\n"
        'venue.en = "The \\"Old\\" Town\\\\Hall"\n'
        f'page = "{site.address}/en/list.asp"\n'
    )


def test_a_catalogue_that_a_meeting_cannot_be_added_to_is_left_as_it_is(site: Site, body: Path) -> None:
    site.lists(("I", "May 12, 1999", "/i.pdf"), ("II", "October 14-15, 1999", "/ii.pdf"))
    table = 'meeting = [{ordinal = 1, title.en = "First Meeting"}]\n[body]\nid = "islands"\nlanguages = ["en"]\n'
    catalogue = f'{table}name.en = "Islands"\nportal.en = "{site.address}/en/list.asp"\n'
    (body / "catalogue.toml").write_text(catalogue)
    with pytest.raises(CatalogueError, match="by hand"):
        run(body, accept=True)
    assert (body / "catalogue.toml").read_text() == catalogue


def test_other_dates_than_the_catalogue_s_are_told(site: Site, body: Path) -> None:
    site.lists(("I", "May 13, 1999", "/i.pdf"))
    (note,) = run(body).notes
    assert "1999-05-13" in str(note)


def test_a_meeting_that_the_page_lost_is_told(site: Site, body: Path) -> None:
    site.lists(("II", "October 14-15, 1999", "/ii.pdf"))
    assert any("islands/I: is not on the portal's page" in str(note) for note in run(body).notes)


def test_a_folder_that_cannot_be_written_is_named(site: Site, body: Path) -> None:
    site.lists(("I", "May 12, 1999", "/i.pdf"))
    site.files["/i.pdf"] = b"%PDF-1"
    (body / "pdf").write_text("a file in the folder's place")
    with pytest.raises(StorageError, match="pdf"):
        run(body)


def test_a_folder_that_takes_no_file_is_named_and_not_the_file_that_was_to_be_written(
    site: Site, body: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.lists(("I", "May 12, 1999", "/i.pdf"))
    site.files["/i.pdf"] = b"%PDF-1"
    real = Path.open

    def open_elsewhere(self: Path, mode: str = "r", **options: Any) -> Any:
        if self.name.startswith(TEMPORARY) and self.parent.name == "pdf":
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(self))
        return real(self, mode, **options)

    monkeypatch.setattr(Path, "open", open_elsewhere)
    with pytest.raises(StorageError, match=f"^{re.escape(str(body / 'pdf'))}: cannot be written"):
        run(body)


def test_the_command_says_what_came_and_what_could_not_be_had(
    site: Site, body: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site.lists(("I", "May 12, 1999", "/i.pdf"), ("II", "October 14-15, 1999", "/ii.pdf"))
    site.files["/i.pdf"] = b"%PDF-1"
    assert indexer(["sync", "--corpus", str(body.parent)]) == 0
    said = capsys.readouterr()
    assert "islands/I: I-en-i.pdf from" in said.out
    assert "New: meeting II. `indexer sync --accept` adds it to the catalogue as\n[[meeting]]" in said.out
    assert said.out.endswith("islands: 1 fetched, 0 unchanged, 0 not to be had.\n")
    assert indexer(["sync", "--corpus", str(body.parent), "--accept"]) == 8
    said = capsys.readouterr()
    assert "islands/II: added to the catalogue\nislands: 0 fetched, 1 unchanged, 1 not to be had.\n" in said.out
    assert "/ii.pdf: the server answered 404" in said.err


def test_a_document_whose_address_the_catalogue_names_is_fetched_once(site: Site, body: Path) -> None:
    catalogue = body / "catalogue.toml"
    text = re.sub("portal.*", "", catalogue.read_text())
    catalogue.write_text(
        f'{text}[[meeting.document]]\nlanguage = "en"\nsymbol = "G-I/1"\nurl = "{site.address}/i.pdf"\n'
    )
    site.files["/i.pdf"] = b"%PDF-1.4 first %%EOF"
    assert indexer(["sync", "--corpus", str(body.parent)]) == 0
    (document,) = filled_catalogue(body).documents
    assert (document.symbol, document.file, document.url) == ("G-I/1", "I-en-i.pdf", f"{site.address}/i.pdf")
    assert run(body).unchanged == 1
    catalogue.write_text(f'{text}[[meeting.document]]\nfile = "first/I.pdf"\nurl = "{site.address}/i.pdf"\n')
    (receipt,) = run(body).fetched
    assert (body / "pdf" / "first" / "I.pdf").read_bytes() == site.files["/i.pdf"]
    assert receipt.file == "first/I.pdf"
    assert [document.file for document in filled_catalogue(body).documents] == ["first/I.pdf"]
    assert strays_of(body) == ()


def test_a_pdf_that_was_cut_off_is_taken_with_a_note(site: Site, body: Path) -> None:
    site.lists(("I", "May 12, 1999", "/i.pdf"))
    site.files["/i.pdf"] = b"%PDF-1.4 fir"
    assert any("may have been cut off" in str(note) for note in run(body).notes)
    site.files["/i.pdf"] = b"%PDF-1.4 first %%EOF"
    assert run(body).notes == ()


def test_a_body_without_a_portal_is_left_alone(body: Path) -> None:
    catalogue = body / "catalogue.toml"
    catalogue.write_text(re.sub("portal.*", "", catalogue.read_text()))
    assert indexer(["sync", "--corpus", str(body.parent)]) == 0
