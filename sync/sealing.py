"""What is sealed between point and service, and by the service for itself: AES-256-GCM.

Each piece is bound to what it is, so that none opens in another one's place.
"""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12
OVERHEAD = NONCE_BYTES + 16  # what sealing adds


class WrongSeal(Exception):
    """These bytes were sealed with another key, as something else, or changed since."""

    code = "wrong_seal"


class Cipher:
    """Seals and opens under one key; nonces are drawn, never counted."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def seal(self, label: bytes, content: bytes) -> bytes:
        """Nonce and ciphertext; it opens under the same label alone."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, content, label)

    def open(self, label: bytes, sealed: bytes) -> bytes:
        """The content; raises WrongSeal."""
        try:
            return self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], label)
        except (InvalidTag, ValueError) as error:  # ValueError: shorter than a nonce
            raise WrongSeal from error


def row_label(id_: bytes, version: int) -> bytes:
    """What a people row on the line is bound to."""
    return id_ + version.to_bytes(8)


def chunk_label(hash_: bytes, offset: int) -> bytes:
    """What a piece of a file is bound to: the file, and its place in it."""
    return hash_ + offset.to_bytes(8)
