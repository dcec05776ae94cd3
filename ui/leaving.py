"""Gửi đi và giao chất thải: where several devices go together, to a place or to be recycled."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QLineEdit

from station import events as e
from station.device import Stage
from station.ledger import Moment
from station.operators import Operator
from station.people import Donor
from station.ports import PointStore
from station.stock import GiveWaste, WasteOut, give_waste
from station.transfer import Arrive, SendTogether, arrive, send_together
from station.withdrawing import Withdraw, withdraw
from station.words import _
from ui.choice import Choice
from ui.desk import Act, Desk
from ui.device.travel_dialogs import places_but
from ui.field import Field
from ui.leaving_page import LeavingPage, Left


def sending_page(desk: Desk, here: str) -> LeavingPage:
    """Devices that go to another point or office; `here` is this point's id."""
    place = Choice("leavingPlace", placeholder=_("Choose the place"))
    place.offer(places_but(here, desk.reference, desk.now().day))
    field = Field(_("Where they go"), place)

    def act() -> Act[Left] | None:
        field.clear_error()
        if place.chosen is None:
            field.show_error(_("Choose where they go."))
            place.setFocus()
            return None
        return partial(send_together, SendTogether(devices=page.codes(), place=place.chosen))

    page = LeavingPage(
        desk,
        e.SentTo,
        field,
        act=act,
        back=lambda left: partial(_all_back, left.devices, here),
        title=_("Send devices away"),
        second=_("Scan each device; they leave together, on one slip"),
    )
    return page


def waste_page(desk: Desk) -> LeavingPage:
    """Retired devices that go to somebody who handles electronic waste."""
    name, address = QLineEdit(), QLineEdit()
    name.setObjectName("wasteReceiver")
    address.setObjectName("wasteAddress")
    field = Field(_("Who takes the electronic waste"), name)

    def act() -> Act[Left] | None:
        field.clear_error()
        if not name.text().strip():
            field.show_error(_("Say who takes them."))
            name.setFocus()
            return None
        receiver = Donor(name=name.text(), organisation=True, address=address.text().strip())
        return partial(give_waste, GiveWaste(devices=page.codes(), receiver=receiver))

    page = LeavingPage(
        desk,
        e.WasteGiven,
        field,
        Field(_("Address"), address),
        act=act,
        back=_not_given,
        title=_("Hand over electronic waste"),
        second=_("Scan each retired device; they leave together, on one paper"),
    )
    return page


def _all_back(
    devices: tuple[str, ...], here: str, store: PointStore, by: Operator, when: Moment
) -> None:
    """They never went anywhere: they arrive from this very point."""
    for device in devices:
        known = store.device(device)
        if known is not None and known.stage is Stage.IN_TRANSIT:  # else its set brought it along
            arrive(Arrive(device=device, place=here), store, by, when)


def _not_given(left: Left) -> Act[Any]:
    acts = left.acts if isinstance(left, WasteOut) else ()
    return partial(withdraw, Withdraw(events=acts))
