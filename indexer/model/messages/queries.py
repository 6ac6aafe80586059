"""Messages on queries: what was mended while one was read, and filters that cannot be read."""

from collections.abc import Mapping

from indexer.model.messages.wording import AnyWording, Fragment, Wording

# A query that was mended is answered: a remedy says how to ask for what was left out.
NOTES: Mapping[str, Wording] = {
    "cut-short": Wording("Only the first {0} characters of your search were used.", "Use fewer words."),
    "too-many-words": Wording("Only the first {0} words of your search were used.", "Use fewer words."),
    "too-deep": Wording("Parentheses more than {0} deep were left out.", "Use fewer parentheses."),
    "quote-closed": Wording(
        "A quotation mark was left open and has been closed at the end.",
        "Close it where the phrase ends, or leave it out.",
    ),
    "parenthesis-unmatched": Wording(
        "A parenthesis without its partner was left out.", "Add its partner, or leave it out."
    ),
    "parenthesis-empty": Wording(
        "Parentheses with nothing between them were left out.", "Put words between them, or leave them out."
    ),
    "operator-as-word": Wording(
        "“{0}” joins nothing and was searched as a word.",
        "Give it the words that it joins or excludes, or leave it out.",
    ),
    "operator-in-capitals": Wording(
        "Everything is in capitals, so “{0}” was read as a word.", "Write the other words in small letters to use it."
    ),
    "operator-in-sentence": Wording(
        "This is a sentence, so “{0}” was read as a word.", "Ask with a few words and without punctuation to use it."
    ),
    "near-as-word": Wording(
        "“{0}” joins two words or phrases; here it was read as words.", "Put a word or a phrase on each side of it."
    ),
    "near-too-far": Wording("NEAR reaches at most {0} words.", "Join the words by AND to find them at any distance."),
    "no-word": Wording(
        "“{0}” holds no letter or digit and was left out.", "Write a word or a number in its place, or leave it out."
    ),
    "sign-left-out": Wording(
        "The sign in “{0}” was left out: every word must match unless a single - stands before it.",
        "Leave the sign out, or write a - to exclude the word.",
    ),
    "star-at-end-only": Wording(
        "The * in “{0}” was ignored: it works at the end of a word, outside quotation marks.",
        "Write the beginning of the word and the * behind it, as in cyber*.",
    ),
    "typo-one-word": Wording(
        "The ~ in “{0}” was ignored: it works at the end of a single word, outside quotation marks.",
        "Write one word and the ~ behind it, as in evidense~.",
    ),
    "typo-one-slip": Wording(
        "“{0}” was searched with one misspelt letter, the most that ~ allows.", "Leave out the number behind the ~."
    ),
    "near-instead": Wording(
        "“{0}” after a quotation was left out: write NEAR/{1} between two words or phrases.",
        "Cut the quotation into the words that should stand near one another.",
    ),
    "grammar-left-out": Wording(
        "Common words were treated as optional: {0}.",
        "Use quotation marks to require them.",
    ),
    "not-a-filter": Wording(
        "“{0}:” is not a filter and was searched as a word. Filters are {1}.",
        "Use one of these, or leave the colon out.",
    ),
    "filter-misspelt": Wording("“{0}:” is not a filter and was searched as a word.", "Did you mean {1}?"),
    "no-such-value": Wording("No text here has “{0}”.", "{1}"),
    "field-without-values": Wording("No text here has a value of {0}.", "Leave that filter out."),
    "filters-exclude": Wording("No text has both “{0}” and “{1}”.", "Leave one of them out."),
    "prefix-bounded": Wording(
        "“{0}” was read as the {1} most frequent words that begin so.", "Write more letters before the *."
    ),
    "typo-too-short": Wording(
        "“{0}” is too short for ~ and was searched as typed.",
        "Write a longer word, or leave the ~ out.",
    ),
    "filter-without-value": Wording(
        "“{0}:” has no value and was searched as a word. Write it without a space, as in {1}.",
        "Give it a value, or leave the colon out.",
    ),
}
"""Wordings of notes on how a query was read."""

# The remedy of a filter is a message of its own, since it is that of the field.
WORDINGS: Mapping[str, AnyWording] = {
    **NOTES,
    "filter-unreadable": Wording("“{0}:{1}” cannot be read (at character {2}).", "{3}"),
    "range-reversed": Wording("“{0}:{1}..{2}” ends before it begins.", "Did you mean {0}:{2}..{1}?"),
    "filter-meant": Wording("“{0}:{1}” cannot be read (at character {2}).", "{3} Did you mean {4}?"),
    "choice-unreadable": Wording("The address asks for “{1}”, which is no value of {0}.", "{2}"),
    "no-such-filter": Wording("There is no filter “{0}”.", "Filters are {1}."),
    "give-body": Fragment("Give the id of a body, as in body:sample."),
    "give-meeting": Fragment("Give the number of a meeting, as in meeting:IX."),
    "give-year": Fragment(
        "Give a year or a range of years, as in year:2016, year:2006..2016, year:2006.. or year:..2016."
    ),
    "give-language": Fragment("Give the code of one language, as in lang:es; for several write (lang:es OR lang:en)."),
    "write-like": Fragment("Write it as in {0}."),
    "give-kind": Fragment("Give one of {0}."),
}
"""Wordings of messages on queries, by code."""
