"""Languages of the interface: its choice, messages, dates, numbers and names of languages.

The only importer of Flask-Babel and Babel. Messages are read from the ``.po`` files themselves when the program
starts, so that nothing has to be compiled when it is installed.
"""

# ARCHITECTURE.md: Days, numbers and names of languages are formatted once.

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from babel import Locale, dates, numbers
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, g, request
from flask_babel import Babel, Domain, get_domain, gettext, lazy_gettext, ngettext

from indexer.model import Message, MessageTranslations, Texts
from search_app.request.parameters import INTERFACE, Parameters

__all__ = [
    "LANGUAGES",
    "LocalText",
    "asked_language",
    "format_days",
    "format_number",
    "format_percent",
    "gettext",
    "install_languages",
    "interface_language",
    "language_name",
    "lazy_gettext",
    "message_parts",
    "message_remedy",
    "message_sentence",
    "message_text",
    "ngettext",
    "say",
    "speaking",
]

TRANSLATIONS = Path(__file__).parents[1] / "translations"
LANGUAGES = ("en", *sorted(folder.name for folder in TRANSLATIONS.iterdir() if folder.is_dir()))
"""The languages of the interface; English, in which the messages are written, first."""


_ENGLISH = NullTranslations()

_FORMATTED = 4096
"""Names, days and numbers that are kept as formatted: Babel takes longer for those of a page than finding them."""


class _Messages(Domain):  # type: ignore[misc]  # Flask-Babel ships no types
    """Translations made of the ``.po`` files, without files in between."""

    def __init__(self) -> None:
        super().__init__()
        self.by_language: Mapping[str, NullTranslations] = {
            language: _translations(TRANSLATIONS / language / "LC_MESSAGES" / "messages.po", language)
            for language in LANGUAGES[1:]
        }

    def get_translations(self) -> NullTranslations:
        return self.by_language.get(interface_language(), _ENGLISH)


def _translations(source: Path, language: str) -> NullTranslations:
    with source.open("rb") as file:
        catalogue = read_po(file, locale=language)
    # Babel makes Translations of the compiled form alone.
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)


def install_languages(app: Flask) -> None:
    """Let the app speak all languages of the interface."""
    babel = Babel(app, locale_selector=interface_language)
    messages = babel.domain_instance = _Messages()
    # A page says some seventy messages; the extension's own way looks up the app, its domain and the locale for each.
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # comes with the extension
        lambda message: messages.get_translations().gettext(message),
        lambda one, many, number: messages.get_translations().ngettext(one, many, number),
        newstyle=True,
    )


def asked_language(parameters: Parameters) -> str | None:
    """The language that a request chooses, or None for the browser's choice."""
    language = parameters.get(INTERFACE)
    return language if language in LANGUAGES else None


def interface_language() -> str:
    """The language in which the present request is answered."""
    chosen: str | None = g.get("asked_language") or g.get("browser_language")
    if not chosen:
        chosen = g.browser_language = request.accept_languages.best_match(LANGUAGES, default=LANGUAGES[0])
    return chosen


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language for a while; English where it is none of the interface's."""
    before: str | None = g.get("asked_language")
    g.asked_language = language if language in LANGUAGES else LANGUAGES[0]
    try:
        yield
    finally:
        g.asked_language = before


def _translations_now() -> MessageTranslations:
    """The translations into the language of the present request."""
    current: MessageTranslations = get_domain().get_translations()
    return current


def message_sentence(message: Message) -> str:
    """The sentence of a message in the visitor's language."""
    return message.sentence(_translations_now())


def message_remedy(message: Message) -> str:
    """The remedy of a message in the visitor's language; empty for what stands within another."""
    return message.remedy(_translations_now())


def message_text(message: Message) -> str:
    """The sentence and the remedy of a message in the visitor's language."""
    return message.text(_translations_now())


def message_parts(message: Message) -> tuple[str, ...]:
    """The parts of a message as they stand in its sentence in the visitor's language."""
    return message.shown_parts(_translations_now())


def format_number(number: float, pattern: str | None = None) -> str:
    """A number as the interface's language writes it; ``pattern`` is one of CLDR, such as ``0.00``."""
    return _format_number(number, pattern, interface_language())


@lru_cache(_FORMATTED)
def _format_number(number: float, pattern: str | None, language: str) -> str:
    return numbers.format_decimal(number, pattern, language)


def format_percent(share: float) -> str:
    """A share of 1 as the interface's language writes it, in percent."""
    return numbers.format_percent(share, locale=interface_language())


@lru_cache(_FORMATTED)
def language_name(code: str) -> str:
    """The name of a language in itself, with a capital: ``Español``; a code that is not known stays a code."""
    # Locale.parse raises for a code that it does not know.
    name = Locale.parse(code).get_display_name() if code.isalpha() and code in _language_codes() else None
    return name[0].upper() + name[1:] if name else code


def _language_codes() -> Iterable[str]:
    return Locale("en").languages


def format_days(first: date, last: date | None, *, with_year: bool = True, british: bool = False) -> str:
    """The days of a meeting as the interface's language writes them: ``December 12–13, 2016``.

    ``british`` is for English: ``12–13 December 2016``.
    """
    language = interface_language()
    return _format_days(first, last, "en_GB" if british and language == "en" else language, with_year)


_LONG_MONTH = re.compile("MMM+")


@lru_cache(_FORMATTED)
def _format_days(first: date, last: date | None, language: str, with_year: bool) -> str:
    if last is None or last == first:
        if with_year:
            return dates.format_date(first, "long", language)
        return str(dates.format_skeleton("MMMMd", first, locale=language))
    # For some languages CLDR has intervals with abbreviated months alone; in all it sets thin spaces around the dash.
    formats, skeleton = Locale.parse(language).interval_formats, "yMMMMd" if with_year else "MMMMd"
    intervals = formats.get(skeleton) or formats[skeleton.replace("MMMM", "MMM")]
    differing = "y" if first.year != last.year else "M" if first.month != last.month else "d"
    begin, end = (_LONG_MONTH.sub("MMMM", part).replace("\u2009", "") for part in intervals[differing])
    return dates.format_date(first, begin, language) + dates.format_date(last, end, language)


@dataclass(frozen=True, slots=True)
class LocalText:
    """A text and the language that it is in."""

    text: str
    language: str


def say(texts: Texts, first: str | None = None) -> LocalText | None:
    """The text in a preferred language, else in English, else in any; None without texts.

    ``first`` is the preferred language, by default the interface's.
    """
    wanted = first or interface_language()
    for language in (wanted, "en", *texts):
        if language in texts:
            return LocalText(texts[language], language)
    return None
