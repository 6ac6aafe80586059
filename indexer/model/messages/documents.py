"""Messages on documents: their numbers, meetings and languages, and why one is not in the index."""

from collections.abc import Mapping

from indexer.model.messages.wording import AnyWording, Fragment, Frame, Wording

_PLACE = "Move it into the folder of its meeting, or list it in the catalogue."
_DAYS = "Move it into the folder of its meeting, or mend the days in the catalogue."
_CUT = "Compare it with the PDF; where it was cut wrongly, say under `segmentation` in the catalogue how to cut it."
_SAY = (
    "Look at these pages; where they hold recommendations, say under `segmentation` in the catalogue what they are "
    "called, or where they begin."
)
_LOOK = "Open it in a PDF viewer; mend it, or say in the catalogue what it is."
_TELL_APART = "Take out the one that is not wanted, or say in the catalogue what tells them apart."

CAUTIONS: Mapping[str, Wording] = {
    "empty-item": Wording("Number {0} has no text.", _CUT),
    "repeated-number": Wording("Number {0} occurs {1} times.", _CUT),
    "number-missing": Wording("{0} number missing before {1}.", _CUT, "{0} numbers missing before {1}."),
    "number-odd": Wording("Number {0} is not printed as the numbers around it are.", _CUT),
    "paragraphs-recommend": Wording(
        "No recommendation was found in it; its paragraphs are searched. {0} recommends something (pages {1}).",
        _SAY,
        "No recommendation was found in it; its paragraphs are searched. {0} recommend something (pages {1}).",
    ),
    "recommended-elsewhere": Wording(
        "{0} paragraphs beside its recommendations recommend something (pages {1}).", _SAY
    ),
    "word-of-no-row": Wording(
        "The catalogue says `segmentation.{0} = “{1}”`, but no line of it is like that.",
        "Copy the beginning of a line, as `indexer extract --rows` gives it, or take the setting out.",
    ),
    "numbers-within": Wording("Number {0} holds rows that begin with the next numbers, {1} to {2}.", _CUT),
    "language-differs": Wording(
        "The catalogue says {0}, but the text reads as {1}. It is taken as {0}.",
        "If that is wrong, mend the language in the catalogue, or take it out.",
    ),
    "language-unknown": Wording(
        "The text does not tell its language. It is taken as {0}.",
        "Say the language in the catalogue.",
    ),
    "meeting-not-listed": Wording(
        "The catalogue does not have meeting {0}: its title and days are those that this document prints.",
        "Add the meeting to the catalogue, with its venue and its page on the portal.",
    ),
    # A document of the catalogue and a file in a folder come to their meetings in different ways.
    "meeting-differs": Wording(
        "{0}", "If that is wrong, move the file into the folder of its meeting, or mend the catalogue."
    ),
    "symbol-differs": Wording(
        "The catalogue says symbol {0}, but the first page prints {1}. It is taken as {0}.",
        "If that is wrong, mend the symbol in the catalogue, or put the right file there.",
    ),
    "revision-differs": Wording(
        "The catalogue says revision {0}, but the first page prints {1}. It is taken as {0}.",
        "If that is wrong, mend the revision in the catalogue, or put the right file there.",
    ),
    "not-found-by-words": Wording(
        "The search does not find {0} by its word “{1}”{2}. It can be read all the same.",
        "Report it, with the PDF: the program is at fault, not the document.",
    ),
}
"""Wordings of cautions on documents."""

WITHIN: Mapping[str, Fragment] = {
    "listed-meeting": Fragment(
        "The catalogue says meeting {0}, but the first page prints {1}. It is taken as {0}.",
    ),
    "given-meeting": Fragment(
        "It was given to meeting {0}, but its first page says {1}.",
    ),
    "nor-others": Fragment(", nor {0} more of this document by theirs"),
    "both": Fragment("{0} and {1}"),
    "either": Fragment("{0} or {1}"),
    "and-more": Fragment("{0} and {1} more"),
}
"""Wordings of what stands within other messages."""

