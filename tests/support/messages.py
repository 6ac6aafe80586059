"""The messages of the interface: those that the code and the templates need, and those that are translated.

``make messages`` writes what is needed into each catalogue of translations; new ones come without a text.
"""

import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

from indexer.analysis.fields import FIELDS
from indexer.model.messages import REGISTRY, Wording
from tests.support.paths import ROOT

KEPT = (b'"Language: ', b'"Plural-Forms: ', b'"MIME-Version: ', b'"Content-')
APP = ROOT / "search_app"
NAMES_A_PART = re.compile(r"\{\d\}")
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]
KEYWORDS = {**DEFAULT_KEYWORDS, "lazy_gettext": None}


@cache
def needed() -> Catalog:
    """The messages that the code and the templates use."""
    catalogue = Catalog(fuzzy=False)
    for file, _line, message, _comments, _context in extract_from_dir(APP, METHODS, keywords=KEYWORDS):
        catalogue.add(message, locations=[(file, 0)])
    for wording in REGISTRY.values():
        english = [(wording.sentence, wording.plural) if wording.plural else wording.sentence]
        if isinstance(wording, Wording):
            english.append(wording.remedy)
        for text in english:
            # What is nothing but another message is translated where that one is.
            if not (isinstance(text, str) and NAMES_A_PART.fullmatch(text)):
                catalogue.add(text)
    for field in FIELDS.values():
        for text in (field.label, field.finds):
            catalogue.add(text)
    return catalogue


def catalogues() -> Iterator[tuple[Path, Catalog]]:
    """Each file of translations and what it holds."""
    for file in sorted((APP / "translations").glob("*/LC_MESSAGES/messages.po")):
        with file.open("rb") as source:
            yield file, read_po(source, locale=file.parent.parent.name)


def texts(message: Message) -> tuple[str, ...]:
    """The translation of a message: one text, or one for each plural form."""
    forms = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    return tuple(str(form or "") for form in forms)


def _po_file(catalogue: Catalog) -> bytes:
    """A catalogue as a file, without the lines of the header that say nothing or change each time."""
    written = BytesIO()
    write_po(written, catalogue, no_location=True, sort_output=True, width=120)
    header, _, messages = written.getvalue().partition(b"\n\n")
    kept = [line for line in header.splitlines() if line.startswith((b"msg", *KEPT))]
    return b"\n".join(kept) + b"\n\n" + messages


def main() -> None:
    """Bring the catalogues up to date."""
    for file, catalogue in catalogues():
        catalogue.update(needed(), no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        file.write_bytes(_po_file(catalogue))
        print(f"{file}: {sum(1 for each in catalogue if each.id and not all(texts(each)))} without a text")


if __name__ == "__main__":
    main()
