"""Messages on PDFs: files that cannot be read, and pages that can be read only in part."""

from collections.abc import Mapping

from indexer.model.messages.wording import Wording

_SAVE_ANEW = "Open it in a PDF viewer and save it anew from there."
_COMPARE = "Compare it with the PDF."
_GET_TEXT = "Fetch or make a copy with text, or install OCR and build again."

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
}
"""Wordings of why a file was not read, or not as a whole."""

# Causes stand within a sentence: they begin with a small letter, and end without a stop.
CAUSES: Mapping[str, Wording] = {
    "takes-too-long": Wording("it takes more than {0} seconds", None),
    "reader-died": Wording("the process that read it died", None),
    "too-much-memory": Wording("it takes more than {0} MB of memory", None),
    "too-many-letters": Wording("it prints more than {0} letters", None),
    "description-damaged": Wording("its description is damaged", None),
    "damaged-page": Wording("it is damaged ({0})", None),
    "content-too-long": Wording("its content is {0} MB long once unpacked", None),
    "too-many-drawings": Wording("it paints more than {0} drawings", None),
    "content-damaged": Wording("a part of its content is damaged ({0})", None),
    "font-damaged": Wording("the font {0} is damaged ({1})", None),
    "annotations-damaged": Wording("its notes and fields are damaged ({0})", None),
    "drawing-in-itself": Wording("a drawing on it contains itself", None),
    "drawings-too-deep": Wording("its drawings are nested too deep", None),
    "letters-unknown": Wording("has no text that can be read: its letters are unknown", None),
    "maybe-scan": Wording("has no text; it may be a scan", None),
    "picture-with-little-text": Wording("is a picture with little text beside it; it may be a scan", None),
    "hidden-letters": Wording("{0} {1}", None),
    "in-layer-off": Wording("in a layer that is switched off", None),
    "outside-of-clip": Wording("outside of the part of the page where it may be seen", None),
    "in-colour-of-ground": Wording("in the colour of what lies behind it", None),
    "without-ink": Wording("without ink", None),
    "picture-not-read": Wording("is a picture, and was not read. {0}; build again", None),
    "picture-without-text": Wording("is a picture in which OCR found no text {0}", None),
    "tesseract-missing": Wording(
        "Tesseract is not installed: apt-get install tesseract-ocr, or brew install tesseract", None
    ),
    "pdfium-missing": Wording("pypdfium2 is not installed: pip install 'recommendation-search[ocr]'", None),
    "tesseract-broken": Wording(
        "Tesseract does not work, as tesseract --version shows: apt-get install tesseract-ocr, or brew install "
        "tesseract",
        None,
    ),
    "tesseract-without-languages": Wording("Tesseract has none of the body's languages: apt-get install {0}", None),
    "ocr-in-all-languages": Wording("({0})", None),
    "ocr-in-some-languages": Wording("({0}). Not all languages could be used: apt-get install {1}", None),
    "ocr-too-slow": Wording("it takes too long", None),
}
"""Wordings of causes, which stand within other messages."""

CAUTIONS: Mapping[str, Wording] = {
    "page-unreadable": Wording("Page {0} cannot be read: {1}.", _COMPARE),
    "page-over-budget": Wording("Page {0} cannot be read: {1}.", _COMPARE),
    "page-damaged": Wording("Page {0} may lack text: {1}.", _COMPARE),
    "no-text": Wording("Page {0} {1}.", _GET_TEXT),
    "ocr-failed": Wording("Page {0} is a picture, and OCR failed on it: {1}.", "Fetch or make a copy with text."),
    # The sentence says what a reader can do; nobody has anything to mend.
    "read-by-ocr": Wording("Page {0} was read by OCR, sure of {1}% {2}. Compare it with the PDF.", None),
    "hidden-text": Wording("Page {0} holds letters that it does not show: {1}. They are left out.", _COMPARE),
    "covered-text": Wording(
        "Page {0} covers {1} letter with a box or a picture. It is left out; the PDF has it.",
        _COMPARE,
        "Page {0} covers {1} letters with boxes or pictures. They are left out; the PDF has them.",
    ),
    "form-fields": Wording(
        "Page {0} has {1} line in form fields whose place is estimated.",
        _COMPARE,
        "Page {0} has {1} lines in form fields whose places are estimated.",
    ),
    "overlay-text": Wording(
        "Page {0} has {1} letter of a watermark, or sideways in its margin; it is set aside.",
        _COMPARE,
        "Page {0} has {1} letters of a watermark, or sideways in its margin; they are set aside.",
    ),
    "ocr-by-others": Wording("Page {0} is a picture under text that somebody else's OCR has read in it.", _COMPARE),
    "unmapped-glyphs": Wording(
        "Page {0} has {1} letter whose meaning its fonts do not tell.",
        _COMPARE,
        "Page {0} has {1} letters whose meaning its fonts do not tell.",
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
    "twice-decoded": Wording(
        "{0} pair of letters that looks like one letter decoded wrongly, first in {1}",
        _COMPARE,
        "{0} pairs of letters that look like one letter decoded wrongly, first in {1}",
    ),
}
"""Wordings of cautions on pages."""

WORDINGS: Mapping[str, Wording] = {**FAILURES, **CAUSES, **CAUTIONS}
"""Wordings of messages on PDFs, by code."""
