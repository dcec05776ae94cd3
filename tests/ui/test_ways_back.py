"""For every kind of entry: what takes it back, or why nothing does."""

from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from station import events as e
from station.reference import load
from station.withdrawing import WITHDRAWABLE
from ui.choice import Choice
from ui.correct_forms import FORMS

COUNTERPARTS: dict[type[e.Said], str] = {
    e.DefectGone: "found again, with the severity it had",
    e.PartTaken: "moved the same way back",
    e.PartFitted: "moved the same way back, or with its work",
    e.Joined: "parted",
    e.Parted: "joined, or with the return that parted it",
    e.Reserved: "released",
    e.ReservationReleased: "reserved",
    e.Packed: "unpacked",
    e.Unpacked: "packed",
    e.HandedOver: "withdrawn: it never left",
    e.BatchTakenOut: "withdrawn with its hand-overs",
    e.Promised: "released",
    e.PromiseReleased: "promised",
    e.GivenDirectly: "withdrawn: it was never given",
    e.SentTo: "it arrives where it was",
    e.LotReceived: "with its devices: entered by mistake",
    e.OfferEntered: "closed by mistake, or amended",
    e.OfferClosed: "reopened",
    e.OfferReopened: "closed",
    e.PickUpNoted: "noted as it stood",
    e.AppointmentMade: "moved back, or amended",
    e.CallMade: "planned again as it stood",
    e.ItemPaired: "paired as before",
    e.LaptopDelegated: "ended: it does not come back",
    e.DelegationEnded: "lent again",
    e.CodesReserved: "none is lost: what is unused stays unused",
    e.PaperMade: "a new paper; this one stays unsigned",
    e.LabelPrinted: "printed again; it counts copies",
    e.PaperReprinted: "it counts copies",
    e.SecretGiven: "a later word takes its place",
    e.ReportLinked: "goes with its report",
}
WAYS_BACK: dict[type[e.Said], str] = {
    e.EnteredByMistake: "received again under the same label",
    e.HandoverWithdrawn: "handed over",
    e.LineReopened: "confirmed",
    e.DirectGiftWithdrawn: "given directly",
    e.ActWithdrawn: "done again",
    e.Corrected: "corrected again",
}
FINAL: dict[type[e.Said], str] = {
    e.ChainStarted: "how a store goes on is no act of a person",
    e.ChecksRecorded: "what was measured stands; it is measured again (decision 0029)",
    e.AttachmentReleased: "what left cannot be called back, and it is said before",
    e.PersonPurged: "a promise to a person, and it is said before",
}


def test_every_kind_of_entry_has_its_way_back_or_a_reason_why_not() -> None:
    for kind in e.KINDS.values():
        ways = [kind in known for known in (WITHDRAWABLE, FORMS, COUNTERPARTS, WAYS_BACK, FINAL)]
        assert any(ways), kind.__name__
        assert sum(ways[2:]) <= 1, kind.__name__
        assert not (kind in FINAL and any(ways[:2])), kind.__name__


DISK = e.DiskId(serial="WX71A345")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (e.StorageRemoved(disk=DISK, destiny="destroyed"), "destiny"),
        (e.HandoverConfirmed(case="H0120000015", result="signed"), "result"),
        (e.DisputeSettled(target=b"t" * 32, decision="noted"), "decision"),
    ],
)
def test_a_word_that_was_chosen_wrongly_is_chosen_again(
    qtbot: QtBot, said: e.Said, field: str
) -> None:
    make: Any = FORMS[type(said)]
    form = make(said, load())
    qtbot.addWidget(form)
    assert form.changes() == {}

    choice = form.findChild(Choice, f"correct{field.capitalize()}")
    other = next(
        choice.itemData(at) for at in range(choice.count()) if choice.itemData(at) != choice.chosen
    )
    choice.choose(other)

    assert form.changes() == {field: other}
