"""What everybody may ask of a device."""

from msgspec import Struct

from sync.central.numbers.journeys import ShownJourney, shown_journey
from sync.central.problems import refused
from sync.central.web.asking import JSON, Asked, asks


class OfDevice(Struct, frozen=True):
    """Which device, by the code on its label."""

    code: str


@asks(
    "GET",
    "/public/devices/{code}",
    where=OfDevice,
    answers=ShownJourney,
    refusals=("unknown_device",),
    as_text=JSON,
)
def public_device(asked: Asked[None, OfDevice]) -> ShownJourney:
    """Tell the way of a device, and nothing of any person who did not want it told."""
    shown = shown_journey(asked.engine, asked.own.people, asked.where.code)
    if shown is None:
        raise refused("unknown_device")
    return shown


QUESTIONS = (public_device,)
