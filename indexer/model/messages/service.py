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

# A message on a parameter says what it may be.
DETAILS: Mapping[str, Wording] = {
    "no-choice": Wording("“{0}” is one of {1}.", None),
    "no-number": Wording("“{0}” is a number from {1} to {2}.", None),
    "wrong-length": Wording("“{0}” has 1 to {1} characters.", None),
    "wrong-form": Wording("“{0}” looks like {1}.", None),
    "no-such-parameter": Wording("There is no parameter “{0}” here. There are: {1}.", None),
    "given-twice": Wording("“{0}” was given more than once.", None),
    "no-such-item": Wording("There is no item “{0}”.", None),
    "no-such-meeting": Wording("There is no meeting “{0}”.", None),
    "no-such-body": Wording("There is no body “{0}”.", None),
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
