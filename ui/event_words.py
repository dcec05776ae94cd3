"""What happened to a device, one sentence for each kind of event."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from station import events as e
from station import words
from station.codes import BadCode, grouped, parse
from station.labelled import SHELF, ItemRole
from station.ports import TimelineRow
from station.reference import Reference, Table, UnknownReference
from station.rule_words import rule_words
from station.words import _, _n
from ui.coded_words import coded, listed, outcome_word, place_word
from ui.corrected_words import corrected_words
from ui.day_words import time_words
from ui.donor_event_words import DONOR_SENTENCES
from ui.gate_words import condition_name

CONSENT_WITHDRAWN = "consent-withdrawn"


def event_words(row: TimelineRow, reference: Reference) -> str:
    """Say what one event was; what a newer version wrote is said to be just that."""
    header, said = row.event.header, row.event.said
    if said is None:
        return _("Something this version does not know ({kind})").format(kind=header.kind)
    sentence = _sentence(said, reference, header.day)
    if row.withdrawn:
        return _("{sentence} (taken back later)").format(sentence=sentence)
    if row.corrected:
        return _("{sentence} (corrected later)").format(sentence=sentence)
    return sentence


def _sentence(said: e.Said, reference: Reference, day: date) -> str:
    if type(said) in DONOR_SENTENCES:
        return DONOR_SENTENCES[type(said)](said, reference)
    return SENTENCES[type(said)](said, _Words(reference, day))


def verdict_words(verdict: e.Verdict | None) -> str:
    """Say what the programme's service answered, with the number of its answer."""
    if verdict is None:
        return _("waiting to be sent")
    told = {
        e.ACCEPTED: _("sent, answer no. {number}"),
        e.DISPUTED: _("sent, answer no. {number}: {rule}"),
        e.VOID: _("does not count, answer no. {number}: {rule}"),
        e.REJECTED: _("rejected, answer no. {number}: {rule}"),
    }.get(verdict.outcome, _("sent, answer no. {number}: {rule}"))
    rule = rule_words(verdict.rule, verdict.outcome).short if "{rule}" in told else ""
    return told.format(number=verdict.number, rule=rule)


@dataclass(frozen=True)
class _Words:
    """Words for ids as of the event's day."""

    reference: Reference
    day: date

    def of(self, table: Table, id_: str) -> str:
        return coded(table, id_, self.reference)

    def all_of(self, table: Table, ids: Iterable[str]) -> str:
        return listed(self.of(table, id_) for id_ in ids)

    def reason(self, id_: str) -> str:
        return self.of(Table.REASONS, id_)

    def place(self, id_: str) -> str:
        return place_word(id_, self.reference, self.day)

    def school(self, id_: str | None) -> str:
        try:
            found = self.reference.organisation(id_ or "", self.day)
        except UnknownReference:
            return id_ or "–"
        return found.word(words.language())

    def item(self, item: str) -> str:
        """A labelled part by its code, a counted one by its word."""
        try:
            return grouped(parse(item).text)
        except BadCode:
            return self.of(Table.PARTS, item)


def _code(text: str | None) -> str:
    return grouped(text) if text else "–"


def _disk(disk: e.DiskId) -> str:
    return disk.serial or disk.wwn or "–"


def _chain_started(said: e.ChainStarted, _w: _Words) -> str:
    if said.reason == "first":
        return _("The point's records begin")
    if said.reason == "revoked":
        return _("Records go on after the key of this PC was taken back")
    return _("Records go on after an older copy was restored")


def _lot_received(said: e.LotReceived, w: _Words) -> str:
    return _("Lot received: {form}").format(form=w.of(Table.FORMS, said.form))


def _received(said: e.Received, w: _Words) -> str:
    kind = w.of(Table.KINDS, said.kind)
    if said.lot:
        return _("Received: {kind}, lot {lot}").format(kind=kind, lot=grouped(said.lot))
    return _("Received: {kind}").format(kind=kind)


def _refused(said: e.Refused, w: _Words) -> str:
    return _("Not taken in: {count} × {kind} – {reason}").format(
        count=said.count, kind=w.of(Table.KINDS, said.kind), reason=w.reason(said.reason)
    )


def _described(said: e.Described, w: _Words) -> str:
    new = [w.of(Table.KINDS, said.kind)] if said.kind else []
    new += [word for word in (said.maker, said.model, said.serial) if word]
    new += [w.of(Table.CONDITIONS, said.condition)] if said.condition else []
    if said.locks is not None:
        new.append(w.all_of(Table.LOCKS, said.locks) or _("no locks"))
    return _("Described: {what}").format(what=listed(new)) if new else _("Note added")


