"""Patterns that memory must give back as they were written, at the speed of memcpy and memcmp.

A pattern makes each chunk of a region anew, so nothing but the region itself remembers it. Chunks
are compared whole, and only one that differs is looked into word by word.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random

CHUNK = 1024 * 1024
WORD = 8
MOST_LISTED = 1000  # differing words that are looked at; all of a broken chunk may differ
_WORDS = CHUNK // WORD

Make = Callable[[int], bytearray]
"""The chunk of this number, CHUNK bytes. It may be the same object each time."""


@dataclass(frozen=True)
class Pattern:
    """One way to fill memory."""

    name: str
    make: Make


@dataclass
class Errors:
    """Words that came back otherwise than they were written."""

    words: int = 0
    by_pattern: dict[str, int] = field(default_factory=dict)
    first_offset: int | None = None  # bytes from the beginning of what is tested
    flipped_bits: int = 0  # of a word, all that were ever wrong

    def add(self, pattern: str, offset: int, wrong: int) -> None:
        """One more word, with its wrong bits."""
        self.words += 1
        self.by_pattern[pattern] = self.by_pattern.get(pattern, 0) + 1
        self.first_offset = offset if self.first_offset is None else self.first_offset
        self.flipped_bits |= wrong


def patterns(seed: int) -> Iterator[Pattern]:
    """One round of all patterns, those that find most first; noise differs with the seed."""
    yield Pattern("address", _addresses())
    yield Pattern("random", _noise(seed))
    yield Pattern("checker", _constant(0x55))
    yield Pattern("checker_inverse", _constant(0xAA))
    yield Pattern("zeros", _constant(0x00))
    yield Pattern("ones", _constant(0xFF))
    for bit in range(8):
        yield Pattern(f"walking_{bit}", _constant(1 << bit))
    for bit in range(8):
        yield Pattern(f"walking_inverse_{bit}", _constant(0xFF ^ (1 << bit)))


def fill(region: memoryview, first_chunk: int, pattern: Pattern) -> None:
    """Write the pattern over a region of whole chunks, the first of which has this number."""
    for place in range(len(region) // CHUNK):
        begin = place * CHUNK
        region[begin : begin + CHUNK] = pattern.make(first_chunk + place)


def verify(region: memoryview, first_chunk: int, pattern: Pattern, errors: Errors) -> None:
    """Read the region back and count the words that differ."""
    for place in range(len(region) // CHUNK):
        begin = place * CHUNK
        written = pattern.make(first_chunk + place)
        read = region[begin : begin + CHUNK]
        if written != read:  # a bytearray on the left compares by memcmp
            _look_into(written, read, (first_chunk + place) * CHUNK, pattern.name, errors)


def _look_into(
    written: bytearray, read: memoryview, offset: int, pattern: str, errors: Errors
) -> None:
    """The words of one chunk; each counts once, a word that read right meanwhile as one too."""
    seen, listed = bytes(read), 0
    for at in range(0, CHUNK, WORD):
        if written[at : at + WORD] != seen[at : at + WORD]:
            wrong = _number(written[at : at + WORD]) ^ _number(seen[at : at + WORD])
            errors.add(pattern, offset + at, wrong)
            listed += 1
            if listed == MOST_LISTED:
                return
    if not listed:  # right again at the second look: still it was wrong once
        errors.add(pattern, offset, 0)


def _number(word: bytes | bytearray) -> int:
    return int.from_bytes(word, "little")


def _constant(byte: int) -> Make:
    chunk = bytearray([byte]) * CHUNK
    return lambda _number: chunk


def _addresses() -> Make:
    """Every word holds its own number: two addresses that are one cell cannot both be right."""
    chunk = bytearray(b"".join(at.to_bytes(WORD, "little") for at in range(_WORDS)))

    def make(number: int) -> bytearray:
        for byte in range(4):  # the upper half of each word is the chunk's number
            chunk[4 + byte :: WORD] = bytes([(number >> 8 * byte) & 0xFF]) * _WORDS
        return chunk

    return make


def _noise(seed: int) -> Make:
    """Random bytes, shifted from chunk to chunk by a step that does not come round soon."""
    spare = 64 * 1024
    noise = memoryview(Random(seed).randbytes(CHUNK + spare))  # noqa: S311 -- no secret
    step = 4099

    def make(number: int) -> bytearray:
        begin = number * step % spare
        return bytearray(noise[begin : begin + CHUNK])

    return make
