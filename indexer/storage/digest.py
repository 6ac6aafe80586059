"""Digest of a file's content, by which caches and manifests know it."""

import hashlib
from pathlib import Path


def file_sha256(path: Path) -> str:
    """The hexadecimal SHA-256 of a file, of any length in little memory.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
