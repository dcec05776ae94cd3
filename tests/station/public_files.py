"""A small signed ledger, its public file and a certificate of it, as tests need them."""

from station import events as e
from station import ledger
from station.certificate import FORMAT as CERTIFICATE
from station.certificate import Certificate, certified
from station.codes import CodeKind, make
from station.ledger import ChainId, Entry
from station.public import Showing, showing
from station.publication import (
    FORMAT,
    ChainLine,
    EventLine,
    FileLine,
    HeadLine,
    Line,
    VeiledLine,
    event_line,
    in_order,
    told_line,
    written,
)
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
    grant = granted(SERVICE, CHAIN, POINT.public, MADE_S)
    end = signed_head(chain[-1])
    month = [e.read(entry) for entry in chain if _showing(entry) is Showing.MONTH]
    told = in_order(map(told_line, month))
    return [FileLine(FORMAT, MADE_S), ChainLine(grant), *map(_line, chain), end, *told]


def signed_head(entry: Entry) -> HeadLine:
    """The point's signature up to and with an event."""
    seq = entry.header.seq
    return HeadLine(seq, entry.hash, POINT.sign(head_statement(CHAIN, seq, entry.hash)))


def _showing(entry: Entry) -> Showing:
    return showing(e.read(entry))


def _line(entry: Entry) -> EventLine | VeiledLine:
    if _showing(entry) is Showing.WHOLE:
        return event_line(e.read(entry), entry, excerpt=False)
    return VeiledLine(entry.hash)


def public_file() -> bytes:
    """The whole file."""
    return b"".join(written(lines(), SERVICE))


def certificate() -> Certificate:
    """A certificate of the erasure."""
    shown = [entries()[0], entries()[2]]
    grant = granted(SERVICE, CHAIN, POINT.public, MADE_S)
    return Certificate(CERTIFICATE, DEVICE, (certified(grant, POINT, shown),))
