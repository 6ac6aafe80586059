import errno
import os
from pathlib import Path

import pytest

from indexer.model.errors import StorageError
from indexer.storage.atomic import TEMPORARY, storage_errors


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "the disk is full; make room."),
        (errno.EDQUOT, "your quota of disk space is used up; make room."),
        (errno.EFBIG, "a file may not grow any further here; raise the limit or make room."),
        (errno.EROFS, "it is on a file system that cannot be written; use a folder that can."),
        (errno.EACCES, "you may not write there; change its permissions or use another folder."),
        (errno.EPERM, "you may not write there; change its permissions or use another folder."),
        (errno.EEXIST, "a file stands where a folder should be; move it away."),
        (errno.ENOTDIR, "a file stands where a folder should be; move it away."),
        (errno.EIO, f"{os.strerror(errno.EIO)}."),
    ],
)
def test_what_keeps_a_file_from_being_written_is_told_with_its_place_and_a_remedy(
    number: int, words: str, tmp_path: Path
) -> None:
    with pytest.raises(StorageError) as caught, storage_errors(tmp_path):
        raise OSError(number, os.strerror(number), str(tmp_path / "folder" / f"{TEMPORARY}12"))
    told = f"{tmp_path / 'folder'}: cannot be written: {words} What was published before is untouched."
    assert str(caught.value) == f"{told} Once that is mended, try again."
