"""What left the point together: a batch under its code, or a device with its set."""

from station import events as e
from station.codes import CodeKind, parse
from station.ports import Store
from ui.papers.history import NothingToSay, history

Left = type[e.SentTo] | type[e.WasteGiven]


def left_together(store: Store, code: str, kind: Left) -> tuple[tuple[str, ...], str]:
    """Every device that went, and the code it is known by; raises NothingToSay."""
    if parse(code).kind is CodeKind.LOT:
        lot = store.lot(code)
        if lot is None or not lot.devices:
            raise NothingToSay(code)
        return lot.devices, code
    told = history(store, code)
    batch = told.need(kind).said.batch
    if batch is not None:
        return left_together(store, batch, kind)
    device = told.device()
    if device.head is not None:
        device = history(store, device.head).device()
    return (device.code, *device.members), device.code
