"""Character offsets of the tokens of a text: from positions of matches to marks."""

# ARCHITECTURE.md: Offsets of words are kept with each row.

from collections.abc import Sequence
from dataclasses import dataclass
from struct import Struct, pack
from zlib import crc32

from indexer.analysis.schema import Term, terms_of_word
from indexer.analysis.stemming import terms_in
from indexer.analysis.tokenizer import ParsedText, parse
from indexer.model import Span, json
from indexer.query.plan import Pattern

# The least significant byte first, whatever the machine: an index may be copied to another one.
_PLACE = Struct("<II")
_NUMBER = Struct("<I")

# Bytes that the object and each joined form are taken to need, beside the offsets: rather too many than too few.
_BYTES_OF_OBJECT, _BYTES_OF_JOINED = 300, 400

_Joined = dict[int, tuple[int, tuple[Term, ...]]]
_Written = tuple[tuple[int, int, tuple[Term, ...]], ...]
"""Joined forms as they are packed: JSON has no objects by number."""


@dataclass(frozen=True, slots=True)
class TokenOffsets:
    """Character offsets of the words of one text.

    Attributes:
        words: by position, the start and the end of each word in characters, four bytes each, the least significant
            first. One object of bytes takes a fraction of what as many numbers would.
        joined: joined forms, by the position of their first part: where each ends, and its terms.
    """

    words: bytes
    joined: _Joined

    @classmethod
    def of(cls, parsed: ParsedText, language: str) -> "TokenOffsets":
        """Make the offsets of the words of a parsed text in a language."""
        joined = {
            position: (end, tuple(terms_of_word(*terms_in(language)[word], language)))
            for position, end, word in parsed.joined
        }
        return cls(pack(f"<{len(parsed.bounds)}I", *parsed.bounds), joined)

    @classmethod
    def of_text(cls, text: str, language: str) -> "TokenOffsets":
        """Make the same, given the text."""
        return cls.of(parse(text), language)

    @classmethod
    def unpack(cls, data: bytes) -> "TokenOffsets":
        """Unpack the offsets that ``pack`` gave these bytes for.

        Raises:
            CodecError: it never gave these.
        """
        # Marks out of damaged offsets would stand on words that do not match: the check sum is looked at first.
        check, content = data[: _NUMBER.size], data[_NUMBER.size :]
        if len(content) < _NUMBER.size or check != _NUMBER.pack(crc32(content)):
            raise json.CodecError("the check sum of the places of a text's words is wrong")
        words = content[_NUMBER.size :][: _PLACE.size * _NUMBER.unpack_from(content)[0]]
        rest = content[_NUMBER.size + len(words) :]
        joined = json.decode(rest, _Written) if rest else ()
        return cls(words, {position: (end, terms) for position, end, terms in joined})

    def pack(self) -> bytes:
        """Pack as bytes: check sum, number of words, their offsets, joined forms as JSON if there are any."""
        joined = [(position, end, terms) for position, (end, terms) in self.joined.items()]
        count = _NUMBER.pack(len(self.words) // _PLACE.size)
        content = b"".join((count, self.words, json.encode(joined) if joined else b""))
        return _NUMBER.pack(crc32(content)) + content

    @property
    def nbytes(self) -> int:
        """Estimate of the bytes that this takes in memory."""
        return _BYTES_OF_OBJECT + len(self.words) + _BYTES_OF_JOINED * len(self.joined)

    def span(self, pattern: Pattern, position: int) -> Span:
        """Span of a pattern whose first word stands at this position of the text.

        A joined form (``cyber-crime`` for ``cybercrime``) covers all its parts where it is what matched.

        Raises:
            struct.error: the text has no such word.
        """
        last = position + len(pattern.slots) - 1
        start, end = _PLACE.unpack_from(self.words, position * _PLACE.size)
        if last != position:
            _, end = _PLACE.unpack_from(self.words, last * _PLACE.size)
        if self.joined and last in self.joined:
            joined_end, terms = self.joined[last]
            if not set(terms).isdisjoint(pattern.slots[-1]):
                end = max(end, joined_end)
        return Span(start, end, pattern.matched)


def merge_spans(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Merge spans that overlap; ``spans`` are sorted by start.

    A merged span is of the kind of match of the first of them.
    """
    if len(spans) < 2:
        return tuple(spans)
    result: list[Span] = []
    for span in spans:
        if result and span.start < result[-1].end:
            if span.end > result[-1].end:
                result[-1] = Span(result[-1].start, span.end, result[-1].matched)
        else:
            result.append(span)
    return tuple(result)
