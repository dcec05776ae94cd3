"""The key that people rows travel under: agreed on by both ends of a session, known to no one else.

Both send a fresh X25519 key inside what they sign anyway, so nobody can stand in between, and
whoever gets hold of a signing key later reads nothing of what went by.
"""

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
_PEOPLE = b"refurbishment-station people 1"


class NoExchange(Exception):
    """The other end's key leads to no secret."""


class Exchange:
    """One end of one exchange: say `public`, then take the other end's."""

    def __init__(self) -> None:
        self._private = X25519PrivateKey.generate()
        self.public: bytes = self._private.public_key().public_bytes_raw()

    def people_key(self, theirs: bytes, challenge: bytes) -> bytes:
        """The key both ends come to, bound to the challenge of this session."""
        try:
            secret = self._private.exchange(X25519PublicKey.from_public_bytes(theirs))
        except ValueError as error:  # no key, or one of those that give the same secret to all
            raise NoExchange from error
        derived = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=challenge, info=_PEOPLE)
        return derived.derive(secret)
