"""A small signed ledger, its public file and a certificate of it, as tests need them."""

from station import events as e
from station import ledger
from station.certificate import FORMAT as CERTIFICATE
from station.certificate import Certificate, certified
from station.codes import CodeKind, make
from station.ledger import ChainId, Entry
from station.publication import FORMAT, ChainLine, FileLine, HeadLine, Line, event_line, written
from station.signing import SigningKey, granted, head_statement

SERVICE, POINT = SigningKey(bytes(range(32))), SigningKey(bytes(range(1, 33)))
CHAIN = ChainId(12, 7)
DEVICE = make(CodeKind.DEVICE, 12, 1)
CASE = make(CodeKind.CASE, 12, 1)
MADE_S = 1_634_000_000
WORDS = (
    (DEVICE, e.Received(kind="laptop", maker="Dell", model="Latitude E7470", serial="5CG1234XYZ")),
    (CASE, e.CaseEntered(level="thcs")),
    (
        DEVICE,
        e.StorageErased(
            disk=e.DiskId(serial="S1AB"), method="overwrite", passed=True, verified_permille=1000
        ),
    ),
    (DEVICE, e.Reserved(case=CASE)),
)


def entries() -> list[Entry]:
    """A chain of four events."""
    found: list[Entry] = []
    for seq, (subject, said) in enumerate(WORDS, 1):
        prev = found[-1].hash if found else ledger.NO_HASH
        kind = type(said).__name__
        header = ledger.Header(1, CHAIN, seq, subject, b"", kind, 1_633_928_400_000, 420)
        salt = bytes([seq]) * ledger.SALT_LENGTH
        found.append(ledger.write(header, e.encode(said), prev, salt))
    return found


def lines() -> list[Line]:
    """What a public file says of it."""
    chain = entries()
    head = chain[-1]
    signature = POINT.sign(head_statement(CHAIN, len(chain), head.hash))
    told = [event_line(e.read(entry), entry, excerpt=False) for entry in chain]
    grant = granted(SERVICE, CHAIN, POINT.public, MADE_S)
    end = HeadLine(len(chain), head.hash, signature)
    return [FileLine(FORMAT, MADE_S), ChainLine(grant), *told, end]


def public_file() -> bytes:
    """The whole file."""
    return b"".join(written(lines(), SERVICE))


def certificate() -> Certificate:
    """A certificate of the erasure."""
    shown = [entries()[0], entries()[2]]
    grant = granted(SERVICE, CHAIN, POINT.public, MADE_S)
    return Certificate(CERTIFICATE, DEVICE, (certified(grant, POINT, shown),))
