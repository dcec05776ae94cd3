"""Chứng nhận ký số: the signed certificate of what became of the data on one device."""

from itertools import groupby

from station import events as e
from station.certificate import FORMAT, SHOWN, Certificate, certified, proves_something
from station.ledger import Entry
from station.ports import PointStore
from station.refusals import NotBelievedYet, NothingToCertify


def certificate_of(device: str, store: PointStore) -> Certificate:
    """Everything this point says of a device's disks and system, signed by the chains it stands in.

    Raises NothingToCertify where no disk was erased or taken out here, and NotBelievedYet where the
    service gave no word for a chain's key: then nobody could check it.
    """
    shown = [entry for entry in store.entries_about(device) if _is_shown(entry)]
    if not proves_something(shown):
        raise NothingToCertify(device)
    parts = []
    for chain, entries in groupby(shown, key=lambda entry: entry.header.chain):
        grant = store.grant(chain)
        if grant is None:
            raise NotBelievedYet(chain.station)
        parts.append(certified(grant, store.signing_key(chain), entries))
    return Certificate(FORMAT, device, tuple(parts))


def _is_shown(entry: Entry) -> bool:
    """Only corrections of what is shown are shown; what a newer version wrote is not."""
    said = e.read(entry).said
    kinds = {kind.__name__ for kind in SHOWN}
    if isinstance(said, e.Corrected):
        return said.target_kind in kinds
    return isinstance(said, SHOWN) and entry.salt is not None
