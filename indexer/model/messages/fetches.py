"""Messages on downloads: addresses that gave nothing usable, and what a portal says differently."""

from collections.abc import Mapping

from indexer.model.messages.wording import AnyWording, Fragment, Wording

_LATER = "Try again later."
_LOOK = "Look for its present address on the portal."
_MOVED = "See whether the portal's page has moved, and mend its address (`portal`) in the catalogue."

# Each names its address first, and ends without a stop: people read them as lines of a list.
REFUSALS: Mapping[str, AnyWording] = {
    "given-up": Wording("{0}: {1} ({2} tries)", _LATER),
    "asked-to-wait": Wording("{0}: {1}, and asks to be left alone for {2} seconds", _LATER),
    "page-instead": Wording("{0}: gave a web page, not a PDF", _LOOK),
    "page-after-redirect": Wording("{0}: gave a web page after a redirect to {1}, not a PDF", _LOOK),
    "something-else": Wording("{0}: gave something else, not a PDF", _LOOK),
    "something-else-after-redirect": Wording("{0}: gave something else after a redirect to {1}, not a PDF", _LOOK),
    "not-complete": Wording("{0}: not complete after {1} seconds", _LATER),
    "address-of-other-kind": Wording(
        "{0}: no usable address; expected http:// or https://", "Name an address of that kind in the catalogue."
    ),
    "address-unusable": Wording("{0}: no usable address", "Mend it in the catalogue."),
    "certificate-not-trusted": Wording(
        "{0}: its certificate cannot be trusted ({1})",
        "Open the address in a browser, and see whether it can be trusted.",
    ),
    "refused-by-server": Wording("{0}: the server answered {1}", "Look for its present address."),
    "too-large": Wording(
        "{0}: larger than {1} MB; not taken", "Fetch it in a browser, and put it into the folder of PDFs."
    ),
    "no-answer": Fragment("no answer ({0})"),
    "server-answered": Fragment("the server answered {0}"),
    "answer-broke-off": Fragment("the answer broke off"),
    "answer-unreadable": Fragment("the answer cannot be read ({0})"),
    "no-meetings-listed": Wording("{0}: lists no meeting that can be read", _MOVED),
    "no-meetings-listed-there": Wording("{0}: led to {1}, which lists no meeting that can be read", _MOVED),
    "other-document": Wording(
        "{0}: leads to another document, {1}; not taken",
        "If it is the right one, name that address (`url`) in the catalogue.",
    ),
    # A record of downloads that was written before messages had codes.
    "told-before": Wording("{0}", "`indexer sync` asks again."),
}
"""Wordings of why an address gave nothing usable."""

NOTES: Mapping[str, Wording] = {
    "end-missing": Wording(
        "{0}: has no mark of its end, and may have been cut off on the way", "Compare it with what the portal shows."
    ),
    "unlinked-meeting": Wording(
        "{0}: lists meeting {1} without a link to its recommendations",
        "Put its PDF into the folder of PDFs, or name its address (`url`) in the catalogue.",
    ),
    "taken-out": Wording(
        "{0} was taken out of the folder of PDFs.",
        "Where it is wanted, name its address, {1}, in the catalogue. "
        "It is fetched as well where another document is found there.",
    ),
    "loose-link": Wording(
        "{0}: not fetched: the portal's page ({1}) links to it after “{2}”, which names no meeting "
        "of this body with its days",
        "If it is of one, name the address (`url`) in the catalogue.",
    ),
    "other-days": Wording(
        "{0}: the portal's page ({1}) says {2} to {3}, the catalogue {4} to {5}",
        "Where the portal is right, mend the catalogue.",
    ),
    "not-on-page": Wording(
        "{0}: is not on the portal's page ({1})", "See whether the catalogue is right, and the portal whole."
    ),
}
"""Wordings of what a sync found beside the documents."""

WORDINGS: Mapping[str, AnyWording] = {**REFUSALS, **NOTES}
"""Wordings of messages on downloads, by code."""
