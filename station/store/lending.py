"""A laptop's chain: what goes along, the store that writes it, and how what it wrote comes home."""

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import structs
from sqlalchemy import Connection, func, insert, select

from station import documents, events, ledger, refusals
from station.documents import Document
from station.ledger import ChainId, Entry
from station.operators import Operator
from station.ports import BroughtHome, Delegation, PersonSent, TakenAlong
from station.signing import SigningKey, head_statement, is_signed
from station.store import chain_keys, queries, schema
from station.store import tables as t
from station.store.appender import Appender, lock_head
from station.store.entries import EVENTS, Origin, append_document, append_entry, entry_of
from station.store.projector import Projector
from station.store.sealed import Sealed
from station.store.sealing import SALT_BYTES

FIRST_REASON = "delegated"
WORDS = (documents.ORGANISATIONS, documents.UNITS, documents.POLICY, documents.TEMPLATE)


# ---- at the point: what goes along ----


def taken_along(connection: Connection, sealed: Sealed, chain: ChainId) -> TakenAlong:
    """Everything a laptop needs to work with what was lent to it.

    Raises UnknownDelegation, or DelegationOver: one laptop writes a chain, once.
    """
    delegation, key = _delegation(connection, chain), sealed.keys.find(connection, chain)
    if delegation.ended is not None or queries.is_own_chain(connection, chain):
        raise refusals.DelegationOver(chain, delegation.ended or "returned")
    if key is None:
        raise refusals.UnknownDelegation(chain)
    given = _delegating_entry(connection, chain)
    entries = _entries_about(connection, delegation.about, but=given.hash)
    along = tuple(_documents(connection, delegation.about))
    return TakenAlong(
        key=key.private,
        delegation=given,
        entries=entries,
        people=tuple(_people(connection, sealed, (*entries, given), along)),
        documents=along,
        anchors=chain_keys.anchors_of(connection),
    )


def _delegation(connection: Connection, chain: ChainId) -> Delegation:
    found = queries.delegation_of(connection, chain)
    if found is None:
        raise refusals.UnknownDelegation(chain)
    return found


def _delegating_entry(connection: Connection, chain: ChainId) -> Entry:
    table = t.delegation.c
    said = (table.station == chain.station, table.chain == chain.number)
    wanted = select(t.log).join(t.delegation, table.position == t.log.c.position).where(*said)
    return entry_of(connection.execute(wanted).one())


def _entries_about(connection: Connection, about: Sequence[str], but: bytes) -> tuple[Entry, ...]:
    """Every event about these codes or naming them, in the order they came here."""
    mentioned = select(t.mention.c.position).where(t.mention.c.code.in_(about))
    concerned = t.log.c.subject.in_(about) | t.log.c.position.in_(mentioned)
    wanted = select(t.log).where(concerned, t.log.c.source.in_(EVENTS), t.log.c.hash != but)
    rows = connection.execute(wanted.order_by(t.log.c.position))
    return tuple(entry_of(row) for row in rows)


def _documents(connection: Connection, codes: Sequence[str]) -> Iterator[Document]:
    """What the programme says of these cases, and its words that every store goes by."""
    for code in codes:
        if (case := queries.document(connection, documents.CASE, code)) is not None:
            yield case
    for kind in WORDS:
        yield from reversed(queries.documents_of(connection, kind))


def _people(
    connection: Connection,
    sealed: Sealed,
    entries: Sequence[Entry],
    along: Sequence[Document] = (),
) -> Iterator[PersonSent]:
    """The rows that these name, emptied ones too, and the operators: they sign in on the laptop."""
    said = [*(events.read(entry).said for entry in entries), *map(documents.read, along)]
    named = {ref.id for one in said if one is not None for ref in events.refs(one)}
    table = t.people.c
    station = queries.current_chain(connection).station
    for row in connection.execute(select(t.people).order_by(table.number)):
        if row.id in named or row.kind == "operator":
            salted = None if row.sealed is None else sealed.people.salted(row.id, row.sealed)
            owner = station if row.station is None else row.station
            yield PersonSent(row.id, owner, row.version, row.kind, salted)


# ---- on the laptop ----


def begin_laptop(
    connection: Connection, sealed: Sealed, along: TakenAlong, by: Operator, when: ledger.Moment
) -> None:
    """Fill an empty store: the laptop's chain is the one that is written from now on."""
    given = events.read(along.delegation)
    if not isinstance(given.said, events.LaptopDelegated):
        raise refusals.UnknownDelegation(given.header.chain)
    chain, key = given.said.chain, SigningKey(along.key)
    if key.public != given.said.key:
        raise refusals.UnknownDelegation(chain)
    row = {"id": t.CURRENT, "station": chain.station, "chain": chain.number, "seq": 0}
    connection.execute(insert(t.head), row | {"hash": ledger.NO_HASH, "delegated": True})
    sealed.keys.keep(connection, chain, key)
    chain_keys.note_anchors(connection, along.anchors)
    _keep_people(connection, sealed, along.people, sent=True)
    projector = Projector(connection, chain)
    for entry in (*along.entries, along.delegation):
        position = append_entry(connection, Origin.FOREIGN, entry)
        projector.apply_event(position, events.read(entry), late=True)
    for document in along.documents:
        projector.apply_document(append_document(connection, document), document)
    projector.flush()
    appender = Appender(connection, by, when)
    header = given.header
    said = events.ChainStarted(
        known_chain=header.chain,
        known_seq=header.seq,
        known_hash=given.hash,
        reason=FIRST_REASON,
    )
    appender.record(schema.point_subject(chain.station), said)
    appender.finish()


