"""A word that is told once to whoever registered something: with it they ask how it stands."""

import hmac
import secrets
from hashlib import sha256

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # nothing that is mistaken for something else
LENGTH = 12


def made() -> str:
    """A new one: 59 bits, told as three groups of four."""
    word = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(word[place : place + 4] for place in range(0, LENGTH, 4))


def hashed(word: str) -> bytes:
    """What is kept of it; spaces, dashes and capitals do not matter."""
    return sha256("".join(c for c in word.casefold() if c in ALPHABET).encode()).digest()


def is_word(word: str, kept: bytes) -> bool:
    """Whether this is the word."""
    return hmac.compare_digest(hashed(word), kept)
