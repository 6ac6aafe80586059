"""Fields: one row for each, of which filters, facets, parameters, labels, help and documents are made.

A row says all that is particular to a field. Nothing else in the program names one: a row that is added here can be
typed, chosen, counted, asked for by programs and embedded.
"""

# ARCHITECTURE.md: A field is a row.

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from indexer.analysis.folding import fold
from indexer.analysis.ordinals import MEETING, ordinal
from indexer.analysis.subjects import find_subjects
from indexer.model import Body, Item, Kind, Meeting, Message, Version, message

Naming = Literal["body", "meeting", "language", "kind", "catalogue", "itself"]
"""Kind of thing that a field's values are, by which they are named to people."""


InTexts = Callable[[str, str, Mapping[str, Sequence[str]]], Collection[str]]
"""Function that finds values in a text: of the text, its language and the phrases that name each value."""


@dataclass(frozen=True, slots=True)
class FieldVocabulary:
    """Bodies and meetings of an index, and the values of each field in it, sorted."""

    bodies: tuple[Body, ...]
    meetings: tuple[Meeting, ...]
    values: dict[str, tuple[str, ...]]

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages of the texts in the index."""
        return self.values[LANGUAGE.name]


def _same_codes(row: "Field", value: str, vocabulary: FieldVocabulary) -> Iterable[str]:
    """Values that are written alike, in capitals or small letters."""
    return (each for each in vocabulary.values[row.name] if each == value.casefold())


def _names_in_catalogues(row: "Field", value: str, vocabulary: FieldVocabulary) -> Iterable[str]:
    """Find the values that catalogues define by their ids, names and phrases."""
    wanted = fold(" ".join(value.split()))
    for body in vocabulary.bodies:
        for each in body.fields.get(row.name, ()):
            phrases = (phrase for several in each.phrases.values() for phrase in several)
            if wanted in map(fold, (each.id, *each.name.values(), *phrases)):
                yield each.id


def _mended_choice(row: "Field", value: str) -> str:
    """Find the choice that a value is a slip or another form of."""
    from difflib import get_close_matches  # here, as few values cannot be read

    known = {**row.spellings, **{choice: choice for choice in row.choices}}
    near = get_close_matches(fold(value), known, n=1, cutoff=0.75)
    return known[near[0]] if near else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field by which items are filtered and counted: a row of ``FIELDS``.

    Texts for people are English, and translated where they are shown.

    Attributes:
        name: the name in queries, addresses and answers.
        names: further names in queries, by language of the interface; accents may be left out.
        label: the title of the facet.
        choice: a sentence for programs: the results that a choice leaves.
        finds: the texts that the example finds, for the help page.
        example: a value as people type it.
        remedy: a message that says how to write a value; by default it gives the example.
        pattern: the values that can be typed; another cannot be read.
        values: the values of a version of an item, in the meeting given; empty where it has none.
        accepted: the values in an index that a typed or chosen value stands for.
        written: the typed value as it is shown again.
        mended: the value that was probably meant by one that cannot be read; empty where nobody can tell.
        spellings: values by other folded spellings, for ``mended``.
        choices: all values that there are, where they are fixed.
        naming: the kind of thing that its values are.
        in_texts: finds values that a catalogue defines in a text, given its language and the phrases of each value.
        in_kinds: the kinds of texts in which they are looked for.
        newest_first: the facet's values descend; others stand by count.
        per_version: values belong to versions, not to the whole item.
        ranges: two values joined by two points stand for all between them; either may be left out.
    """

    name: str
    names: Mapping[str, tuple[str, ...]]
    label: str
    choice: str
    finds: str
    example: str
    pattern: re.Pattern[str]
    values: Callable[[Item, Version, Meeting], tuple[str, ...]]
    remedy: Message | None = None
    accepted: Callable[["Field", str, FieldVocabulary], Iterable[str]] = _same_codes
    written: Callable[[str], str] = str.lower
    mended: Callable[["Field", str], str] = _mended_choice
    spellings: Mapping[str, str] = field(default_factory=dict)
    choices: tuple[str, ...] = ()
    naming: Naming = "itself"
    in_texts: InTexts | None = None
    in_kinds: Collection[Kind] = ()
    newest_first: bool = False
    per_version: bool = False
    ranges: bool = False

    @property
    def all_names(self) -> tuple[str, ...]:
        """Its names in all languages, each once, the first that of programs."""
        return tuple(dict.fromkeys((self.name, *(name for names in self.names.values() for name in names))))

    @property
    def filter_example(self) -> str:
        """A filter as programs write it."""
        return f"{self.name}:{self.example}"

    @property
    def advice(self) -> Message:
        """A message that says how to write a value."""
        return self.remedy or message("write-like", self.filter_example)

    def filter_in(self, language: str) -> str:
        """A filter as people type it who speak a language."""
        # English is the language of the names for programs.
        names = self.names.get(language, ()) if language != "en" else ()
        return f"{names[0] if names else self.name}:{self.example}"


