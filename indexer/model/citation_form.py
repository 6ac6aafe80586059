"""Form in which an organization wants its texts cited: a sentence with places for the facts.

``{symbol}`` is a place. What stands in square brackets is left out where a fact in it is not known.
"""

CITATION_PLACES = ("body", "meeting", "venue", "days", "item", "symbol", "page", "address")

DEFAULT_CITATION = "{body}, {meeting}[, {venue}][, {days}], {item}[, {symbol}], {page}. {address}"

_PIECE = rf"[^\[\]{{}}]|\{{(?:{'|'.join(CITATION_PLACES)})\}}"

CITATION_FORM = rf"(?:{_PIECE}|\[(?:{_PIECE})*\])+"
"""Pattern of a form that can be read: it has no other places, and no bracket within another."""
