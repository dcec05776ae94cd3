"""Đóng gói: a device and its kit lie ready for the pupil they are kept for."""

from msgspec import Struct

from station import events as e
from station import refusals
from station.duties import require_duty
from station.ledger import Moment
from station.operators import Operator
from station.ports import Store
from station.sets import whole_set


class Pack(Struct, frozen=True, kw_only=True):
    """Put a device, or the set it heads, beside its kit."""

    device: str


def pack(command: Pack, store: Store, by: Operator, when: Moment) -> tuple[e.Event, ...]:
    """Record that a device lies packed; a set is packed whole. Raises PackedBefore."""
    require_duty(by, e.Packed)
    with store.transaction(by, when) as work:
        together = whole_set(work, command.device)
        for device in together:
            device.require(e.Packed)
        loose = [device for device in together if not device.packed]
        if not loose:
            raise refusals.PackedBefore(command.device)
        return tuple(
            work.record(device.code, e.Packed(case=device.case_code(), kit=device.kit))
            for device in loose
        )


def unpack(device: str, store: Store, by: Operator, when: Moment) -> tuple[e.Event, ...]:
    """Record that a device was taken out of its pack, with its set. Raises NotPackedYet."""
    require_duty(by, e.Unpacked)
    with store.transaction(by, when) as work:
        together = whole_set(work, device)
        for one in together:
            one.require(e.Unpacked)
        packed = [one for one in together if one.packed]
        if not packed:
            raise refusals.NotPackedYet(device)
        return tuple(work.record(one.code, e.Unpacked()) for one in packed)
