from datetime import date

import msgspec
import pytest

from station import events as e
from station.checks import CheckResult, Outcome
from station.codes import CodeKind, grouped, make
from station.ledger import ChainId, Header
from station.ports import TimelineRow
from station.reference import load
from station.rule_words import RULES, rule_words
from ui.donor_event_words import DONOR_SENTENCES
from ui.event_words import SENTENCES, event_words, verdict_words

DEVICE, CASE, LOT = make(CodeKind.DEVICE, 12, 1), make(CodeKind.CASE, 12, 7), "L0120000417"
PART = make(CodeKind.PART, 12, 3)
HASH = bytes(32)
REF = e.Ref(bytes(16), HASH)

SAID: tuple[e.Said, ...] = (
    e.ChainStarted(),
    e.LotReceived(),
    e.Received(kind="laptop", lot=LOT),
    e.Refused(kind="monitor", reason="too-old", count=3),
    e.Described(maker="Dell", locks=()),
    e.LabelPrinted(),
    e.CodesReserved(of="device", first=1, count=30, purpose="roll"),
    e.ItemLabelled(item="charger", role="accessory", device=DEVICE),
    e.ItemPaired(device=DEVICE),
    e.PutOnShelf(shelf=PART),
    e.PaperMade(paper="handover-minutes", about=(DEVICE,), content=REF, digest=HASH),
    e.PaperReprinted(copy=2),
    e.SignedCopyAttached(scan=HASH, media="pdf", pages=2),
    e.PhotoTaken(photo=HASH),
    e.TakenToBench(),
    e.ChecksRecorded(report=HASH, results=(), policy="p"),
    e.CheckEnteredByHand(result=CheckResult("cam.frames", Outcome.PASS)),
    e.ReportLinked(report=HASH),
    e.ReportDismissed(report=HASH, reason="read-twice"),
    e.StorageErased(disk=e.DiskId(serial="WX71"), method="overwrite", passed=True),
    e.StorageRemoved(disk=e.DiskId(wwn="5000"), destiny="destroyed"),
    e.SystemInstalled(system="xubuntu", licence="free-system"),
    e.WorkDone(work="replace-disk"),
    e.PartTaken(item="ssd-240gb"),
    e.PartFitted(item="ssd-240gb", out_of=DEVICE),
    e.PartsReceived(count=5),
    e.KitChecked(missing=("charger",)),
    e.PutOnHold(reason="waiting-for-part"),
    e.Resumed(),
    e.Graded(grade="b", reason="cosmetic"),
    e.MadeReady(policy="p", overrides=(e.Override("grade", "urgent-need"),)),
    e.Joined(head=DEVICE),
    e.Parted(head=DEVICE),
    e.CaseEntered(level="primary"),
    e.Reserved(case=CASE),
    e.ReservationReleased(case=CASE, reason="case-moved"),
    e.HandedOver(to="school", case=CASE, school="truong-th-go-dau"),
    e.HandoverConfirmed(case=CASE, result="absent"),
    e.TakenBackForRepair(case=CASE, reason="broke-in-use"),
    e.GivenBack(case=CASE),
    e.ReturnedToStock(reason="left-school"),
    e.SentTo(place="point-013"),
    e.ArrivedFrom(place="point-013", here="point-012"),
    e.BatchTakenOut(school="truong-th-go-dau", devices=20),
    e.Retired(reason="stolen"),
    e.WasteGiven(batch=LOT),
    e.Counted(),
    e.Corrected(target=HASH, target_kind="Graded", fields=b"", reason="mistyped"),
    e.AttachmentReleased(attachment=HASH, use="photo", media="jpeg", size_bytes=9),
    e.PersonPurged(person=REF, reason="consent-withdrawn"),
    e.DisputeSettled(target=HASH, decision="recover"),
    e.LaptopDelegated(chain=ChainId(12, 2), key=bytes(32), expires_s=0, about=(DEVICE,)),
    e.DelegationEnded(chain=ChainId(12, 2), reason="returned"),
    e.OfferEntered(items=(e.OfferedItem("laptop", 2),)),
    e.PickUpNoted(state="agreed", on=date(2021, 10, 12)),
    e.OfferClosed(reason="all-came"),
    e.OfferReopened(),
    e.AppointmentMade(on=date(2021, 10, 12)),
    e.CallPlanned(about="lock"),
    e.CallMade(about="lock", result="no-answer"),
    e.SecretGiven(of="bios", secret=REF),
    e.GivenDirectly(kind="tablet", case=CASE),
    e.Promised(case=CASE),
    e.PromiseReleased(case=CASE, reason="better-match"),
    e.DirectGiftWithdrawn(case=CASE),
    e.HandoverWithdrawn(case=CASE),
    e.ActWithdrawn(target=bytes(32), target_kind="TakenToBench", reason="wrong-device"),
    e.LineReopened(case=CASE),
    e.EnteredByMistake(),
    e.DefectFound(defect="cracked-screen", zone="screen", severity="major"),
    e.DefectGone(defect="cracked-screen", zone="screen"),
    e.TakenOver(),
    e.Noted(),
    e.Packed(case=CASE),
    e.Unpacked(),
)


