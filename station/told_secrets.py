"""Passwords that a donor told: read where the work needs them, and by nobody else."""

from station import refusals
from station.operators import Operator, Role
from station.people import Secret
from station.ports import Store


def told_word(device: str, of: str, store: Store, by: Operator) -> str:
    """The word that opens this; raises NotYourRole, UnknownDevice or NothingTold."""
    by.require(Role.BENCH)
    known = store.device(device)
    if known is None:
        raise refusals.UnknownDevice(device)
    row = dict(known.secrets).get(of)
    content = store.content(row) if row is not None else None
    if not isinstance(content, Secret):
        raise refusals.NothingTold(device)
    return content.word
