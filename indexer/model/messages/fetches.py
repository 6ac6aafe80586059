"""Messages on downloads: addresses that gave nothing usable, and what a portal says differently."""

from collections.abc import Mapping

from indexer.model.messages.wording import AnyWording, Fragment, Wording

# Each names its address first and ends with what to do: people read them as lines of a list.
REFUSALS: Mapping[str, AnyWording] = {
    "given-up": Wording("{0}: {1} ({2} tries); try again later", None),
    "asked-to-wait": Wording("{0}: {1}, and asks to be left alone for {2} seconds; try again later", None),
    "page-instead": Wording("{0}: gave a web page, not a PDF; look for its present address on the portal", None),
    "page-after-redirect": Wording(
        "{0}: gave a web page after a redirect to {1}, not a PDF; look for its present address on the portal", None
    ),
    "something-else": Wording("{0}: gave something else, not a PDF; look for its present address on the portal", None),
    "something-else-after-redirect": Wording(
        "{0}: gave something else after a redirect to {1}, not a PDF; look for its present address on the portal", None
    ),
    "not-complete": Wording("{0}: not complete after {1} seconds; try again later", None),
    "address-of-other-kind": Wording("{0}: no usable address; expected http:// or https://", None),
    "address-unusable": Wording("{0}: no usable address; mend it in the catalogue", None),
    "certificate-not-trusted": Wording("{0}: its certificate cannot be trusted ({1})", None),
    "refused-by-server": Wording("{0}: the server answered {1}; look for its present address", None),
    "too-large": Wording("{0}: larger than {1} MB; not taken", None),
    "no-answer": Fragment("no answer ({0})"),
    "server-answered": Fragment("the server answered {0}"),
    "answer-broke-off": Fragment("the answer broke off"),
    "answer-unreadable": Fragment("the answer cannot be read ({0})"),
    "no-meetings-listed": Wording("{0}: lists no meeting that can be read; has the portal's page moved?", None),
    "no-meetings-listed-there": Wording(
        "{0}: led to {1}, which lists no meeting that can be read; has the portal's page moved?", None
    ),
    "other-document": Wording(
        "{0}: leads to another document, {1}; not taken; if it is the right one, name that address (`url`) in the "
        "catalogue",
        None,
    ),
    # A record of downloads that was written before messages had codes.
    "told-before": Wording("{0}", None),
}
"""Wordings of why an address gave nothing usable."""

NOTES: Mapping[str, Wording] = {
    "end-missing": Wording("{0}: has no mark of its end, and may have been cut off on the way; compare it", None),
    "unlinked-meeting": Wording("{0}: lists meeting {1} without a link to its recommendations", None),
    "taken-out": Wording(
        "{0} was taken out of the folder of PDFs. It is fetched again where the catalogue names its address, {1}, or "
        "another document is found there",
        None,
    ),
    "loose-link": Wording(
        "{0}: not fetched: the portal's page ({1}) links to it after “{2}”, which names no meeting of this body with "
        "its days; if it is of one, name the address (`url`) in the catalogue",
        None,
    ),
    "other-days": Wording("{0}: the portal's page ({1}) says {2} to {3}, the catalogue {4} to {5}", None),
    "not-on-page": Wording("{0}: is not on the portal's page ({1})", None),
}
"""Wordings of what a sync found beside the documents."""

WORDINGS: Mapping[str, AnyWording] = {**REFUSALS, **NOTES}
"""Wordings of messages on downloads, by code."""