def row(said: e.Said | None, kind: str = "", *, corrected: bool = False) -> TimelineRow:
    header = Header(1, ChainId(12, 1), 1, DEVICE, b"", kind, 1_633_924_800_000, 420)
    return TimelineRow(1, e.Event(HASH, header, said), "op.lan", None, corrected)


def test_every_kind_of_event_has_its_words() -> None:
    assert (
        set(SENTENCES) | set(DONOR_SENTENCES)
        == set(e.KINDS.values())
        == {type(said) for said in SAID}
    )


def test_each_kind_is_told_in_its_own_sentence_without_ids() -> None:
    sentences = [event_words(row(said), load()) for said in SAID]

    assert len(set(sentences)) == len(sentences)
    for sentence in sentences:
        assert "{" not in sentence
        assert sentence[0].isupper() or sentence[0].isdigit()


def test_a_kind_of_a_newer_version_is_named_as_such() -> None:
    assert "Blessed" in event_words(row(None, "Blessed"), load())


def test_an_event_that_was_corrected_later_says_so() -> None:
    assert event_words(row(e.Resumed(), corrected=True), load()) == "Resumed (corrected later)"


def test_a_labelled_part_is_named_by_its_code_and_a_counted_one_by_its_word() -> None:
    assert grouped(PART) in event_words(row(e.PartTaken(item=PART)), load())
    assert "SSD 240 GB" in event_words(row(e.PartTaken(item="ssd-240gb")), load())


def test_a_school_nobody_knows_any_more_stands_for_itself() -> None:
    said = e.BatchTakenOut(school="truong-cu", devices=1)

    assert event_words(row(said), load()) == "truong-cu took 1 device"


@pytest.mark.parametrize("outcome", [e.ACCEPTED, e.DISPUTED, e.VOID, e.REJECTED, "postponed"])
def test_each_answer_of_the_service_has_words_and_its_number(outcome: str) -> None:
    told = verdict_words(e.Verdict(HASH, outcome, 4711, "case_has_device"))

    assert "4711" in told
    assert ("the pupil has another device" in told) is (outcome != e.ACCEPTED)


def test_each_rule_is_told_in_its_own_words() -> None:
    told = [rule_words(rule, e.DISPUTED).told for rule in RULES]

    assert len(set(told)) == len(told)
    assert "some_new_rule" in rule_words("some_new_rule", e.DISPUTED).told
    assert "revoked" in rule_words("revoked", e.REJECTED).told
    assert rule_words(None, e.VOID).advice


def test_the_day_of_the_event_decides_what_a_place_was_called() -> None:
    before = msgspec.structs.replace(
        row(e.SentTo(place="point-013")).event.header, at_ms=0, offset_min=0
    )
    event = e.Event(HASH, before, e.SentTo(place="point-013"))

    told = event_words(TimelineRow(1, event, "op.lan", None, corrected=False), load())

    assert before.day == date(1970, 1, 1)
    assert told.startswith("Sent to ")