REASONS: Mapping[str, AnyWording] = {
    "file-not-there": Wording(
        "There is no such file in the folder of PDFs.", "Put it there, or mend its name in the catalogue."
    ),
    "name-not-utf-8": Wording(
        "Its name, or that of its folder, is not written in UTF-8, so that nothing can link to it.",
        "Give it a name without accents.",
    ),
    "copy-empty": Wording("It is empty (0 bytes).", "Copy it there again."),
    "copy-unreadable": Wording("It cannot be read: {0}.", "Check the disk, and who may read it."),
    "changed-while-read": Wording("It changed while it was being read.", "Build again."),
    "pages-without-text": Wording(
        "None of its pages holds text.",
        "Fetch or make a copy with text; or install Tesseract and the extra ocr, and let indexer build read it.",
    ),
    "no-recommendation": Wording("No recommendation was found in it.", _LOOK),
    "later-revision": Wording("{0} (revision {1}) takes its place.", "Read that one."),
    "same-file": Wording("It is the same file as {0}.", "Take one of them out."),
    "other-holds-some": Wording(
        "No recommendation was found in it; {0}, of the same meeting, language and role, holds some, and was taken.",
        _TELL_APART,
    ),
    "same-symbol": Wording(
        "{0}, of the same meeting, language and role, is of the same symbol and revision, and was taken.", _TELL_APART
    ),
    "another-document": Wording(
        "{0}, of the same meeting, language and role, is another document, and was taken.", _TELL_APART
    ),
    "not-fetched": Frame("Not fetched: {0}"),
    "one-and-other": Frame("{0}; {1}"),
    "put-it-there": Wording("It has not been fetched yet.", "Put the PDF into the folder of PDFs."),
    "put-it-there-from": Wording("It has not been fetched yet.", "Put the PDF from {0} into the folder of PDFs."),
}
"""Wordings of why a document is not in the index, or not as a whole."""

EVIDENCE: Mapping[str, AnyWording] = {
    "folder": Fragment("It lies in a folder named after meeting {0}."),
    "linked-unread": Fragment("The portal links it to meeting {0}; nothing in it could be read."),
    "unread": Frame("{0}"),
    "misplaced": Wording(
        "It lies outside the folder of PDFs, where nothing is read.", "Move it into the folder of PDFs, or take it out."
    ),
    "other-series": Wording("Its symbol, {0}, is of another series.", "If it is of another body, take it out."),
    "symbol": Fragment("Its symbol, {0}, is one of meeting {1}."),
    "title": Fragment("It prints the name of meeting {0}: “{1}”."),
    "body": Fragment("It prints the name of the body."),
    "days": Fragment("It prints the days of meeting {0}: {1} to {2}."),
    "link": Fragment("The portal links it to meeting {0}."),
    "link-alone": Wording(
        "The portal links it to meeting {0}, but its first page names neither the body nor the days of that meeting.",
        _PLACE,
    ),
    "untold": Wording("Its first page does not say together which body met and for which time.", _PLACE),
    "several-meetings": Wording("Its first page names several meetings: {0}.", _PLACE),
    "link-differs": Wording("The portal links it to meeting {0}, but its first page says {1}.", _PLACE),
    "unlisted-meeting": Wording(
        "The catalogue has no meeting {0}, and the page does not print that it follows the last, and on which days.",
        "Add the meeting to the catalogue, or move the file into the folder of its meeting.",
    ),
    "days-of-another": Wording("It seems to be of meeting {0}, but prints the days of another.", _DAYS),
    "far-days": Wording("It seems to be of meeting {0}, but the days that it prints are far from it: {1}.", _DAYS),
    "no-heading": Wording("It is of meeting {0}, but no heading says that it holds recommendations.", _PLACE),
}
"""Wordings of evidence on the meeting of a file: what speaks against one has a remedy."""

QUESTIONS: Mapping[str, Wording] = {
    "which-meeting": Wording(
        "Its meeting is not known.",
        "Move it into a folder named after its meeting within the folder of PDFs, if it holds recommendations of it; "
        "otherwise take it out, or list it in the catalogue with its role.",
    ),
    "which-of-meetings": Wording(
        "It may be of meeting {0}.",
        "Move it into a folder named after its meeting, such as {1}, within the folder of PDFs, if it holds "
        "recommendations of it; otherwise take it out, or list it in the catalogue with its role.",
    ),
}
"""Wordings of the questions to people on a file of no meeting."""

REMARKS: Mapping[str, Wording] = {
    "fewer-than-its-twin": Wording(
        "It has {0} recommendations in {1}, {2} has {3} in {4}. Without a twin: {5}.",
        "Compare the two PDFs; where it was cut wrongly, say under `segmentation` in the catalogue how to cut it.",
    ),
    "far-longer": Wording(
        "{0} has {1} letters in {2}, its neighbours about {3}.",
        "See whether it holds the number of another; where it was cut wrongly, say under `segmentation` in the "
        "catalogue how to cut it.",
    ),
    "matches-nothing": Wording(
        "None of its {0} terms ({1}, …) occurs in any text.",
        "Look for slips of the pen; add the words that the documents use, or take it out.",
    ),
    "dead-link": Wording("{0}", "Look for its present address, and name that."),
    "leads-elsewhere": Wording("{0} leads to {1}.", "See what is there; name the right address."),
}
"""Wordings of remarks that a check makes of its own."""

WORDINGS: Mapping[str, AnyWording] = {**CAUTIONS, **WITHIN, **REASONS, **EVIDENCE, **QUESTIONS, **REMARKS}
"""Wordings of messages on documents, by code."""
