"""Messages on PDFs: files that cannot be read, and pages that can be read only in part."""

from collections.abc import Mapping

from indexer.model.messages.wording import AnyWording, Fragment, Wording

_SAVE_ANEW = "Open it in a PDF viewer and save it anew from there."
_COMPARE = "Compare it with the PDF."
_COMPARE_OR_BETTER = "Compare it with the PDF; a copy with text, or a better scan, is read with fewer mistakes."
_GET_TEXT = "Fetch or make a copy with text; or install Tesseract and the extra ocr, and let indexer build read it."

FAILURES: Mapping[str, Wording] = {
    "file-is-folder": Wording("{0} is a folder.", "Name the PDF files in it."),
    "file-missing": Wording("{0} does not exist.", "Check the path, or fetch the document."),
    "file-not-ordinary": Wording("{0} is no ordinary file.", "Copy the PDF to a file and use that."),
    "file-empty": Wording("{0} is empty (0 bytes).", "Fetch it again."),
    "file-forbidden": Wording("{0} may not be read by this user.", "Change its permissions (chmod u+r) or its owner."),
    "file-unreadable": Wording("{0} cannot be read: {1}.", "Check the disk and the path."),
    "password-needed": Wording("{0} is encrypted and asks for a password.", "Save a copy without one and use that."),
    "encryption-unknown": Wording("{0} is encrypted in a way that is not known.", "Save a copy without encryption."),
    "not-a-pdf": Wording("{0} is not a PDF, whatever its name says.", "Open it to see what it is, and fetch it again."),
    "without-pages": Wording("{0} has no pages.", "Fetch it again, or take it out of the catalogue."),
    "pdf-damaged": Wording(
        "{0} is damaged: nothing can be found in it.",
        "Open it in a PDF viewer; if that shows its pages, save it anew from there, otherwise fetch it again.",
    ),
    "reader-failed": Wording("{0} cannot be read ({1}).", "Please report this file."),
    "broken-off": Wording("{0} was not read: the work was broken off.", "Run the command again."),
    "not-opened": Wording("{0} cannot be opened: {1}.", _SAVE_ANEW),
    "read-to-page": Wording("{0} cannot be read beyond page {1}: {2}.", _SAVE_ANEW),
    "pages-given-up": Wording(
        "{0} was read up to page {1} only: {2} of its pages went beyond what a page may take.", _SAVE_ANEW
    ),
    "all-pictures": Wording("None of its pages holds text: they are pictures, as a scanner makes them.", _GET_TEXT),
    "all-letters-unknown": Wording(
        "None of its pages holds text that can be read: its letters are unknown.", _GET_TEXT
    ),
    "all-drawn": Wording("None of its pages holds text: they hold drawings, which may be letters.", _GET_TEXT),
    "all-unread": Wording("None of its pages gives text; the remarks on them say why.", _SAVE_ANEW),
    "all-blank": Wording(
        "None of its pages holds text: they seem to be blank.",
        "Open it in a PDF viewer; if that shows something, fetch it again.",
    ),
}
"""Wordings of why a file was not read, or not as a whole."""

# Causes stand within a sentence: they begin with a small letter, and end without a stop.
CAUSES: Mapping[str, Fragment] = {
    "takes-too-long": Fragment("it takes more than {0} seconds"),
    "reader-died": Fragment("the process that read it died"),
    "too-much-memory": Fragment("it takes more than {0} MB of memory"),
    "too-many-letters": Fragment("it prints more than {0} letters"),
    "description-damaged": Fragment("its description is damaged"),
    "damaged-page": Fragment("it is damaged ({0})"),
    "content-too-long": Fragment("its content is {0} MB long once unpacked"),
    "too-many-drawings": Fragment("it paints more than {0} drawings"),
    "content-damaged": Fragment("a part of its content is damaged ({0})"),
    "font-damaged": Fragment("the font {0} is damaged ({1})"),
    "annotations-damaged": Fragment("its notes and fields are damaged ({0})"),
    "drawing-in-itself": Fragment("a drawing on it contains itself"),
    "drawings-too-deep": Fragment("its drawings are nested too deep"),
    "letters-unknown": Fragment("has no text that can be read: its letters are unknown"),
    "maybe-scan": Fragment("has no text; it may be a scan"),
    "picture-with-little-text": Fragment("is a picture with little text beside it; it may be a scan"),
    "hidden-letters": Fragment("{0} {1}"),
    "in-layer-off": Fragment("in a layer that is switched off"),
    "outside-of-clip": Fragment("outside of the part of the page where it may be seen"),
    "in-colour-of-ground": Fragment("in the colour of what lies behind it"),
    "without-ink": Fragment("without ink"),
    "maybe-blank": Fragment("has no text; it may be blank"),
    "drawn-only": Fragment("has no text; what it shows is drawn"),
    "not-read-by-ocr": Fragment("{0}, and was not read by OCR. {1}; build again"),
    "empty-by-ocr": Fragment("{0}, and OCR found no text in it ({1})"),
    "tesseract-missing": Fragment(
        "Tesseract is not installed: apt-get install tesseract-ocr, or brew install tesseract"
    ),
    "pdfium-missing": Fragment("pypdfium2 is not installed: pip install 'recommendation-search[ocr]'"),
    "tesseract-broken": Fragment(
        "Tesseract does not work, as tesseract --version shows: apt-get install tesseract-ocr, or brew install "
        "tesseract"
    ),
    "tesseract-without-languages": Fragment("Tesseract has none of the body's languages: apt-get install {0}"),
    "ocr-too-slow": Fragment("it takes too long"),
    "tags-incomplete": Fragment("only {0}% of the letters have any"),
    "tags-out-of-order": Fragment("their order is another than that of the pages"),
    "tags-too-many": Fragment("there are too many to read them"),
    "tags-of-lines": Fragment("they make paragraphs of single lines"),
}
"""Wordings of causes, which stand within other messages."""

