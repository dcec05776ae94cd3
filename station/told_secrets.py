"""Passwords that a donor told: read where the work needs them, and by nobody else."""

from station import refusals
from station.device import Device
from station.operators import Operator, Role
from station.people import Secret
from station.ports import Store, Work


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


def forget_told(work: Work, device: Device) -> None:
    """Empty them for good once no disk of the device holds the donor's data any more.

    They never leave the point, so no other copy has to be told.
    """
    if device.disks and all(disk.clean for disk in device.disks):
        forget_all_told(work, device)


def forget_all_told(work: Work, device: Device) -> None:
    """Empty them for good: what they open is not here any more."""
    for _of, row in device.secrets:
        work.purge(row)
