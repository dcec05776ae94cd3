"""Keyed hashes by which a row is found whose words lie sealed, and two rows of one person.

Without the service's own key they tell nothing: names and numbers could else be tried through.
"""

import hmac
from datetime import date
from hashlib import sha256

from station.text import fold


def number_key(key: bytes, number: str) -> bytes | None:
    """Of a personal number (12 digits); None for anything else: then name and birth date count."""
    digits = "".join(c for c in number if c.isascii() and c.isdigit())
    return _hashed(key, "number", digits) if len(digits) == 12 else None


def child_key(key: bytes, name: str, born_on: date, school: str) -> bytes:
    """Of a name, a birth date and a school, however the name was written."""
    return _hashed(key, "child", _plain(name), born_on.isoformat(), _plain(school))


def name_key(key: bytes, name: str) -> bytes | None:
    """Of a name, with or without its marks."""
    return _hashed(key, "name", _plain(name)) if _plain(name) else None


def phone_key(key: bytes, phone: str) -> bytes | None:
    """Of a telephone number, however it was spaced."""
    digits = "".join(c for c in phone if c.isascii() and c.isdigit())
    return _hashed(key, "phone", digits) if digits else None


def _plain(words: str) -> str:
    """Folded; ð is what converters of old documents make of đ."""
    return " ".join(fold(words).replace("ð", "d").split())


def _hashed(key: bytes, *said: str) -> bytes:
    return hmac.new(key, "\x00".join(said).encode(), sha256).digest()
