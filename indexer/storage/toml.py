"""Reader of TOML files that people write.

Every mistake is noted with its file and key, and reading goes on, so that people see all mistakes at once.

A ``Table`` gives the values asked for; what has the wrong form is noted and comes back as if it were not there. Keys
that nobody asked for are noted by ``close``, with the key that was probably meant.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from indexer.model import Message, message

LANGUAGE = re.compile(r"[a-z]{2}")
ADDRESS = r"https?://[^\s/]\S*"

_TEXT = message("a-text")


def read_toml(path: Path, mistakes: list[Message]) -> "Table":
    """The file as a table; an empty one where it cannot be read, which is noted."""
    import tomllib  # here: who asks an index for equivalent terms reads no file of people

    try:
        # utf-8-sig: editors on Windows begin a file with a byte order mark.
        values = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        mistakes.append(message("settings-unreadable", str(path), error.strerror or str(error)))
    except UnicodeDecodeError as error:
        mistakes.append(message("not-utf-8", str(path), error.start + 1))
    except tomllib.TOMLDecodeError as error:
        mistakes.append(message("not-toml", str(path), str(error)))
    else:
        return Table(path, "", values, mistakes)
    return Table(path, "", {}, [])


class Table:
    """A table of a TOML file. ``key`` is its address within the file, such as ``meeting[3]``; empty for the whole."""

    def __init__(self, file: Path, key: str, values: Mapping[str, Any], mistakes: list[Message]) -> None:
        self.file = file
        self.key = key
        self._values = values
        self._mistakes = mistakes
        self._asked: set[str] = set()

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def note(self, name: str, mistake: Message) -> None:
        """Note that the value of a key is not what was expected."""
        self._mistakes.append(message("mistake", str(self.file), self._address(name), mistake))

    def text(self, name: str, *, required: bool = False, pattern: str = "", expected: Message = _TEXT) -> str | None:
        """A text that is not blank and matches ``pattern`` as a whole."""
        value = self._take(name, required, expected)
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip() or (pattern and not re.fullmatch(pattern, value)):
            self._wrong(name, expected, value)
            return None
        return value

    def address(self, name: str) -> str | None:
        """An address on the web."""
        return self.text(name, pattern=ADDRESS, expected=message("an-address"))

    def number(self, name: str, *, least: int, required: bool = False) -> int | None:
        """A whole number, ``least`` or above."""
        expected = message("a-number", least)
        value = self._take(name, required, expected)
        if value is None:
            return None
        # In Python true and false are whole numbers; in TOML they are not.
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            self._wrong(name, expected, value)
            return None
        return value

    def flag(self, name: str) -> bool:
        """True or false; false when the key is missing."""
        value = self._take(name, required=False, expected=_TEXT)
        if value is not None and not isinstance(value, bool):
            self._wrong(name, message("a-flag"), value)
        return value is True

    def day(self, name: str) -> date | None:
        """A date without a time."""
        value = self._take(name, required=False, expected=_TEXT)
        if value is None:
            return None
        # A datetime is a date in Python; a catalogue wants a day without a time.
        if not isinstance(value, date) or isinstance(value, datetime):
            self._wrong(name, message("a-day"), value)
            return None
        return value

    def texts(
        self, name: str, *, required: bool = False, pattern: str = "", expected: Message = _TEXT
    ) -> dict[str, str]:
        """A text per language, as ``text`` reads one: ``name.en = "…"``."""
        by_language = message("by-language", expected, name)
        value = self._take(name, required, by_language)
        if value is None:
            return {}
        if not isinstance(value, dict) or (required and not value):
            self._wrong(name, by_language, value)
            return {}
        for language, text in value.items():
            if not LANGUAGE.fullmatch(language):
                self.note(f"{name}.{language}", message("language-expected"))
            elif not isinstance(text, str) or not text.strip() or (pattern and not re.fullmatch(pattern, text)):
                self._wrong(f"{name}.{language}", expected, text)
        return {language: text for language, text in value.items() if isinstance(text, str)}

    def languages(self, name: str) -> tuple[str, ...]:
        """A list of languages, none twice."""
        expected = message("languages")
        value = self._take(name, required=True, expected=expected)
        if value is None:
            return ()
        known = isinstance(value, list) and all(isinstance(each, str) and LANGUAGE.fullmatch(each) for each in value)
        if not known or not value or len(set(value)) != len(value):
            self._wrong(name, message("languages-once"), value)
            return ()
        return tuple(value)

    def list_of_texts(self, name: str) -> tuple[str, ...]:
        """A list of texts that are not blank; it has one at the least."""
        expected = message("texts")
        value = self._take(name, required=False, expected=expected)
        known = isinstance(value, list) and all(isinstance(each, str) and each.strip() for each in value)
        if not known or not value:
            self._wrong(name, expected, value)
            return ()
        return tuple(value)

    def table(self, name: str, *, required: bool = False) -> "Table":
        """A table within this one; an empty one where it is missing."""
        value = self._take(name, required, message("a-table"))
        if value is not None and not isinstance(value, dict):
            self._wrong(name, message("a-table"), value)
            value = None
        return Table(self.file, self._address(name), value or {}, self._mistakes)

    def tables(self, name: str) -> Iterator["Table"]:
        """The tables of a list of tables, addressed as ``name[1]``, ``name[2]`` and so on."""
        value = self._take(name, required=False, expected=_TEXT)
        if value is None:
            return
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            header = re.sub(r"\[\d+\]", "", self._address(name))
            self._wrong(name, message("tables", header), value)
            return
        for number, each in enumerate(value, start=1):
            yield Table(self.file, f"{self._address(name)}[{number}]", each, self._mistakes)

    def close(self) -> None:
        """Note the keys that nobody asked for."""
        unknown = self._values.keys() - self._asked
        if not unknown:
            return
        from difflib import get_close_matches  # here, as few files have mistakes

        for name in unknown:
            near = get_close_matches(name, self._asked, n=1, cutoff=0.5)
            if near:
                self.note(name, message("misspelt-key", repr(near[0])))
            else:
                self.note(name, message("unknown-key", ", ".join(sorted(self._asked))))

    def _address(self, name: str) -> str:
        return f"{self.key}.{name}" if self.key else name

    def _take(self, name: str, required: bool, expected: Message) -> Any:
        self._asked.add(name)  # ``close`` notes as unknown what was never asked for
        value = self._values.get(name)
        if value is None and required:
            self.note(name, message("missing-key", expected))
        return value

    def _wrong(self, name: str, expected: Message, value: object) -> None:
        shown = repr(value)  # cut below: a value can be a whole table, and a message should stay a line
        self.note(name, message("unexpected", expected, shown if len(shown) <= 60 else shown[:57] + "…"))
