"""The certificate of a point's own database server, which every PC of the point pins."""

from datetime import UTC, datetime

from msgspec import Struct

NAME = "refurbishment-station"
FROM, UNTIL = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
"""A PC whose clock battery is empty must still believe it: it is pinned, nobody else signs it."""


class Certificate(Struct, frozen=True):
    """Both halves as PEM; `private` never leaves the main PC."""

    public: bytes
    private: bytes


def new_certificate() -> Certificate:
    """A new key (P-256, which every TLS library speaks), signed by itself."""
    from cryptography import x509  # noqa: PLC0415 -- once in a store's life
    from cryptography.hazmat.primitives import hashes, serialization  # noqa: PLC0415 -- the same
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415 -- the same

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(FROM)
        .not_valid_after(UNTIL)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return Certificate(made.public_bytes(serialization.Encoding.PEM), private)