CAUTIONS: Mapping[str, Wording] = {
    "page-unreadable": Wording("Page {0} cannot be read: {1}.", _COMPARE),
    "page-over-budget": Wording("Page {0} cannot be read: {1}.", _COMPARE),
    "objects-searched": Wording(
        "The file is damaged: the table of its parts is wrong, and all of it was searched for them.",
        "Look whether pages are missing; fetch it again, or save it anew with a viewer.",
    ),
    "page-damaged": Wording("Page {0} may lack text: {1}.", _COMPARE),
    "no-text": Wording("Page {0} {1}.", _GET_TEXT),
    "ocr-failed": Wording("Page {0} {1}, and OCR failed on it: {2}.", "Fetch or make a copy with text."),
    "read-by-ocr": Wording("Page {0} was read by OCR, sure of {1}% ({2}).", _COMPARE),
    "ocr-unsure": Wording("Page {0} was read by OCR, which is sure of {1}% only.", _COMPARE_OR_BETTER),
    "ocr-margin-unread": Wording(
        "Page {0} has {1} sign in the margin, as numbers have, that OCR could not read.",
        _COMPARE_OR_BETTER,
        "Page {0} has {1} signs in the margin, as numbers have, that OCR could not read.",
    ),
    "ocr-language-missing": Wording(
        "Page {0} was read by OCR without data for its language ({1}): letters and accents may be wrong.",
        "Install the data for Tesseract, on Debian by apt-get install {2}, and build again.",
    ),
    "hidden-text": Wording("Page {0} holds letters that it does not show: {1}. They are left out.", _COMPARE),
    "covered-text": Wording(
        "Page {0} covers {1} letter with a box or a picture. It is left out; the PDF has it.",
        _COMPARE,
        "Page {0} covers {1} letters with boxes or pictures. They are left out; the PDF has them.",
    ),
    "form-fields": Wording(
        "Page {0} has {1} line in a form field or note whose place is estimated.",
        _COMPARE,
        "Page {0} has {1} lines in form fields or notes whose places are estimated.",
    ),
    "overlay-text": Wording(
        "Page {0} has {1} letter of a watermark, or sideways in its margin; it is set aside.",
        _COMPARE,
        "Page {0} has {1} letters of a watermark, or sideways in its margin; they are set aside.",
    ),
    "ocr-by-others": Wording("Page {0} is a picture under text that somebody else's OCR has read in it.", _COMPARE),
    "layer-seems-wrong": Wording(
        "Page {0} is a picture, and the text that somebody else's OCR has read in it seems to be wrong.",
        "Compare it with the PDF; where Tesseract and the extra ocr are installed, indexer build reads it again.",
    ),
    "layer-read-again": Wording(
        "Page {0} has text by somebody else's OCR that lacks much of the picture or is wrong: it was read again.",
        _COMPARE,
    ),
    "unmapped-glyphs": Wording(
        "Page {0} has {1} letter whose meaning its fonts do not tell.",
        _COMPARE,
        "Page {0} has {1} letters whose meaning its fonts do not tell.",
    ),
    "tags-not-believed": Wording(
        "The file's tags, which say where paragraphs, lists and headings begin, are not used: {0}.", _COMPARE
    ),
    "replaced-letters": Wording(
        "{0} letter lost before the file was made (replacement or private characters), first in {1}",
        _COMPARE,
        "{0} letters lost before the file was made (replacement or private characters), first in {1}",
    ),
    "control-characters": Wording(
        "{0} control character within the text, first in {1}",
        _COMPARE,
        "{0} control characters within the text, first in {1}",
    ),
    "two-scripts": Wording(
        "{0} place where letters of two scripts stand in one word, first in {1}",
        _COMPARE,
        "{0} places where letters of two scripts stand in one word, first in {1}",
    ),
    "twice-decoded": Wording(
        "{0} pair of letters that looks like one letter decoded wrongly, first in {1}",
        _COMPARE,
        "{0} pairs of letters that look like one letter decoded wrongly, first in {1}",
    ),
}
"""Wordings of cautions on pages."""

WORDINGS: Mapping[str, AnyWording] = {**FAILURES, **CAUSES, **CAUTIONS}
"""Wordings of messages on PDFs, by code."""