def field_of_catalogues(
    *,
    name: str,
    names: Mapping[str, tuple[str, ...]],
    label: str,
    choice: str,
    finds: str,
    example: str,
    in_texts: InTexts,
    in_kinds: Collection[Kind],
) -> Field:
    """Make the row of a field whose values catalogues define.

    They are found in texts of some kinds.
    """
    return Field(
        name=name,
        names=names,
        label=label,
        choice=choice,
        finds=finds,
        example=example,
        pattern=re.compile(r"\w[\w .'’-]*"),
        values=lambda item, _version, _meeting: item.values.get(name, ()),
        accepted=_names_in_catalogues,
        # A name keeps its case.
        written=str,
        naming="catalogue",
        in_texts=in_texts,
        in_kinds=in_kinds,
    )


_SLASH = re.compile(" ?/ ?")


def _meetings(_row: Field, value: str, vocabulary: FieldVocabulary) -> Iterable[str]:
    """Find meetings by key, id, ordinal (``4``) or name (``Fourth``, ``Cuarta Reunión``)."""
    body, _, words = value.rpartition("/")
    # `ordinal` reads Roman numerals in capitals alone, and people type them in small letters as well.
    name = " ".join(word for word in words.split() if fold(word) not in MEETING)
    number = ordinal(name) or ordinal(name.upper())
    for meeting in vocabulary.meetings:
        named = meeting.id.casefold() == name.casefold() or meeting.ordinal == number
        if named and (not body or meeting.body == body.casefold()):
            yield meeting.key


def _years(row: Field, value: str, vocabulary: FieldVocabulary) -> Iterable[str]:
    """Find the years of a range, or one."""
    first, dots, last = value.partition("..")
    last = last or ("9999" if dots else first)
    # Years have four digits here and in the index, so that texts in order are years in order.
    return (year for year in vocabulary.values[row.name] if first <= year <= last)


def _mended_years(_row: Field, value: str) -> str:
    """Find two years in a value that joins them otherwise, or in the wrong order."""
    years = re.findall(r"(?<![0-9])[0-9]{4}(?![0-9])", value)
    return "..".join(sorted(years)) if len(years) in (1, 2) else ""


_LANGUAGE_NAMES = {
    "en": "english ingles anglais",
    "es": "spanish espanol castellano espanhol espagnol",
    "pt": "portuguese portugues portugais",
    "fr": "french frances francais",
}
"""Names of languages that people type in place of a code, folded."""

_ID = re.compile(r"[A-Za-z0-9-]+")

BODY: Final = Field(
    name="body",
    names={"es": ("organismo", "órgano", "cuerpo"), "pt": ("órgão",), "fr": ("organisme", "organe")},
    label="Body",
    choice="Only results of the body with this id.",
    finds="of one body",
    example="sample",
    remedy=message("give-body"),
    pattern=_ID,
    values=lambda item, _version, _meeting: (item.body,),
    naming="body",
)

MEETINGS: Final = Field(
    name="meeting",
    names={"es": ("reunión",), "pt": ("reunião",), "fr": ("réunion",)},
    label="Meeting",
    choice="Only results of this meeting: `IX`, or `body/IX` where there are several bodies.",
    finds="of the ninth meeting",
    example="IX",
    remedy=message("give-meeting"),
    # Ordinals are printed with a sign (2ª, 2°) or a combining accent; the id of a body may stand before, with a slash.
    pattern=re.compile(r"(?:[A-Za-z0-9-]+ ?/ ?)?\w[\w\u0300-\u036f .°-]*"),
    values=lambda _item, _version, meeting: (meeting.key,),
    accepted=_meetings,
    # A name keeps its case, in which the query is shown; the values of other fields are codes in small letters.
    written=lambda value: _SLASH.sub("/", value),
    naming="meeting",
)

