"""The words somebody typed beside an act."""

from station import events as e
from station.people import Text
from station.ports import Store


def note(store: Store, said: e.Said) -> str:
    """What they are, on one line; empty where there are none or they were purged."""
    content = store.content(said.note.id) if said.note else None
    return " ".join(content.text.split()) if isinstance(content, Text) else ""
