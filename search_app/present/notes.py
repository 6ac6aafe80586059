"""Messages for programs: code, words and parts."""

from indexer.model import Message, json
from search_app.request.locale import message_parts, message_remedy, message_sentence


# The OpenAPI document publishes this docstring: its words are part of the interface for programs.
class Note(json.Record, frozen=True):
    """A note for people. ``code`` is stable; ``message`` is in the language asked for; ``parts`` are what it is about,
    as they stand in it. ``remedy`` says what to do.
    """

    code: str
    message: str
    parts: tuple[str, ...]
    remedy: str


def note_of(message: Message) -> Note:
    """The note that says a message in the language of the present request."""
    return Note(
        code=message.code,
        message=message_sentence(message),
        parts=message_parts(message),
        remedy=message_remedy(message),
    )