def _label_printed(said: e.LabelPrinted, _w: _Words) -> str:
    if said.stock == e.BY_HAND:
        return _("Label written by hand")
    if said.reprint:
        return _("Label printed again (reprint {number})").format(number=said.reprint)
    return _("Label printed")


def _codes_reserved(said: e.CodesReserved, w: _Words) -> str:
    told = _n("{count} code set aside: {purpose}", "{count} codes set aside: {purpose}", said.count)
    return told.format(count=said.count, purpose=w.of(Table.CODE_PURPOSES, said.purpose))


def _item_labelled(said: e.ItemLabelled, w: _Words) -> str:
    if said.role == SHELF:
        return _("Shelf labelled")
    what = w.of(Table.PARTS if said.role == ItemRole.PART else Table.KIT_ITEMS, said.item)
    if said.device:
        told = _("Labelled: {item}, belongs to {device}")
        return told.format(item=what, device=grouped(said.device))
    return _("Labelled: {item}, belongs to no device").format(item=what)


def _item_paired(said: e.ItemPaired, _w: _Words) -> str:
    if said.device is None:
        return _("Accessory of {before} belongs to no device now").format(before=_code(said.before))
    told = _("Accessory belongs to {device} from now on")
    return told.format(device=grouped(said.device))


def _put_on_shelf(said: e.PutOnShelf, _w: _Words) -> str:
    return _("Put on shelf {shelf}").format(shelf=grouped(said.shelf))


def _paper_reprinted(said: e.PaperReprinted, _w: _Words) -> str:
    return _("Paper printed again (reprint {number})").format(number=said.copy)


def _signed_copy(said: e.SignedCopyAttached, _w: _Words) -> str:
    told = _n(
        "Signed copy attached: {count} page", "Signed copy attached: {count} pages", said.pages
    )
    return told.format(count=said.pages)


def _checks_recorded(said: e.ChecksRecorded, _w: _Words) -> str:
    checks = len(said.results)
    return _n("Diagnosed: {count} check", "Diagnosed: {count} checks", checks).format(count=checks)


def _check_by_hand(said: e.CheckEnteredByHand, w: _Words) -> str:
    return _("Tried by hand: {check} – {outcome}").format(
        check=w.of(Table.CHECKS, said.result.check), outcome=outcome_word(said.result.outcome)
    )


def _report_dismissed(said: e.ReportDismissed, w: _Words) -> str:
    return _("Report set aside: {reason}").format(reason=w.reason(said.reason))


def _storage_erased(said: e.StorageErased, w: _Words) -> str:
    told = _("Data erased: {disk}, {method}") if said.passed else _("Not erased: {disk}, {method}")
    return told.format(disk=_disk(said.disk), method=w.of(Table.ERASURES, said.method))


def _storage_removed(said: e.StorageRemoved, w: _Words) -> str:
    return _("Disk taken out: {disk}, {destiny}").format(
        disk=_disk(said.disk), destiny=w.of(Table.DESTINIES, said.destiny)
    )


def _system_installed(said: e.SystemInstalled, w: _Words) -> str:
    return _("System put on: {system}, {licence}").format(
        system=w.of(Table.SYSTEMS, said.system), licence=w.of(Table.LICENCES, said.licence)
    )


def _work_done(said: e.WorkDone, w: _Words) -> str:
    return _("Work done: {work}").format(work=w.of(Table.WORKS, said.work))


def _part_taken(said: e.PartTaken, w: _Words) -> str:
    if said.into:
        told = _("Part taken out: {item}, for device {device}")
        return told.format(item=w.item(said.item), device=grouped(said.into))
    return _("Part taken out for stock: {item}").format(item=w.item(said.item))


def _part_fitted(said: e.PartFitted, w: _Words) -> str:
    if said.out_of:
        told = _("Part fitted: {item}, out of device {device}")
        return told.format(item=w.item(said.item), device=grouped(said.out_of))
    return _("Part fitted from stock: {item}").format(item=w.item(said.item))


def _parts_received(said: e.PartsReceived, _w: _Words) -> str:
    return _n("{count} part came in", "{count} parts came in", said.count).format(count=said.count)


def _kit_checked(said: e.KitChecked, w: _Words) -> str:
    if not said.missing:
        return _("Kit compared: complete")
    missing = w.all_of(Table.KIT_ITEMS, said.missing)
    return _("Kit compared: without {items}").format(items=missing)


def _put_on_hold(said: e.PutOnHold, w: _Words) -> str:
    return _("Put on hold: {reason}").format(reason=w.reason(said.reason))


