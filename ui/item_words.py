"""What a labelled thing is called: a charger, a part, a shelf by its name."""

from station.labelled import SHELF, ItemRole, LabelledItem
from station.people import Text
from station.ports import Store
from station.reference import Reference, Table
from station.words import _
from ui.coded_words import coded


def item_words(item: LabelledItem, reference: Reference) -> str:
    """Its kind, in a word or two."""
    if item.role is ItemRole.SHELF or item.item == SHELF:
        return _("Shelf")
    table = Table.PARTS if item.role is ItemRole.PART else Table.KIT_ITEMS
    return coded(table, item.item, reference)


def item_name(item: LabelledItem, store: Store) -> str:
    """What somebody wrote on it; "" without a name, or when it was purged."""
    content = store.content(item.name) if item.name else None
    return content.text if isinstance(content, Text) else ""
