"""A charger's own label: it looks like the next one, and the wrong voltage ruins a laptop."""

from collections.abc import Iterable

from station.device import Device
from station.labelled import ItemRole, LabelledItem
from station.labelling import LabelItem, label_item
from station.ledger import Moment
from station.operators import Operator
from station.ports import PointStore, Store

CHARGER = "charger"


def has_charger(device: Device) -> bool:
    """Whether one lies beside it."""
    return CHARGER in device.kit


def charger_of(device: str, store: Store) -> LabelledItem | None:
    """The labelled charger of a device, if it has one."""
    items = store.items_of(device)
    return next((item for item in items if item.item == CHARGER), None)


def label_charger(device: str, store: PointStore, by: Operator, when: Moment) -> str:
    """The code of a device's charger, which has one from now on."""
    known = charger_of(device, store)
    if known is not None:
        return known.code
    command = LabelItem(role=ItemRole.ACCESSORY, item=CHARGER, device=device)
    return label_item(command, store, by, when).header.subject


def label_chargers(
    devices: Iterable[str], store: PointStore, by: Operator, when: Moment
) -> tuple[str, ...]:
    """Each device's code, and behind it that of the charger beside it: as they are stuck on."""
    codes: list[str] = []
    for code in devices:
        codes.append(code)
        device = store.device(code)
        if device is not None and has_charger(device):
            codes.append(label_charger(code, store, by, when))
    return tuple(codes)