def _graded(said: e.Graded, w: _Words) -> str:
    grade = w.of(Table.GRADES, said.grade)
    if said.reason is None:
        return _("Grade {grade} confirmed").format(grade=grade)
    told = _("Grade {grade} confirmed: {reason}")
    return told.format(grade=grade, reason=w.reason(said.reason))


def _made_ready(said: e.MadeReady, w: _Words) -> str:
    if not said.overrides:
        return _("Meets all conditions: ready to give")
    waived = listed(
        f"{condition_name(one.condition, w.reference)} ({w.reason(one.reason)})"
        for one in said.overrides
    )
    return _("Ready to give; waived: {conditions}").format(conditions=waived)


def _joined(said: e.Joined, _w: _Words) -> str:
    return _("Joined the set of {head}").format(head=grouped(said.head))


def _parted(said: e.Parted, _w: _Words) -> str:
    return _("Left the set of {head}").format(head=grouped(said.head))


def _case_entered(said: e.CaseEntered, w: _Words) -> str:
    return _("Case entered: {level}").format(level=w.of(Table.LEVELS, said.level))


def _reserved(said: e.Reserved, _w: _Words) -> str:
    return _("Kept for case {case}").format(case=grouped(said.case))


def _reservation_released(said: e.ReservationReleased, w: _Words) -> str:
    return _("No longer kept for case {case}: {reason}").format(
        case=grouped(said.case), reason=w.reason(said.reason)
    )


def _handed_over(said: e.HandedOver, w: _Words) -> str:
    if said.to == "school":
        told = _("Taken over by {school} for case {case}")
        return told.format(school=w.school(said.school), case=_code(said.case))
    return _("Handed over to the pupil of case {case}").format(case=_code(said.case))


def _handover_confirmed(said: e.HandoverConfirmed, w: _Words) -> str:
    return _("Handover to the pupil: {result}").format(result=w.of(Table.DELIVERIES, said.result))


def _taken_back(said: e.TakenBackForRepair, w: _Words) -> str:
    return _("Taken back for repair: {reason}").format(reason=w.reason(said.reason))


def _given_back(said: e.GivenBack, _w: _Words) -> str:
    return _("Given back to the pupil of case {case}").format(case=grouped(said.case))


def _returned(said: e.ReturnedToStock, w: _Words) -> str:
    return _("Returned to stock: {reason}").format(reason=w.reason(said.reason))


def _sent(said: e.SentTo, w: _Words) -> str:
    if said.batch:
        told = _("Sent to {place} with batch {batch}")
        return told.format(place=w.place(said.place), batch=grouped(said.batch))
    return _("Sent to {place}").format(place=w.place(said.place))


def _arrived(said: e.ArrivedFrom, w: _Words) -> str:
    return _("Arrived from {place}").format(place=w.place(said.place))


def _batch_taken_out(said: e.BatchTakenOut, w: _Words) -> str:
    told = _n("{school} took {count} device", "{school} took {count} devices", said.devices)
    return told.format(school=w.school(said.school), count=said.devices)


def _retired(said: e.Retired, w: _Words) -> str:
    return _("Will not be given: {reason}").format(reason=w.reason(said.reason))


def _waste_given(said: e.WasteGiven, _w: _Words) -> str:
    return _("Given away as electronic waste, batch {batch}").format(batch=_code(said.batch))


def _counted(said: e.Counted, _w: _Words) -> str:
    if said.quantity is not None:
        return _n("Counted: {count}", "Counted: {count}", said.quantity).format(count=said.quantity)
    return _("Stocktake: seen") if said.found else _("Stocktake: not found")


def _attachment_released(said: e.AttachmentReleased, _w: _Words) -> str:
    return {
        "photo": _("Photo let go to the service"),
        "certificate": _("Certificate let go to the service"),
        "evidence": _("Redacted evidence let go to the service"),
    }.get(said.use, _("File let go to the service"))


def _person_purged(said: e.PersonPurged, _w: _Words) -> str:
    if said.reason == CONSENT_WITHDRAWN:
        return _("A person withdrew the consent: name and phone are deleted")
    return _("A person's data is deleted, as its time is over")


def _dispute_settled(said: e.DisputeSettled, w: _Words) -> str:
    return _("Settled: {decision}").format(decision=w.of(Table.DECISIONS, said.decision))


def _laptop_delegated(said: e.LaptopDelegated, _w: _Words) -> str:
    until = time_words(datetime.fromtimestamp(said.expires_s).astimezone())
    told = _n(
        "A laptop takes {count} device along, until {time}",
        "A laptop takes {count} devices along, until {time}",
        len(said.about),
    )
    return told.format(count=len(said.about), time=until)


