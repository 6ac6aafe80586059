"""Messages of the service: requests that cannot be answered, and why."""

from collections.abc import Mapping

from indexer.model.messages.wording import Wording

# Programs read these codes, which never change. What is the matter says another message beside it.
PROBLEMS: Mapping[str, Wording] = {
    "bad-query": Wording("The question cannot be read", None),
    "bad-parameter": Wording("A parameter has a value that it cannot have", None),
    "unknown-parameter": Wording("There is no such parameter", None),
    "repeated-parameter": Wording("A parameter was given more than once", None),
    "not-found": Wording("There is nothing at this address", None),
    "cursor-gone": Wording("The change log was begun anew", None),
    "generation-gone": Wording("Another generation of the index is served now", None),
    "refused": Wording("The request cannot be answered", None),
    "no-index": Wording("There is no index yet", None),
    "bad-index": Wording("The index cannot be read", None),
    "fault": Wording("The answer could not be made", None),
}
"""Wordings of the titles of problems."""

DETAILS: Mapping[str, Wording] = {
    "no-choice": Wording("“{0}” cannot be “{2}”.", "Give one of {1}."),
    "no-number": Wording("“{0}” cannot be “{3}”.", "Give a number from {1} to {2}."),
    "wrong-length": Wording("“{0}” is empty or too long.", "Give 1 to {1} characters."),
    "wrong-form": Wording("“{0}” cannot be “{2}”.", "Write it as in {1}."),
    # The remedy is a message of its own, since it depends on what there is.
    "no-such-parameter": Wording("There is no parameter “{0}” here.", "{1}"),
    "parameter-meant": Wording("Did you mean “{0}”?", None),
    "range-of": Wording("Give a range as one value, as in {0}.", None),
    "parameters-there": Wording("Give one of {0}.", None),
    "given-twice": Wording("“{0}” was given more than once.", "Give it once."),
    "no-such-item": Wording("There is no item “{0}”.", "Search for it, or take its id from the export."),
    "no-such-meeting": Wording("There is no meeting “{0}”.", "Take its id from the meetings of its body."),
    "no-such-body": Wording("There is no body “{0}”.", "Take its id from the bodies of the status."),
    "no-such-place": Wording(
        "There is no place “{0}” in the change log: it was begun anew.",
        "Drop what you hold and read the changes from their beginning, without a cursor.",
    ),
    "other-generation": Wording("The generation {0} is no longer served; {1} is.", "Begin anew."),
    "item-gone": Wording("{0} went on {1}.", None),
    "document-gone": Wording(
        "{0} has gone from its folder since the index was built.",
        "Those who run this service can put it back, or run `indexer build`.",
    ),
    "no-such-address": Wording("There is nothing at this address.", "Look for a slip in it."),
    "no-such-method": Wording("This address cannot be asked with {0}.", "Ask it with {1}."),
    "unanswerable": Wording("The request cannot be answered (HTTP {0}).", "Look for a slip in it."),
    "our-fault": Wording("The fault is ours and has been written to the log.", "Please try again."),
}
"""Wordings of what is the matter with a request."""

WORDINGS: Mapping[str, Wording] = {**PROBLEMS, **DETAILS}
"""Wordings of messages of the service, by code."""
