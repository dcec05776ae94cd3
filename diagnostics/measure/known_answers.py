"""Calculations whose answers are known: a processor that gets one wrong cannot be trusted.

Each takes some tens of milliseconds and works another part: hashing (integer and vector units,
through OpenSSL), multiplying and dividing long numbers, floating point as IEEE 754 fixes it to the
last bit, and copying with checksums. The tests compare with other implementations of the same.
"""

import hashlib
import zlib
from collections.abc import Callable
from dataclasses import dataclass

_BLOCK = bytes(range(256)) * 4096  # 1 MiB


@dataclass(frozen=True)
class KnownAnswer:
    """One calculation and what comes out of it."""

    name: str
    calculate: Callable[[], str]
    answer: str

    @property
    def is_right(self) -> bool:
        """Calculate it now."""
        return self.calculate() == self.answer


def hash_chain() -> str:
    """Each hash is over the last one and 1 MiB: one wrong bit changes all that follow."""
    last = b""
    for _ in range(8):
        last = hashlib.sha512(last + _BLOCK).digest()
    return last.hex()[:32]


def long_numbers() -> str:
    """Powers modulo a prime of 1279 bits."""
    prime, value = (1 << 1279) - 1, 3
    for exponent in range(10**40, 10**40 + 24):
        value = pow(value, exponent, prime) + (value >> 7)
    return f"{value:x}"[:32]


def floating_point() -> str:
    """A chaotic map: the smallest wrong rounding is soon the whole number."""
    value = 0.618
    for _ in range(150_000):
        value = 3.9999 * value * (1.0 - value)
    return value.hex()


def checksums() -> str:
    """Compress, decompress and sum up."""
    packed = zlib.compress(_BLOCK, 1)
    block = zlib.decompress(packed)
    return f"{zlib.crc32(block):08x}{zlib.adler32(block[::-1]):08x}"


KNOWN = (
    KnownAnswer("hash_chain", hash_chain, "78b044e5cd7fbef946ddf1656b380841"),
    KnownAnswer("long_numbers", long_numbers, "37b9b524e63e498ffb6391f84ffd0eba"),
    KnownAnswer("floating_point", floating_point, "0x1.245d7c9ca6950p-5"),
    KnownAnswer("checksums", checksums, "04d0e43548d47789"),
)
