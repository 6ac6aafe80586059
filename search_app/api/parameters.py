"""Parameters that only programs send.

Those of a search are the same as everywhere: see ``search_app/request/parameters.py``.
"""

# ARCHITECTURE.md: Answers for programs speak English unless asked otherwise.

from search_app.present.changelog import CURSOR
from search_app.request import parameters
from search_app.request.locale import LANGUAGES
from search_app.request.parameters import INTERFACE, PAGE, SIZE, Parameter, choice, count

# These bounds and defaults are published in the OpenAPI document, and so part of the promise of version 1.
MAX_ITEMS, DEFAULT_ITEMS = 1000, 100
MAX_COMPLETIONS, DEFAULT_COMPLETIONS = 20, 8

UI = Parameter(
    INTERFACE,
    "The language of names, messages and of the pages that links lead to.",
    choice(LANGUAGES, LANGUAGES[0]),
)
NAMES = (UI,)
MANY = Parameter("size", "How many items one answer has.", count(MAX_ITEMS, DEFAULT_ITEMS))
GENERATION = Parameter(
    "generation",
    "Only from this generation of the index.",
    {"type": "string", "pattern": "^[0-9a-f]+$", "examples": ["0123456789abcdef"]},
)
AFTER = Parameter(
    "after",
    "The cursor to go on from; without it, from the beginning.",
    {"type": "string", "pattern": CURSOR, "examples": ["1.12.0123abcd"]},
)

LIMIT = Parameter("limit", "How many completions, at most.", count(MAX_COMPLETIONS, DEFAULT_COMPLETIONS))
SUGGEST = (Parameter("q", "What has been typed so far.", {"type": "string"}), LIMIT, UI)
EXPORT = (PAGE, MANY, GENERATION, UI)
CHANGES = (AFTER, MANY, UI)
SEARCH = (*parameters.SEARCH, SIZE, UI)