YEAR: Final = Field(
    name="year",
    names={"es": ("año",), "pt": ("ano",), "fr": ("année",)},
    label="Year",
    choice="Only results of meetings of this year, or of a range of years.",
    finds="of the meetings of these years; one year alone works too",
    example="2006..2016",
    remedy=message("give-year"),
    pattern=re.compile(r"[0-9]{4}(\.\.([0-9]{4})?)?|\.\.[0-9]{4}"),
    values=lambda _item, _version, meeting: (str(meeting.year),) if meeting.year else (),
    accepted=_years,
    mended=_mended_years,
    newest_first=True,
    ranges=True,
)

LANGUAGE: Final = Field(
    name="lang",
    names={"en": ("language",), "es": ("idioma", "lengua"), "pt": ("idioma", "língua"), "fr": ("langue",)},
    label="Language",
    choice="Only results that match in this language, by its code.",
    finds="in Spanish",
    example="es",
    remedy=message("give-language"),
    pattern=re.compile(r"[A-Za-z]{2,3}"),
    values=lambda _item, version, _meeting: (version.language,),
    spellings={name: code for code, names in _LANGUAGE_NAMES.items() for name in names.split()},
    naming="language",
    per_version=True,
)

_KIND_NAMES = {
    **dict.fromkeys(("recomendacion", "recomendacao", "recommandation"), "recommendation"),
    **dict.fromkeys(("preambulo", "preambule"), "preamble"),
    **dict.fromkeys(("parrafo", "paragrafo", "paragraphe"), "paragraph"),
    **dict.fromkeys(("respuesta", "resposta", "reponse"), "reply"),
    "nota": "note",
}
"""Names of kinds in the other languages of the interface, folded."""


def _with_accents(names: Iterable[str]) -> Iterable[str]:
    """Patterns of folded names, with their accents or without."""
    accents = {"a": "[aáãÁÃ]", "c": "[cçÇ]", "e": "[eéÉ]", "i": "[iíÍ]", "o": "[oóÓ]", "u": "[uúÚ]"}
    return ("".join(accents.get(letter, letter) for letter in name) for name in names)


KIND: Final = Field(
    name="kind",
    names={"es": ("tipo",), "pt": ("tipo",), "fr": ("type",)},
    label="Kind of text",
    choice="Only texts of this kind.",
    finds="of one kind: recommendation, preamble, paragraph, reply or note",
    example="preamble",
    remedy=message("give-kind", ", ".join(Kind)),
    # In ASCII, as İ and ı are i where case is ignored, but in no kind's name.
    pattern=re.compile("|".join((*Kind, *_with_accents(_KIND_NAMES))), re.IGNORECASE | re.ASCII),
    written=lambda value: _KIND_NAMES.get(fold(value), value.lower()),
    values=lambda item, _version, _meeting: (str(item.kind),),
    spellings=_KIND_NAMES,
    choices=tuple(Kind),
    naming="kind",
)

ADDRESSEE: Final = field_of_catalogues(
    name="addressee",
    names={"es": ("destinatario",), "pt": ("destinatário",), "fr": ("destinataire",)},
    label="Addressee",
    choice="Only recommendations to this addressee, by its id or name in a catalogue.",
    finds="to the States; other addressees are those that a body's catalogue lists",
    example="states",
    in_texts=find_subjects,
    in_kinds=(Kind.RECOMMENDATION,),
)

# The order of the facets on the page: from what divides the results most to what divides them least.
FIELDS: Final[Mapping[str, Field]] = {row.name: row for row in (BODY, MEETINGS, YEAR, LANGUAGE, KIND, ADDRESSEE)}
"""The fields by name, in the order in which they are shown."""


def values_of(item: Item, version: Version, meeting: Meeting) -> dict[str, tuple[str, ...]]:
    """Values by which a version of an item is filtered and counted, by field."""
    return {name: row.values(item, version, meeting) for name, row in FIELDS.items()}
