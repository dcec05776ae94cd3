"""A laptop's school day in files: what is lent goes out, what it wrote comes home."""

from pathlib import Path

from msgspec import Struct

from station.files import put_file
from station.ledger import ChainId
from station.ports import BroughtHome, Delegation, PointStore, TakenAlong
from station.refusals import UnknownDelegation
from sync.parcels import (
    HOMEWARD,
    LARGEST,
    OUTWARD,
    NotAParcel,
    ParcelHead,
    ParcelOver,
    head_of,
    opened,
    sealed,
)

ENDING = ".chuyen"  # of both files


class CameHome(Struct, frozen=True):
    """What a laptop's file came to."""

    chain: ChainId
    fresh: int  # events that were not here before


def lend(store: PointStore, chain: ChainId, passcode: str, file: Path) -> Path:
    """Write what a laptop takes along; may be written again until the laptop is home."""
    delegation = _delegation(store, chain)
    along = store.taken_along(chain)
    put_file(file, sealed(OUTWARD, chain, delegation.expires_s, along, passcode))
    return file


def read_parcel(file: Path) -> bytes:
    """The bytes of a parcel; raises NotAParcel before it reads what no parcel can be."""
    if file.stat().st_size > LARGEST:
        raise NotAParcel
    return file.read_bytes()


def taken_out(raw: bytes, passcode: str) -> TakenAlong:
    """What a laptop takes along; raises ParcelProblem."""
    return opened(raw, TakenAlong, passcode)


def go_home(laptop: PointStore, file: Path) -> Path:
    """Write what this laptop recorded, for its point; may be done again at any time."""
    chain = laptop.standing().chain
    delegation = _delegation(laptop, chain)
    key = laptop.signing_key(chain).private.hex()
    put_file(file, sealed(HOMEWARD, chain, delegation.expires_s, laptop.brought_home(), key))
    return file


def come_home(store: PointStore, raw: bytes) -> CameHome:
    """Take in what a laptop wrote; raises ParcelProblem or a Refusal, and then nothing changed.

    The same file again, or a longer one of the same laptop, adds what is new.
    """
    head = head_of(raw)
    _delegation(store, head.chain)  # a key is made where none is asked for: not for a stranger
    key = store.signing_key(head.chain).private.hex()
    return CameHome(head.chain, store.adopt_chain(opened(raw, BroughtHome, key)))


def require_time(head: ParcelHead, now_s: float) -> None:
    """A laptop begins while its time lasts; raises ParcelOver."""
    if now_s > head.expires_s:
        raise ParcelOver(head.expires_s)


def _delegation(store: PointStore, chain: ChainId) -> Delegation:
    for delegation in store.delegations():
        if delegation.chain == chain:
            return delegation
    raise UnknownDelegation(chain)
