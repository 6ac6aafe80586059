"""Translation of words by Apertium, a rule-based translator with free dictionaries; the only caller of it.

Its two dictionaries of a pair of languages do: that of the source gives the readings of a word (lemma and part of
speech), that of the pair the lemmas that translate each reading. Which reading a sentence has does not matter here,
since all meanings that a word can have are wanted.
"""

import re
import shutil
import subprocess
import zlib
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from indexer.analysis.translator import NoTranslator, Translations, Translator
from indexer.model import Message, message
from indexer.model.errors import TranslationError

_PROGRAM = "lt-proc"

_CODES = {"eng": "en", "spa": "es", "por": "pt", "fra": "fr"}
"""Codes of ISO 639-1 by those of ISO 639-3, which newer pairs of Apertium are named by."""

# Apertium has no pair for each two languages; through Spanish every other of these is reached.
_BETWEEN = "es"
"""The language by way of which those without a pair of their own are translated."""

_SECONDS = 120
"""Limit of a look-up: a hundred thousand words take about two seconds."""

_PACKAGES = "apt-get install lttoolbox apertium-eng-spa apertium-es-pt apertium-fr-es"

_MODE = re.compile(r"([a-z]{2,3})-([a-z]{2,3})")
_DATA = re.compile(r"'([^']+\.(automorf|autobil)\.bin)'")

# The stream format of Apertium: `^word/lemma<n><sg>/lemma<vblex>$`. An unknown word has a star, an unknown lemma an @.
_UNIT = re.compile(r"\^[^/$]*/([^$]*)\$")
_TAGS = re.compile(r"<.*")


@dataclass(frozen=True, slots=True)
class _Pair:
    """The compiled dictionaries of a pair of languages: that of the source's words, and that from source to target."""

    words: Path
    meanings: Path


class Apertium:
    """Translator by the pairs of languages that are installed; see the port for its methods."""

    lack: Message | None = None

    def __init__(self, program: str, pairs: Mapping[tuple[str, str], _Pair]) -> None:
        self._program = program
        self._pairs = pairs
        files = sorted({file for pair in pairs.values() for file in (pair.words, pair.meanings)})
        # Check sums of some millions of bytes, in a third of the time of a digest: they tell editions apart, no more.
        self.name = "apertium " + " ".join(f"{zlib.crc32(file.read_bytes()):08x}" for file in files)

    def translate(self, words: Collection[str], language: str) -> Mapping[str, Translations]:
        """See the port."""
        found = {target: self._step(words, pair) for target, pair in self._from(language).items()}
        between = found.get(_BETWEEN, {})
        meant = sorted({meaning for meanings in between.values() for meaning in meanings if meaning.isalpha()})
        others = {target: pair for target, pair in self._from(_BETWEEN).items() if target not in (language, *found)}
        for target, pair in others.items() if between else ():
            found[target] = _join(between, self._step(meant, pair))
        return found

    def _from(self, language: str) -> dict[str, _Pair]:
        """The pairs that lead from a language, by where they lead."""
        return {target: pair for (source, target), pair in self._pairs.items() if source == language}

    def _step(self, words: Collection[str], pair: _Pair) -> Translations:
        """Translate by one pair."""
        read = dict(zip(words, self._look_up(pair.words, "--analysis", list(words)), strict=True))
        # A name of a people or a language is known in capitals alone: `French`.
        names = [word for word, readings in read.items() if not readings]
        of_names = self._look_up(pair.words, "--analysis", [name.capitalize() for name in names])
        read |= zip(names, of_names, strict=True)
        lemmas = sorted({reading for readings in read.values() for reading in readings})
        found = self._look_up(pair.meanings, "--bilingual", [f"^{each}$" for each in lemmas])
        meanings = {
            lemma: tuple(_TAGS.sub("", each).lower() for each in meant)
            for lemma, meant in zip(lemmas, found, strict=True)
        }
        translated = {
            word: tuple(dict.fromkeys(each for reading in readings for each in meanings[reading]))
            for word, readings in read.items()
        }
        return {word: meant for word, meant in translated.items() if meant}

    def _look_up(self, data: Path, manner: str, units: Sequence[str]) -> list[tuple[str, ...]]:
        """Look units up in a dictionary; what each stands for, which is nothing where it is not known.

        Raises:
            TranslationError: the program does not answer, not in time, or with something else.
        """
        command = (self._program, manner, "--null-flush", str(data))
        # With a NUL after each, no two units are taken for an expression of two words.
        given = "".join(f"{each}\0" for each in units)
        try:
            done = subprocess.run(  # noqa: S603 - words are letters alone, and no arguments
                command, input=given, capture_output=True, check=True, encoding="utf-8", timeout=_SECONDS
            )
        except (OSError, subprocess.SubprocessError, UnicodeError) as error:
            raise TranslationError(message("apertium-failed", type(error).__name__)) from error
        answers = [_readings(each) for each in done.stdout.split("\0")[: len(units)]]
        if len(answers) != len(units):
            raise TranslationError(message("apertium-failed", f"{len(answers)} of {len(units)} answers"))
        return answers


def _readings(answer: str) -> tuple[str, ...]:
    """Readings or meanings in an answer; those of each part, where it joins words: ``dar<vblex>+lo<prn>``."""
    unit = _UNIT.match(answer)
    if unit is None:
        return ()
    parts = (part for each in unit[1].split("/") for part in each.split("+"))
    return tuple(dict.fromkeys(part for part in parts if not part.startswith(("*", "@")) and "<" in part))


def _join(first: Translations, second: Translations) -> Translations:
    """Translations by way of another language."""
    found = {
        word: tuple(dict.fromkeys(last for meaning in meanings for last in second.get(meaning, ())))
        for word, meanings in first.items()
    }
    return {word: meanings for word, meanings in found.items() if meanings}


def find_translator() -> Translator:
    """Find the Apertium that is installed here; without any, the translator says what is missing."""
    program = shutil.which(_PROGRAM)
    if program is None:
        return NoTranslator(message("apertium-missing", _PACKAGES))
    modes = Path(program).resolve().parent.parent / "share" / "apertium" / "modes"
    pairs: dict[tuple[str, str], _Pair] = {}
    for file in sorted(modes.glob("*.mode")):
        languages, data = _MODE.fullmatch(file.stem), dict[str, Path]()
        if languages:
            with suppress(OSError, UnicodeError):  # a pair that cannot be read is as one that is not there
                data = {kind: Path(path) for path, kind in _DATA.findall(file.read_text(encoding="utf-8"))}
            if len(data) == 2 and all(path.is_file() for path in data.values()):
                source, target = (_CODES.get(code, code) for code in languages.groups())
                pairs.setdefault((source, target), _Pair(data["automorf"], data["autobil"]))
    return Apertium(program, pairs) if pairs else NoTranslator(message("apertium-without-pairs", _PACKAGES))
