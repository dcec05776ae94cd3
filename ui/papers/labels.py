"""What the labels on a device, an accessory, a part, a lot and a shelf say: nobody's name."""

from station.codes import CodeKind, parse
from station.labelled import ItemRole, LabelledItem
from station.people import Text
from station.ports import Store
from station.printed import Label
from station.reference import Table
from ui.papers.words import fact_words, word


def labels_of(codes: tuple[str, ...], store: Store) -> tuple[Label, ...]:
    """A label for each code, in this order."""
    return tuple(label_of(store, code) for code in codes)


def label_of(store: Store, code: str) -> Label:
    """The label of a code; of one that was only set aside, a blank one. Raises BadCode."""
    match parse(code).kind:
        case CodeKind.PART:
            return _item(store, code)
        case CodeKind.LOT:
            return _lot(store, code)
        case CodeKind.DEVICE:
            return _device(store, code)
    return _label(store, code)


def _device(store: Store, code: str) -> Label:
    device, reference = store.device(code), store.reference
    address = reference.programme.tracking_address(code)
    if device is None:
        return _label(store, code, qr=address)
    kind = word(reference, Table.KINDS, device.kind)
    return _label(store, code, kind=kind, name=device.name, qr=address)


def _item(store: Store, code: str) -> Label:
    item = store.labelled(code)
    if item is None or not item.known:
        return _label(store, code)
    content = store.content(item.name) if item.name else None
    name = content.text if isinstance(content, Text) else ""
    owner = item.device or ""
    return _label(store, code, kind=_item_word(store, item), name=name, owner=owner)


def _item_word(store: Store, item: LabelledItem) -> str:
    if item.role is ItemRole.SHELF:
        return fact_words().shelf
    table = Table.PARTS if item.role is ItemRole.PART else Table.KIT_ITEMS
    return word(store.reference, table, item.item)


def _lot(store: Store, code: str) -> Label:
    lot = store.lot(code)
    name = f"{lot.on:%d/%m/%Y}" if lot and lot.on else ""
    return _label(store, code, kind=fact_words().lot, name=name)


def _label(
    store: Store, code: str, *, kind: str = "", name: str = "", qr: str = "", owner: str = ""
) -> Label:
    programme = store.reference.programme.short()
    return Label(code, qr or code, kind, name, programme, owner)
