"""Counted parts (RAM DDR3 4 GB ×7), as the fold over what came in and went out."""

from msgspec import Struct, structs

from station import events as e


class Parts(Struct, frozen=True, omit_defaults=True):
    """How many of one item the books show. Negative is possible, and asks for a count."""

    item: str
    quantity: int = 0
    count: int = 0
    last: bytes = b""

    @property
    def code(self) -> str:
        """The subject its own events carry."""
        return self.item


def fold(parts: Parts, event: e.Event, said: e.Said | None) -> Parts:
    """The number after one more event that is about the item or names it."""
    own = event.header.subject == parts.item
    quantity = _quantity(parts, said)
    if own:
        return structs.replace(parts, quantity=quantity, count=parts.count + 1, last=event.hash)
    return structs.replace(parts, quantity=quantity)


def _quantity(parts: Parts, said: e.Said | None) -> int:
    match said:
        case e.PartsReceived():
            return parts.quantity + said.count
        case e.Counted(quantity=int(counted)):
            return counted
        case e.PartTaken(into=None):
            return parts.quantity + 1
        case e.PartFitted(out_of=None):
            return parts.quantity - 1
    return parts.quantity
