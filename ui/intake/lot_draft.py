"""A donor's devices while they are being listed: nothing is recorded yet."""

from collections.abc import Iterator

from msgspec import Struct, structs

from station.intake import NewDevice


class LotDraft(Struct, frozen=True):
    """The devices in the order they were put on the counter."""

    devices: tuple[NewDevice, ...] = ()

    def __len__(self) -> int:
        return len(self.devices)

    def added(self, new: NewDevice, times: int = 1) -> "LotDraft":
        """The list with one more device, or several alike."""
        return LotDraft(self.devices + (new,) * times)

    def replaced(self, place: int, new: NewDevice) -> "LotDraft":
        """The list with another device in that place."""
        return LotDraft((*self.devices[:place], new, *self.devices[place + 1 :]))

    def without(self, place: int) -> "LotDraft":
        """The list without that device; what belonged to it stands alone."""
        left = (*self.devices[:place], *self.devices[place + 1 :])
        return LotDraft(tuple(_moved_up(device, place) for device in left))

    def place_of(self, word: str) -> int | None:
        """Where a serial number or a label's code stands in the list."""
        return next(self._places_of(word), None)

    def holds_twice(self, word: str) -> bool:
        """Whether a serial number or a label's code stands there more than once."""
        return len(tuple(self._places_of(word))) > 1

    def last_of(self, kind: str) -> NewDevice | None:
        """The last device of a kind; None when there is none yet."""
        return next((d for d in reversed(self.devices) if d.kind == kind), None)

    def _places_of(self, word: str) -> Iterator[int]:
        for place, device in enumerate(self.devices):
            if word in {device.serial, device.code}:
                yield place


def put_back(lot: LotDraft, before: LotDraft, place: int) -> tuple[LotDraft, int]:
    """The list with what was taken out of `before`, and where it stands; what came since stays.

    Where the list was changed otherwise it stands at the end, and alone.
    """
    left = before.without(place).devices
    if lot.devices[: len(left)] != left:
        return lot.added(structs.replace(before.devices[place], belongs_to=None)), len(lot)
    since = (_moved_down(device, place) for device in lot.devices[len(left) :])
    return LotDraft((*before.devices, *since)), place


def alike(device: NewDevice) -> NewDevice:
    """Another device of the same make: what names only one of them is left out."""
    bare = structs.replace(device, code=None, serial=None, serial_known_by=None, note="")
    return structs.replace(bare, secrets=(), photos=(), promised=None)


def _moved_up(device: NewDevice, gone: int) -> NewDevice:
    head = device.belongs_to
    if head is None or head < gone:
        return device
    return structs.replace(device, belongs_to=None if head == gone else head - 1)


def _moved_down(device: NewDevice, come: int) -> NewDevice:
    head = device.belongs_to
    return device if head is None or head < come else structs.replace(device, belongs_to=head + 1)
