"""Notes on how a query was read: codes and English sentences."""

from indexer.model import Note

# Codes stay as they are, since programs read them; translations are looked up by the sentences.
NOTES = {
    "cut-short": "Only the first {0} characters of the question were read.",
    "too-many-words": "Only the first {0} words of the question were read.",
    "too-deep": "Parentheses more than {0} deep were left out.",
    "quote-closed": "A quotation mark was left open and has been closed at the end.",
    "parenthesis-unmatched": "A parenthesis without its partner was left out.",
    "parenthesis-empty": "Parentheses with nothing between them were left out.",
    "operator-as-word": "“{0}” has nothing to work on and was read as a word.",
    "near-as-word": "“{0}” joins two words or phrases; here it was read as words.",
    "near-too-far": "NEAR reaches at most {0} words.",
    "no-word": "“{0}” holds no letter or digit and was left out.",
    "sign-left-out": "The sign in “{0}” was left out: every word must match unless a single - stands before it.",
    "star-at-end-only": "In “{0}” the * was not heeded: it works at the end of a word, outside quotation marks.",
    "typo-one-word": "In “{0}” the ~ was not heeded: it works at the end of a single word, outside quotation marks.",
    "typo-one-slip": "“{0}” was read with one slip of the pen, the most that ~ allows.",
    "near-instead": "“{0}” after a quotation was left out: write NEAR/{1} between two words or phrases.",
    "grammar-left-out": "Words that say nothing of the subject need not match: {0}.",
    "not-a-filter": "“{0}:” is not a filter and was read as a word. Filters are {1}.",
    "prefix-bounded": "“{0}” was read as the {1} most frequent words that begin so.",
    "typo-too-short": "“{0}” is too short for a slip of the pen; it was read as it stands.",
    "filter-without-value": "“{0}:” has no value and was read as a word. Write it without a space, as in {1}.",
}
"""English sentences of the notes, by code; the numbers stand for their parts."""


def note(code: str, *parts: str) -> Note:
    """Make the note of a code from its parts."""
    return Note(code, NOTES[code].format(*parts), parts)