def brought_home(connection: Connection, sealed: Sealed) -> BroughtHome:
    """Everything this laptop wrote, signed; raises UnknownDelegation where this is no laptop."""
    head = connection.execute(select(t.head).where(t.head.c.id == t.CURRENT)).one()
    chain = ChainId(head.station, head.chain)
    key = sealed.keys.find(connection, chain)
    if not head.delegated or key is None:
        raise refusals.UnknownDelegation(chain)
    wanted = select(t.log).where(t.log.c.source == Origin.OWN).order_by(t.log.c.seq)
    entries = tuple(entry_of(row) for row in connection.execute(wanted))
    files = (sealed.attachments.get(connection, hash_) for hash_ in _files_named(entries))
    return BroughtHome(
        entries=entries,
        signature=key.sign(head_statement(chain, head.seq, head.hash)),
        people=tuple(row for row in _people(connection, sealed, entries) if row.kind != "operator"),
        scans=tuple(file for file in files if file is not None),
    )


def _files_named(entries: Sequence[Entry]) -> tuple[bytes, ...]:
    named: dict[bytes, None] = {}
    for entry in entries:
        match events.read(entry).said:
            case events.SignedCopyAttached() as said:
                named[said.scan] = None
            case events.PhotoTaken() as said:
                named[said.photo] = None
            case events.AttachmentReleased() as said:
                named[said.attachment] = None
    return tuple(named)


# ---- at the point: what comes home ----


def adopt(connection: Connection, sealed: Sealed, home: BroughtHome) -> int:
    """Make what a laptop wrote this point's own; how many events were new.

    The chain must be whole from its first event and signed with the key it was lent; what was
    adopted before is compared. Raises NotTheLaptops, DelegationOver, UnknownDelegation or Fork.
    """
    head = lock_head(connection)
    chain = _proven_chain(connection, home)
    known = _adopted(connection, chain)
    for entry in home.entries[: known[1]]:
        queries.has_event(connection, entry)  # raises Fork
    fresh = home.entries[known[1] :]
    if not fresh:
        return 0
    _keep_people(connection, sealed, home.people, sent=False)
    for file in home.scans:
        sealed.attachments.put(connection, file)
    projector = Projector(connection, head.chain)
    for entry in fresh:
        position = append_entry(connection, Origin.OWN, entry)
        projector.apply_event(position, events.read(entry), late=True)
    projector.flush()
    _move_head(connection, chain, fresh[-1], known[0])
    return len(fresh)


def _proven_chain(connection: Connection, home: BroughtHome) -> ChainId:
    """Whose chain it is; nothing of it is believed before its signature is."""
    try:
        entries = tuple(ledger.verified(home.entries))
        chains = {entry.header.chain for entry in entries}
    except (ledger.BrokenLedger, ledger.UnreadableEntry) as error:
        raise refusals.NotTheLaptops from error
    if len(chains) != 1:
        raise refusals.NotTheLaptops
    (chain,) = chains
    delegation = _delegation(connection, chain)
    if delegation.ended == "revoked":
        raise refusals.DelegationOver(chain, delegation.ended)
    last = entries[-1]
    statement = head_statement(chain, last.header.seq, last.hash)
    if not is_signed(statement, home.signature, delegation.key):
        raise refusals.NotTheLaptops
    return chain


def _adopted(connection: Connection, chain: ChainId) -> tuple[int | None, int]:
    """The row of an adopted chain's head, and its last seq."""
    table = t.head.c
    wanted = select(table.id, table.seq).where(
        table.station == chain.station, table.chain == chain.number
    )
    row = connection.execute(wanted).one_or_none()
    return (row.id, row.seq) if row else (None, 0)


def _move_head(connection: Connection, chain: ChainId, last: Entry, known: int | None) -> None:
    row: dict[str, Any] = {"seq": last.header.seq, "hash": last.hash}
    if known is not None:
        connection.execute(t.head.update().where(t.head.c.id == known), row)
        return
    id_ = connection.execute(select(func.max(t.head.c.id))).scalar_one() + 1
    row |= {"id": id_, "station": chain.station, "chain": chain.number, "delegated": True}
    connection.execute(insert(t.head), row)


def _keep_people(
    connection: Connection, sealed: Sealed, rows: Sequence[PersonSent], *, sent: bool
) -> None:
    """Keep the rows that are not here. What is here may be newer; a row emptied there ends here."""
    station = queries.current_chain(connection).station
    known = set(connection.execute(select(t.people.c.id)).scalars())
    for row in rows:
        if row.salted is not None and len(row.salted) <= SALT_BYTES:
            continue
        if row.id not in known:
            connection.execute(insert(t.people), _person_columns(sealed, row, station, sent=sent))
        elif row.salted is None:
            sealed.people.purge(connection, row.id)


def _person_columns(sealed: Sealed, row: PersonSent, station: int, *, sent: bool) -> dict[str, Any]:
    own = structs.asdict(row)
    columns = {name: own[name] for name in ("id", "kind", "version")}
    columns |= {"station": None if row.station == station else row.station}
    columns |= {"sent": row.version if sent else 0}
    filled = None if row.salted is None else sealed.people.sealed(row.id, row.salted)
    return columns | {"sealed": filled}
