"""Everything the sync page shows, asked for in one question."""

from datetime import UTC, datetime

from msgspec import Struct

from station import documents
from station.documents import CASE, ORGANISATIONS, POLICY, REVOCATION, TEMPLATE, UNITS, Revocation
from station.ledger import ChainId
from station.ports import PointStore, SyncState

COUNTED = 1_000  # rows of people and files that wait are counted up to here
WORDS = (ORGANISATIONS, UNITS, POLICY, TEMPLATE)


class SyncRead(Struct, frozen=True):
    """How sync stands by what the store knows."""

    state: SyncState
    to_settle: int
    people_waiting: int
    files_waiting: int
    offers: int
    cases: int
    words: int
    granted: datetime | None  # since when the chain written now is believed; None: not enrolled
    revoked: bool


def read_sync(store: PointStore) -> SyncRead:
    """Ask the store everything at once."""
    state = store.sync_state()
    return SyncRead(
        state=state,
        to_settle=len(store.tasks()),
        people_waiting=len(store.people_to_send(COUNTED)),
        files_waiting=len(store.files_to_send(COUNTED)),
        offers=len(store.expected_offers()),
        cases=len(store.documents(CASE)),
        words=sum(len(store.documents(kind)) for kind in WORDS),
        granted=_granted(store, state.chain),
        revoked=_revoked(store, state.chain),
    )


def _granted(store: PointStore, chain: ChainId) -> datetime | None:
    grant = store.enrolment().grant
    if grant is None or grant.chain != chain:
        return None
    return datetime.fromtimestamp(grant.granted_s, UTC).astimezone()


def _revoked(store: PointStore, chain: ChainId) -> bool:
    said = map(documents.read, store.documents(REVOCATION))
    return any(isinstance(one, Revocation) and one.chain == chain for one in said)
