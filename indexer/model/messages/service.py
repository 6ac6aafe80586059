"""Messages of the service: requests that cannot be answered, and why."""

from collections.abc import Mapping

from indexer.model.messages.wording import AnyWording, Fragment, Wording

# Programs read these codes, which never change. What is the matter says another message beside it.
PROBLEMS: Mapping[str, Fragment] = {
    "bad-query": Fragment("The search could not be understood"),
    "bad-parameter": Fragment("A parameter has a value that it cannot have"),
    "unknown-parameter": Fragment("There is no such parameter"),
    "repeated-parameter": Fragment("A parameter was given more than once"),
    "not-found": Fragment("There is nothing at this address"),
    "cursor-gone": Fragment("The change log was begun anew"),
    "generation-gone": Fragment("Another generation of the index is served now"),
    "refused": Fragment("The request cannot be answered"),
    "no-index": Fragment("There is no index yet"),
    "bad-index": Fragment("The index cannot be read"),
    "fault": Fragment("The answer could not be made"),
}
"""Wordings of the titles of problems."""

DETAILS: Mapping[str, AnyWording] = {
    "no-choice": Wording("“{0}” cannot be “{2}”.", "Give one of {1}."),
    "no-number": Wording("“{0}” cannot be “{3}”.", "Give a number from {1} to {2}."),
    "wrong-length": Wording("“{0}” is empty or too long.", "Give 1 to {1} characters."),
    "wrong-form": Wording("“{0}” cannot be “{2}”.", "Write it as in {1}."),
    # The remedy is a message of its own, since it depends on what there is.
    "no-such-parameter": Wording("There is no parameter “{0}” here.", "{1}"),
    "parameter-meant": Fragment("Did you mean “{0}”?"),
    "range-of": Fragment("Give a range as one value, as in {0}."),
    "parameters-there": Fragment("Give one of {0}."),
    "too-many-rows": Wording(
        "{0} results do not fit into a spreadsheet, which holds {1}.", "Take them as CSV, or narrow the search."
    ),
    "given-twice": Wording("“{0}” was given more than once.", "Give it once."),
    "no-such-item": Wording("There is no item “{0}”.", "Search for it, or take its id from the export."),
    "no-such-meeting": Wording("There is no meeting “{0}”.", "Take its id from the meetings of its body."),
    "no-such-body": Wording("There is no body “{0}”.", "Take its id from the bodies of the status."),
    "no-such-place": Wording(
        "There is no place “{0}” in the change log: it was begun anew.",
        "Drop what you hold and read the changes from their beginning, without a cursor.",
    ),
    "other-generation": Wording("The generation {0} is no longer served; {1} is.", "Begin anew."),
    "item-gone": Wording("{0} went on {1}.", "Search for its words: it may have another id now."),
    "document-gone": Wording(
        "{0} has gone from its folder since the index was built.",
        "Those who run this service can put it back, or run `indexer build`.",
    ),
    "no-such-address": Wording("Nothing was found at this address.", "Check the address."),
    "no-such-method": Wording("This address cannot be asked with {0}.", "Ask it with {1}."),
    "unanswerable": Wording("The request cannot be answered (HTTP {0}).", "Check the address."),
    "our-fault": Wording("The fault is ours and has been written to the log.", "Please try again."),
}
"""Wordings of what is the matter with a request."""

WORDINGS: Mapping[str, AnyWording] = {**PROBLEMS, **DETAILS}
"""Wordings of messages of the service, by code."""
