"""Who wrote a chain: Ed25519 keys, what is signed, and the service's word for a key.

Every signed statement begins with words of its own, so that no signature serves for another one.
"""

from typing import Annotated

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from msgspec import Meta, Struct

from station.ledger import ChainId

KEY_BYTES = 32
SIGNATURE_BYTES = 64

PublicKey = Annotated[bytes, Meta(min_length=KEY_BYTES, max_length=KEY_BYTES)]
Signature = Annotated[bytes, Meta(min_length=SIGNATURE_BYTES, max_length=SIGNATURE_BYTES)]


class SigningKey:
    """The private key of one chain, or of the service."""

    def __init__(self, private: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(private)
        self.public: bytes = self._key.public_key().public_bytes_raw()

    @classmethod
    def new(cls) -> "SigningKey":
        """A key that nobody had before."""
        return cls(Ed25519PrivateKey.generate().private_bytes_raw())

    @property
    def private(self) -> bytes:
        """The 32 bytes to be sealed and kept."""
        return self._key.private_bytes_raw()

    def sign(self, statement: bytes) -> bytes:
        """The signature, 64 bytes."""
        return self._key.sign(statement)


def is_signed(statement: bytes, signature: bytes, public: bytes) -> bool:
    """Whether the holder of the key signed exactly this."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, statement)
    except (InvalidSignature, ValueError):  # ValueError: no key at all
        return False
    return True


def head_statement(chain: ChainId, seq: int, hash_: bytes) -> bytes:
    """What a writer signs: my chain says exactly this, up to and with this event."""
    return b"refurbishment-station head 1\0" + _chain_bytes(chain) + seq.to_bytes(8) + hash_


def vouching_statement(old: ChainId, new: ChainId, key: bytes) -> bytes:
    """What the key of a chain that is left signs for the one that goes on."""
    return b"refurbishment-station vouching 1\0" + _chain_bytes(old) + _chain_bytes(new) + key


class ChainGrant(Struct, frozen=True):
    """The service's signed word that this key may write this chain."""

    chain: ChainId
    key: PublicKey
    granted_s: int  # by the service's clock, in seconds since 1970
    signature: Signature  # of the service


def grant_statement(chain: ChainId, key: bytes, granted_s: int) -> bytes:
    """What the service signs in a grant."""
    head = b"refurbishment-station grant 1\0" + _chain_bytes(chain)
    return head + key + granted_s.to_bytes(8)


def granted(key: SigningKey, chain: ChainId, public: bytes, granted_s: int) -> ChainGrant:
    """The service gives its word."""
    statement = grant_statement(chain, public, granted_s)
    return ChainGrant(chain, public, granted_s, key.sign(statement))


def is_granted(grant: ChainGrant, anchors: tuple[bytes, ...]) -> bool:
    """Whether one of these keys of the service gave this word."""
    statement = grant_statement(grant.chain, grant.key, grant.granted_s)
    return any(is_signed(statement, grant.signature, anchor) for anchor in anchors)


def _chain_bytes(chain: ChainId) -> bytes:
    return chain.station.to_bytes(2) + chain.number.to_bytes(8)
