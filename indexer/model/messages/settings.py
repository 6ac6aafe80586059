"""Messages on files that people write: catalogues, thesauruses, and the records beside them."""

from collections.abc import Mapping

from indexer.model.messages.wording import AnyWording, Fragment, Frame, Wording

_MEND = "Write it as expected."
_TERM = "Mend the term, or take it out."
_MADE_ANEW = "Remove it, and `indexer sync` makes it anew."

FILES: Mapping[str, Wording] = {
    "settings-unreadable": Wording("{0}: cannot be read: {1}.", "Change its permissions, or move it away."),
    "not-utf-8": Wording("{0}: byte {1} is no UTF-8.", "Save it as a text file in UTF-8."),
    "not-toml": Wording("{0}: expected TOML: {1}", "Mend the line that is named."),
    "pdfs-without-catalogue": Wording("{0}: holds PDFs, but no catalogue.toml.", "`indexer init {0}` proposes one."),
    "no-catalogue": Wording("{0}: no catalogue here.", "`indexer init FOLDER` proposes one for a folder of PDFs."),
    "corpus-unreadable": Wording("{0}: the folder of the corpus cannot be read: {1}.", "--corpus names another."),
    "receipts-unreadable": Wording("{0}: cannot be read: {1}.", _MADE_ANEW),
    "no-receipts": Wording("{0}: not a record of downloads: {1}.", _MADE_ANEW),
    "meeting-not-added": Wording(
        "{0}: no meeting can be added at its end ({1}).",
        "Write its meetings as [[meeting]] tables, or add the new ones by hand.",
    ),
    "no-body-id": Wording(
        "--body {0}: expected small letters, digits and single hyphens", "Give such an id, as in --body sample-group."
    ),
    "no-such-folder": Wording("{0}: there is no such folder.", "Name the folder of the PDFs."),
    "catalogue-there": Wording("{0}: is there already.", "Edit it, or name another body with --body."),
    "folder-without-pdf": Wording("{0}: holds no PDF.", "Name the folder of the PDFs."),
}
"""Wordings on whole files and folders."""

# Mistakes begin with a small letter, and end without a stop: they stand behind a file and a key.
MISTAKES: Mapping[str, AnyWording] = {
    "mistake": Frame("{0}: {1}: {2}"),
    "unexpected": Wording("expected {0}, found {1}", _MEND),
    "missing-key": Wording("missing; expected {0}", "Add it."),
    "unknown-key": Wording("unknown key", "Take it out, or use one of the keys here: {0}."),
    "misspelt-key": Wording("unknown key", "Did you mean {0}?"),
    "unlike-folder": Wording("expected {0}, the name of its folder, found {1}", "Mend the id, or rename the folder."),
    "unlike-ordinal": Wording(
        "expected {0}, the Roman numeral of ordinal {1}, found {2}", "Mend the one or the other."
    ),
    "first-day-missing": Wording("missing; expected a date, as there is a last_day", "Add it, or take out last_day."),
    "last-day-early": Wording("expected {0} (first_day) or later, found {1}", "Mend the one or the other."),
    "file-outside": Wording(
        "expected a file within the folder of PDFs, parts of its path joined by '/', found {0}",
        "Move the file there, and name it so.",
    ),
    "repeated-key": Wording("the same {0} as {1}; each may occur once", "Take one out, or mend it."),
    "repeated-document": Wording(
        "the same meeting, language, role and revision as {0}; each may occur once",
        "Take one out, or say what tells them apart.",
    ),
    "no-such-field": Wording("no field whose values are found in texts", "Use one of {0}."),
    "no-field-of-texts": Wording("no field has values that are found in texts", "Take the table out."),
    "unexpected-id": Wording("expected an id of small letters, digits and single hyphens", "Write it so."),
    "phrase-in-two": Wording("{0} names another value already, in {1}", "Take it out in one of them."),
    "concept-name": Wording(
        "expected a name of small letters, digits and hyphens, such as points-of-contact", "Rename it."
    ),
    "concept-of-one": Wording(
        "expected two terms or more, which can stand for one another", "Add another, or take the concept out."
    ),
    "language-of-no-text": Wording(
        "no text of this body is in this language", "Use one of {0}, or add the language to those of the body."
    ),
    "language-expected": Wording("expected a language of two small letters, such as en", _MEND),
    "term-too-long": Wording("{0}: expected 1 to {1} words, found {2}", _TERM),
    "term-not-plain": Wording("{0}: expected plain words, without quotation marks, signs and operators", _TERM),
    "term-of-grammar": Wording("{0}: expected a word that says something of a subject", _TERM),
    "term-twice": Wording("{0}: stands here twice; case and accents make no difference", "Take one out."),
    "term-in-two": Wording("{0} stands in {1} as well", "Keep one of them."),
    "term-in-two-forms": Wording("{0} stands in {1} as well, written {2}", "Keep one of them."),
}
"""Wordings of mistakes, each with the file and the key before it."""

EXPECTED: Mapping[str, Fragment] = {
    "a-text": Fragment("a text"),
    "an-address": Fragment("an address that begins with http:// or https://"),
    "a-number": Fragment("a whole number, {0} or above"),
    "a-flag": Fragment("true or false"),
    "a-day": Fragment("a date such as 2016-12-13, without quotes"),
    "by-language": Fragment('{0} per language, such as {1}.en = "…"'),
    "a-language": Fragment("a language of two small letters, such as en"),
    "languages": Fragment('a list of languages of two small letters, such as ["en", "es"]'),
    "languages-once": Fragment('a list of languages of two small letters, such as ["en", "es"], none twice'),
    "texts": Fragment('a list of texts, such as ["one", "another"]'),
    "a-table": Fragment("a table"),
    "tables": Fragment("tables, each under a line [[{0}]]"),
    "a-citation-form": Fragment("a sentence with places among {0}, and what may be missing in square brackets"),
    "a-body-id": Fragment("small letters, digits and single hyphens"),
    "a-meeting-id": Fragment("letters, digits, dots and hyphens"),
    "a-role": Fragment("small letters and single hyphens"),
    "a-choice": Fragment("one of {0}"),
    "an-opening": Fragment("the opening of a line"),
    "a-word-for-items": Fragment("one or more words, such as Guideline, or a letter"),
    "a-pdf-folder": Fragment("the path of the folder of its PDFs"),
    "a-file": Fragment("the name of a file in the folder of PDFs"),
}
"""Wordings of what a key was expected to hold."""

WORDINGS: Mapping[str, AnyWording] = {**FILES, **MISTAKES, **EXPECTED}
"""Wordings of messages on files that people write, by code."""