def _delegation_ended(said: e.DelegationEnded, _w: _Words) -> str:
    return {
        "returned": _("The laptop came home"),
        "revoked": _("The laptop is not believed any more"),
    }.get(said.reason, _("The laptop's time is over"))


def _defect(said: e.DefectFound | e.DefectGone, w: _Words) -> str:
    told = _("Defect: {defect}, {zone}")
    if isinstance(said, e.DefectGone):
        told = _("Defect gone: {defect}, {zone}")
    return told.format(defect=w.of(Table.DEFECTS, said.defect), zone=w.of(Table.ZONES, said.zone))


def _packed(said: e.Packed, _w: _Words) -> str:
    return _("Packed for case {case}").format(case=grouped(said.case))


def _corrected(said: e.Corrected, w: _Words) -> str:
    new = listed(corrected_words(said, w.reference))
    if not new:
        return _("An earlier entry corrected: {reason}").format(reason=w.reason(said.reason))
    told = _("An earlier entry corrected ({reason}): {what}")
    return told.format(what=new, reason=w.reason(said.reason))


def _withdrawn(said: e.ActWithdrawn, w: _Words) -> str:
    if said.reason is None:
        return _("Taken back: it did not happen")
    return _("Taken back: it did not happen ({reason})").format(reason=w.reason(said.reason))


SENTENCES: Final[Mapping[type[e.Said], Callable[[Any, _Words], str]]] = {
    e.ChainStarted: _chain_started,
    e.LotReceived: _lot_received,
    e.Received: _received,
    e.Refused: _refused,
    e.Described: _described,
    e.LabelPrinted: _label_printed,
    e.CodesReserved: _codes_reserved,
    e.ItemLabelled: _item_labelled,
    e.ItemPaired: _item_paired,
    e.PutOnShelf: _put_on_shelf,
    e.PaperMade: lambda _said, _w: _("Paper made"),
    e.PaperReprinted: _paper_reprinted,
    e.SignedCopyAttached: _signed_copy,
    e.PhotoTaken: lambda _said, _w: _("Photo taken"),
    e.TakenToBench: lambda _said, _w: _("Taken to the bench"),
    e.ChecksRecorded: _checks_recorded,
    e.CheckEnteredByHand: _check_by_hand,
    e.ReportLinked: lambda _said, _w: _("A report was found to be of this device"),
    e.ReportDismissed: _report_dismissed,
    e.StorageErased: _storage_erased,
    e.StorageRemoved: _storage_removed,
    e.SystemInstalled: _system_installed,
    e.WorkDone: _work_done,
    e.PartTaken: _part_taken,
    e.PartFitted: _part_fitted,
    e.PartsReceived: _parts_received,
    e.KitChecked: _kit_checked,
    e.PutOnHold: _put_on_hold,
    e.Resumed: lambda _said, _w: _("Resumed"),
    e.Graded: _graded,
    e.MadeReady: _made_ready,
    e.Joined: _joined,
    e.Parted: _parted,
    e.CaseEntered: _case_entered,
    e.Reserved: _reserved,
    e.ReservationReleased: _reservation_released,
    e.HandedOver: _handed_over,
    e.HandoverConfirmed: _handover_confirmed,
    e.TakenBackForRepair: _taken_back,
    e.GivenBack: _given_back,
    e.ReturnedToStock: _returned,
    e.SentTo: _sent,
    e.ArrivedFrom: _arrived,
    e.BatchTakenOut: _batch_taken_out,
    e.Retired: _retired,
    e.WasteGiven: _waste_given,
    e.Counted: _counted,
    e.AttachmentReleased: _attachment_released,
    e.PersonPurged: _person_purged,
    e.DisputeSettled: _dispute_settled,
    e.LaptopDelegated: _laptop_delegated,
    e.DelegationEnded: _delegation_ended,
    e.TakenOver: lambda _said, _w: _("Another technician goes on"),
    e.Noted: lambda _said, _w: _("Note"),
    e.DefectFound: _defect,
    e.DefectGone: _defect,
    e.Packed: _packed,
    e.HandoverWithdrawn: lambda said, _w: _(
        "The hand-over for case {case} was recorded by mistake"
    ).format(case=grouped(said.case)),
    e.LineReopened: lambda said, _w: _(
        "The line of case {case} was recorded by mistake: it is open again"
    ).format(case=grouped(said.case)),
    e.Unpacked: lambda _said, _w: _("Taken out of its pack"),
    e.ActWithdrawn: _withdrawn,
    e.Corrected: _corrected,
}
