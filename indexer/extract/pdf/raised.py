"""Raised print: the marks of notes and exponents ─▶ superscript characters.

A raised figure is no figure of the number that it stands behind, nor a letter of the word.
"""

# ARCHITECTURE.md: Raised print is written as superscripts.

import re

_FIGURES = re.compile(r"\s*[(+–-]?\d[\d\s,;()+–-]*/?\s*")
_SUPERSCRIPTS = str.maketrans("0123456789+-–()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾")
_NOTE_LETTERS = str.maketrans("abcdfgh", "ᵃᵇᶜᵈᶠᵍʰ")
_ORDINAL = {"o": "º", "a": "ª"}
_BEFORE_ORDINAL = re.compile(r"(?:^|\D)\d{1,2}\s?$|[Nn]$")
_BEFORE_NOTE = re.compile(r"[^\W\d_]{3}[^\w\s]?$|\d{3}$")


def superscript(text: str, before: str, after: str) -> str:
    """The text of raised print as superscripts, where there are such characters.

    ``before`` and ``after`` are the texts on either side: of a fraction only the line through it is a sign, and ``1st``
    has letters.
    """
    if _FIGURES.fullmatch(text):
        return text if after[:1] in ("/", "⁄") else text.translate(_SUPERSCRIPTS)
    bare = text.strip()
    if bare in _ORDINAL and _BEFORE_ORDINAL.search(before):
        return _ORDINAL[bare]
    if len(bare) == 1 and _BEFORE_NOTE.search(before) and not after[:1].isalpha():
        return text.translate(_NOTE_LETTERS)
    return text
