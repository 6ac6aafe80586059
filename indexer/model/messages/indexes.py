"""Messages on indexes and the disk: what keeps one from being built, published or served."""

from collections.abc import Mapping

from indexer.model.messages.wording import AnyWording, Fragment, Wording

_WAIT = "Wait until it has ended, or end it."
_MAKE_NEW = "`indexer build` makes a new one."

INDEXES: Mapping[str, Wording] = {
    "nothing-published": Wording("{0}: no index has been published here yet.", "`indexer build` makes one."),
    "other-version": Wording(
        "{0}: was made by another version of the program (its index is of kind {1}).",
        "`indexer build` makes it anew.",
    ),
    "index-damaged": Wording("{0}: the index is damaged: {1}.", "`indexer build` makes it anew."),
    "index-unreadable": Wording("{0}: the index cannot be read ({1}).", _MAKE_NEW),
    "index-cut-short": Wording("{0}: missing or cut short.", "`indexer build` makes a new index."),
    "index-part-unreadable": Wording("{0}: cannot be read ({1}).", "`indexer build` makes a new index."),
    "values-damaged": Wording("{0}: the index is damaged.", _MAKE_NEW),
    "nothing-before": Wording(
        "{0}: there is no generation before this one whose items differ from those that are served. Nothing was "
        "changed.",
        "Mend the corpus, and run `indexer build`.",
    ),
    "index-differs": Wording(
        "The new index was not published, as it does not hold what it was given: {0}. The one that was published "
        "before is untouched.",
        "Please report this: the program is at fault.",
    ),
    "fewer-documents": Wording(
        "{0}: only {1} of the {2} documents of {3} that are in the search can be read here now, so nothing was "
        "published.",
        "See whether the folder is whole, and what it lies on is connected. Where the others are to leave the search, "
        "`indexer build --fewer` publishes what is there. What was published before is untouched.",
    ),
}
"""Wordings of what is wrong with an index."""

TRANSLATIONS: Mapping[str, Wording] = {
    "apertium-missing": Wording(
        "Words are not translated, as Apertium is not installed: a search in one language finds few texts in another.",
        "Install it with `{0}`, and run `indexer build`.",
    ),
    "apertium-without-pairs": Wording(
        "Words are not translated, as Apertium has no pair of languages here.",
        "Install pairs with `{0}`, and run `indexer build`.",
    ),
    "apertium-failed": Wording(
        "Words were not translated, as Apertium gave no answer that can be read ({0}).",
        "Run `indexer build` again. If that does not help, install Apertium anew.",
    ),
}
"""Wordings of what keeps an index from having translations."""

# Causes stand within a sentence: they begin with a small letter, and end without a stop.
CAUSES: Mapping[str, Fragment] = {
    "calls-itself": Fragment("it calls itself {0}"),
    "not-as-published": Fragment("{0} is not as it was published"),
    "line-damaged": Fragment("line {0}: {1}"),
    "part-damaged": Fragment("{0}: {1}"),
    "counts-items": Fragment("it counts {0} items of {1}"),
    "not-given-back": Fragment("it does not give back {0}"),
    "not-found-by-id": Fragment("it does not find {0} by its id"),
    "page-not-in-ledger": Fragment("{0} names page {1} of {2}, which the ledger lacks"),
    "not-found-by-word": Fragment("asked for {0}, it does not give {1} ({2}, page {3})"),
    "disk-full": Fragment("the disk is full; make room"),
    "quota-used-up": Fragment("your quota of disk space is used up; make room"),
    "file-at-limit": Fragment("a file may not grow any further here; raise the limit or make room"),
    "read-only": Fragment("it is on a file system that cannot be written; use a folder that can"),
    "no-permission": Fragment("you may not write there; change its permissions or use another folder"),
    "file-in-the-way": Fragment("a file stands where a folder should be; move it away"),
}
"""Wordings of causes, which stand within other messages."""

FOLDERS: Mapping[str, Wording] = {
    "not-written": Wording(
        "{0}: cannot be written: {1}. What was published before is untouched.", "Once that is mended, try again."
    ),
    "folder-unreadable": Wording(
        "{0}: cannot be read: {1}. What was published before is untouched.",
        "Change its permissions, or move it away.",
    ),
    "at-work": Wording("{0}: a {1} is at work here (process {2} on {3}, since {4}).", _WAIT),
    "somebody-at-work": Wording("{0}: somebody is at work here who has not said who.", _WAIT),
}
"""Wordings of what is wrong with a folder."""

WORDINGS: Mapping[str, AnyWording] = {**INDEXES, **TRANSLATIONS, **CAUSES, **FOLDERS}
"""Wordings of messages on indexes and the disk, by code."""
