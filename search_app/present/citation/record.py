"""Record of a cited text in CSL-JSON: the facts from which all styles and formats are made."""

# ARCHITECTURE.md: A citation has one source of facts.

from collections.abc import Mapping
from datetime import date
from typing import Any

Record = Mapping[str, Any]
"""A record of CSL-JSON 1.0. What CSL has no name for is in ``custom``."""


def days_of(record: Record, name: str) -> tuple[date, ...]:
    """The first and the last day of a date of a record; one where they are the same, none without a date."""
    return tuple(date(*parts) for parts in record.get(name, {}).get("date-parts", ()))


def author_of(record: Record) -> str:
    """The institution that is the author of a record."""
    return str(record["author"][0]["literal"])
