"""Why the station said no, in the words of who asked, with the way out."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Final

from station import refusals as r
from station.codes import grouped
from station.device import Stage
from station.operators import Role
from station.reference import Reference, Table
from station.words import _, _n
from ui.coded_words import coded, listed, role_word, stage_word
from ui.day_words import day_words
from ui.gate_words import condition_name
from ui.giving_refusal_words import GIVING


def refusal_words(refusal: r.Refusal, reference: Reference) -> str | None:
    """Word a refusal; None for one that has no words here."""
    say = SENTENCES.get(type(refusal))
    return say(reference, *refusal.about) if say else None


def _not_your_role(_reference: Reference, role: Role, may: tuple[Role, ...]) -> str:
    return _(
        "Your role ({role}) may not do this. Ask somebody of: {roles}, or change the operator."
    ).format(role=role_word(role), roles=listed(role_word(one) for one in may))


def _unknown_device(_reference: Reference, code: str) -> str:
    return _("No device here has the code {code}. Check the label, or receive it first.").format(
        code=grouped(code)
    )


def _unknown_case(_reference: Reference, code: str) -> str:
    return _("No case here has the code {code}. Check the form, or enter the case first.").format(
        code=grouped(code)
    )


def _unknown_lot(_reference: Reference, code: str) -> str:
    return _("No lot here has the code {code}. Check the paper.").format(code=grouped(code))


def _unknown_event(_reference: Reference, _hash: str) -> str:
    return _("This entry is not in the ledger of this point. Open the device again.")


def _code_in_use(_reference: Reference, code: str) -> str:
    return _("The label {code} is already on another device. Take another label.").format(
        code=grouped(code)
    )


def _not_our_code(_reference: Reference, code: str) -> str:
    return _(
        "{code} is no label of this kind of this point. Leave the field empty to get the next code."
    ).format(code=grouped(code))


def _serial_in_use(_reference: Reference, serial: str, code: str) -> str:
    return _(
        "The serial number {serial} belongs to device {code}. Open that device instead, or check"
        " the number."
    ).format(serial=serial, code=grouped(code))


def _not_in_this_stage(
    _reference: Reference, code: str, stage: Stage, allowed: Iterable[Stage]
) -> str:
    where = listed(stage_word(one) for one in Stage if one in set(allowed))
    return _(
        "Device {code} is at “{stage}”; this can be done only at: {allowed}."
        " Open the device to see what comes next."
    ).format(code=grouped(code), stage=stage_word(stage), allowed=where)


def _on_hold(reference: Reference, code: str, reason: str) -> str:
    return _("Device {code} is on hold: {reason}. Resume it first.").format(
        code=grouped(code), reason=coded(Table.REASONS, reason, reference)
    )


def _not_on_hold(_reference: Reference, code: str) -> str:
    return _("Device {code} is not on hold, so there is nothing to resume.").format(
        code=grouped(code)
    )


def _already_on_hold(reference: Reference, code: str, reason: str) -> str:
    return _(
        "Device {code} is on hold already: {reason}. Resume it to name another reason."
    ).format(code=grouped(code), reason=coded(Table.REASONS, reason, reference))


def _impossible_count(_reference: Reference, count: int) -> str:
    return _("{count} cannot be right. Enter how many there really are.").format(count=count)


def _not_in_lot(_reference: Reference, place: int) -> str:
    return _("Item {number} of the lot is gone. Choose again which computer it belongs to.").format(
        number=place + 1
    )


def _donor_without_name(_reference: Reference) -> str:
    return _("Enter the donor's name too, or leave everything about the donor empty.")


def _nothing_to_record(_reference: Reference) -> str:
    return _("There is nothing new to record. Fill in at least one thing.")


def _hand_entry_not_allowed(reference: Reference, check: str) -> str:
    return _("For “{check}” only a measurement counts. Run diagnostics on the device.").format(
        check=coded(Table.CHECKS, check, reference)
    )


def _system_does_not_fit(reference: Reference, system: str, kind: str) -> str:
    return _(
        "{system} does not run on this kind of device ({kind}). Choose another system."
    ).format(
        system=coded(Table.SYSTEMS, system, reference), kind=coded(Table.KINDS, kind, reference)
    )


def _licence_does_not_fit(reference: Reference, system: str, licence: str) -> str:
    return _("“{licence}” gives no right to {system}. Choose another licence.").format(
        licence=coded(Table.LICENCES, licence, reference),
        system=coded(Table.SYSTEMS, system, reference),
    )


def _report_of_another(_reference: Reference, _wanted: str, code: str) -> str:
    return _(
        "This report was recorded for device {code} already. If that was a mistake, run diagnostics"
        " once more: the new report goes to the right device."
    ).format(code=grouped(code))


def _report_in_use(_reference: Reference, code: str) -> str:
    return _("This report counts for device {code} and cannot be dismissed.").format(
        code=grouped(code)
    )


def _disk_not_named(_reference: Reference, code: str) -> str:
    return _(
        "Which disk of {code} was it? Enter the serial number that stands on the disk."
    ).format(code=grouped(code))


def _pupils_device(_reference: Reference, code: str) -> str:
    return _(
        "Device {code} belongs to its pupil. Without the guardian's consent nothing on it is erased"
        " or overwritten."
    ).format(code=grouped(code))


def _pupils_part(_reference: Reference, code: str, _other: str) -> str:
    return _("Device {code} belongs to its pupil: its parts go into no other device.").format(
        code=grouped(code)
    )


def _not_a_school(_reference: Reference, _school: str) -> str:
    return _("This is not a school. Choose the school of the pupils.")


def _school_takes_batches(_reference: Reference, _school: str) -> str:
    return _(
        "A school takes devices for its pupils: keep each one for a case and hand them over as a"
        " batch."
    )


def _other_school(_reference: Reference, case: str, _its_school: str, _school: str) -> str:
    return _(
        "Case {case} is of another school. Take its device out of the batch, or correct the case."
    ).format(case=grouped(case))


def _not_a_commune(_reference: Reference, _unit: str) -> str:
    return _("Choose the commune or ward in which the pupil lives.")


def _not_an_offer(_reference: Reference, _offer: str) -> str:
    return _("This is not the code of a donor's offer. Scan it again, or leave it empty.")


def _condition_is_met(reference: Reference, condition: str) -> str:
    return _("“{condition}” is met: there is nothing to waive.").format(
        condition=condition_name(condition, reference)
    )


def _not_in_stock(reference: Reference, item: str, quantity: int) -> str:
    return _n(
        "The books show {count} of: {item}. Count the drawer, or record what came in.",
        "The books show {count} of: {item}. Count the drawer, or record what came in.",
        quantity,
    ).format(count=quantity, item=coded(Table.PARTS, item, reference))


def _same_device(_reference: Reference, code: str) -> str:
    return _("{code} was scanned twice. Scan the other device.").format(code=grouped(code))


def _not_released(reference: Reference, code: str, still_open: tuple[str, ...]) -> str:
    names = listed(condition_name(name, reference) for name in still_open)
    return _("Device {code} may not be given yet. Still open: {conditions}.").format(
        code=grouped(code), conditions=names
    )


def _override_not_allowed(reference: Reference, condition: str) -> str:
    return _("“{condition}” is never waived. It must be settled on the device.").format(
        condition=condition_name(condition, reference)
    )


def _only_one_override(_reference: Reference, asked: int) -> str:
    return _("Only one condition of a device may be waived, {count} were chosen.").format(
        count=asked
    )


def _no_kit_item_for(reference: Reference, check: str, item: str) -> str:
    return _("{item} does not make up for “{check}”, or it is not in the kit.").format(
        item=coded(Table.KIT_ITEMS, item, reference), check=coded(Table.CHECKS, check, reference)
    )


def _part_of_set(_reference: Reference, code: str, head: str) -> str:
    return _("{code} belongs to the set of {head}. Scan {head}, or take the set apart.").format(
        code=grouped(code), head=grouped(head)
    )


def _not_in_set(_reference: Reference, code: str) -> str:
    return _("{code} belongs to no set.").format(code=grouped(code))


def _heads_set(_reference: Reference, code: str) -> str:
    return _("{code} has devices in its own set. Take that set apart first.").format(
        code=grouped(code)
    )


def _cannot_head_set(reference: Reference, code: str, kind: str) -> str:
    return _("A set begins with a computer; {code} is: {kind}. Scan the computer first.").format(
        code=grouped(code), kind=coded(Table.KINDS, kind, reference)
    )


def _set_not_ready(_reference: Reference, head: str, members: tuple[str, ...]) -> str:
    return _("The set of {head} goes whole, and these are not ready: {members}.").format(
        head=grouped(head), members=listed(map(grouped, members))
    )


def _case_has_device(_reference: Reference, case: str, device: str) -> str:
    return _(
        "Case {case} has device {device} already. Free that one first, or choose another case."
    ).format(case=grouped(case), device=grouped(device))


def _pupil_has_case(_reference: Reference, case: str) -> str:
    return _(
        "Case {case} is of a pupil with this name at this school. If these are two pupils, enter "
        "it once more."
    ).format(case=grouped(case))


def _case_in_use(_reference: Reference, case: str) -> str:
    return _("Case {case} cannot be entered: it was entered before, or is no case code.").format(
        case=grouped(case)
    )


def _wrong_case(_reference: Reference, device: str, kept: str | None, _asked: str | None) -> str:
    if kept is None:
        return _("{device} is kept for nobody. Match it with a case first.").format(
            device=grouped(device)
        )
    return _("{device} is kept for case {case}. Open that case, or free the device first.").format(
        device=grouped(device), case=grouped(kept)
    )


def _not_from_here(_reference: Reference, code: str, _place: str) -> str:
    return _("{code} is at that place already. Choose another place.").format(code=grouped(code))


def _correction_not_allowed(_reference: Reference, _kind: str) -> str:
    return _("This kind of entry is not corrected. Record what undoes it instead.")


def _invalid_correction(_reference: Reference, _kind: str) -> str:
    return _("The correction does not fit this entry. Check the values.")


def _before_the_programme(_reference: Reference, day: date) -> str:
    return _("On {day} the programme had not begun. Check the date on the paper.").format(
        day=day_words(day)
    )


def _in_the_future(_reference: Reference, day: date) -> str:
    return _("{day} lies in the future. Check the date and this PC's clock.").format(
        day=day_words(day)
    )


def _still_needed(_reference: Reference, name: str) -> str:
    return _(
        "{name} must be able to sign in: nobody takes themselves off the list, and the point needs "
        "a head. Name another one first."
    ).format(name=name)


def _name_in_use(_reference: Reference, name: str) -> str:
    return _("{name} works here already. Write a name that tells the two apart.").format(name=name)


def _numbers_used_up(_reference: Reference, point: int) -> str:
    return _(
        "Point {number} has no numbers left for new codes. Ask the Department for a new point"
        " number."
    ).format(number=f"{point:03d}")


def _nothing_to_certify(_reference: Reference, device: str) -> str:
    return _(
        "No disk of device {code} was erased or taken out at this point: there is nothing to "
        "certify yet."
    ).format(code=grouped(device))


def _not_believed_yet(_reference: Reference, _point: int) -> str:
    return _(
        "The service does not know this point's key yet, so nobody could check a certificate. "
        "Enrol the point on the Sync page, then try again."
    )


def _unknown_item(_reference: Reference, code: str) -> str:
    return _(
        "No charger, part or shelf here has the code {code}. Check the label, or label it first."
    ).format(code=grouped(code))


def _not_a_shelf(_reference: Reference, code: str) -> str:
    return _("The label {code} is on no shelf. Scan the label of the shelf.").format(
        code=grouped(code)
    )


def _shelf_without_name(_reference: Reference) -> str:
    return _("Write the name of the shelf, such as A3.")


def _shelf_of_no_device(_reference: Reference, _code: str) -> str:
    return _("A shelf belongs to no device. Put the device on the shelf instead.")


def _not_set_aside(_reference: Reference, _kind: str) -> str:
    return _("Only codes of devices, lots and labelled parts are printed beforehand.")


def _worked_on_since(_reference: Reference, code: str) -> str:
    told = _("{code} was worked on since: retire it instead, or correct what is wrong.")
    return told.format(code=grouped(code))


def _unknown_offer(_reference: Reference, code: str) -> str:
    return _("Nobody announced anything under {code} here.").format(code=grouped(code))


def _offer_of_the_department(_reference: Reference, code: str) -> str:
    return _(
        "The Department published {code}: ask there to have it corrected. Day and pick-up are "
        "noted here."
    ).format(code=grouped(code))


def _offer_over(_reference: Reference, code: str) -> str:
    return _("Nothing more is expected under {code}.").format(code=grouped(code))


def _day_missing(_reference: Reference, _code: str) -> str:
    return _("Enter the day that was agreed with the donor.")


def _too_far_ahead(_reference: Reference, day: date) -> str:
    return _("{day} is too far ahead: check the year.").format(day=day_words(day))


def _day_has_passed(_reference: Reference, day: date) -> str:
    return _("{day} has passed: choose today or a later day.").format(day=day_words(day))


def _nobody_to_call(_reference: Reference, code: str) -> str:
    return _(
        "No phone number of the donor of {code} is known here, so nobody can call. Look on the "
        "paper receipt, or ask the point that received it."
    ).format(code=grouped(code))


def _no_such_call(reference: Reference, code: str, topic: str) -> str:
    return _("The call about {code} ({topic}) is settled already.").format(
        code=grouped(code), topic=coded(Table.CALL_TOPICS, topic, reference)
    )


def _unknown_paper(_reference: Reference, code: str) -> str:
    return _("No paper here has the code {code}. Check the code at the foot of the paper.").format(
        code=grouped(code)
    )


def _paper_purged(_reference: Reference, code: str) -> str:
    return _("What paper {code} says is not kept here, or no longer. Make a new paper.").format(
        code=grouped(code)
    )


def _too_many_on_one_paper(_reference: Reference, count: int, most: int) -> str:
    return _("One paper can name {most} codes, these are {count}. Make several papers.").format(
        count=count, most=most
    )


def _not_on_a_paper(_reference: Reference, code: str) -> str:
    return _("Nothing here has the code {code}, so it cannot stand on a paper.").format(
        code=grouped(code)
    )


def _not_a_scan(_reference: Reference, _media: str) -> str:
    return _("This file is no PDF, JPEG or PNG. Scan the signed paper again and choose that file.")


def _scan_too_large(_reference: Reference, size: int, most: int) -> str:
    return _(
        "The file has {size} MB; up to {most} MB are kept. Scan again in black and white or at"
        " 200 dpi."
    ).format(size=-(-size // 2**20), most=most // 2**20)


def _already_attached(_reference: Reference, code: str) -> str:
    return _("This file is attached to paper {code} already.").format(code=grouped(code))


def _given_as_waste(_reference: Reference, code: str) -> str:
    return _("{code} was given away as electronic waste and is no longer here.").format(
        code=grouped(code)
    )


def _receiver_without_name(_reference: Reference) -> str:
    return _("Write who takes the waste over.")


def _paired_already(_reference: Reference, code: str, device: str | None) -> str:
    if device is None:
        return _("{code} belongs to no device already.").format(code=grouped(code))
    return _("{code} belongs to {device} already.").format(
        code=grouped(code), device=grouped(device)
    )


def _lent_to_laptop(_reference: Reference, code: str, _chain: object) -> str:
    return _(
        "{code} is lent to a laptop and rests here. Take in what the laptop brings home first."
    ).format(code=grouped(code))


def _case_not_approved(_reference: Reference, code: str) -> str:
    return _(
        "The Department did not approve case {code}, or took it back. Ask the Department before"
        " keeping a device for it."
    ).format(code=grouped(code))


def _not_on_laptop(_reference: Reference) -> str:
    return _(
        "This laptop was lent for a school day: it gives out no codes and lends nothing. Do this"
        " at the point."
    )


def _laptop_expired(_reference: Reference, _chain: object) -> str:
    return _("The time for which this laptop was lent is over. Bring home what it recorded.")


def _impossible_expiry(_reference: Reference, days: int) -> str:
    return _("A laptop is lent until a time to come, {days} days at most.").format(days=days)


def _unknown_delegation(_reference: Reference, _chain: object) -> str:
    return _("This point lent no laptop with this key. Look for the parcel of this point.")


def _delegation_over(_reference: Reference, _chain: object, _ended: str) -> str:
    return _("The lending of this laptop is over; nothing more can be done with it.")


def _not_home_yet(_reference: Reference, _chain: object) -> str:
    return _("Nothing that this laptop recorded came home yet. Take in its parcel first.")


def _not_expired_yet(_reference: Reference, _chain: object) -> str:
    return _("The time of this laptop is not over. If it was lost, say so instead.")


def _not_the_laptops(_reference: Reference) -> str:
    return _(
        "This is not what the laptop recorded: the file is damaged, or was changed on the way."
    )


def _nothing_to_settle(_reference: Reference, _event: str) -> str:
    return _("There is nothing left to settle here: somebody did, or the service withdrew it.")


def _unknown_person(_reference: Reference, _id: str) -> str:
    return _("Nothing is kept of this person here, or no longer.")


def _photo_taken_before(_reference: Reference, code: str) -> str:
    return _("This very photo is kept with {code} already.").format(code=grouped(code))


def _no_such_file(_reference: Reference, code: str) -> str:
    return _("This file is not among what was kept with {code}.").format(code=grouped(code))


def _not_releasable(_reference: Reference, _use: str) -> str:
    return _("Files of this kind never leave this PC.")


def _released_before(_reference: Reference, code: str) -> str:
    return _("This file of {code} may leave already.").format(code=grouped(code))


def _no_such_defect(reference: Reference, _code: str, defect: str, zone: str) -> str:
    return _("“{defect}, {zone}” is not among the defects of this device any more.").format(
        defect=coded(Table.DEFECTS, defect, reference), zone=coded(Table.ZONES, zone, reference)
    )


def _already_at_it(_reference: Reference, _code: str) -> str:
    return _("You work at this device already.")


def _nothing_told(_reference: Reference, _code: str) -> str:
    return _("The donor told no such password, or it went with the erasure.")


SENTENCES: Final[Mapping[type[r.Refusal], Callable[..., Any]]] = {
    r.NotYourRole: _not_your_role,
    r.UnknownDevice: _unknown_device,
    r.UnknownCase: _unknown_case,
    r.UnknownLot: _unknown_lot,
    r.UnknownEvent: _unknown_event,
    r.CodeInUse: _code_in_use,
    r.NotOurCode: _not_our_code,
    r.SerialInUse: _serial_in_use,
    r.NotInThisStage: _not_in_this_stage,
    r.OnHold: _on_hold,
    r.NotOnHold: _not_on_hold,
    r.AlreadyOnHold: _already_on_hold,
    r.ImpossibleCount: _impossible_count,
    r.NotInLot: _not_in_lot,
    r.DonorWithoutName: _donor_without_name,
    r.NothingToRecord: _nothing_to_record,
    r.NoSuchDefect: _no_such_defect,
    r.AlreadyAtIt: _already_at_it,
    r.NothingTold: _nothing_told,
    r.HandEntryNotAllowed: _hand_entry_not_allowed,
    r.SystemDoesNotFit: _system_does_not_fit,
    r.LicenceDoesNotFit: _licence_does_not_fit,
    r.ReportOfAnother: _report_of_another,
    r.ReportInUse: _report_in_use,
    r.DiskNotNamed: _disk_not_named,
    r.PupilsDevice: _pupils_device,
    r.PupilsPart: _pupils_part,
    r.NotASchool: _not_a_school,
    r.SchoolTakesBatches: _school_takes_batches,
    r.OtherSchool: _other_school,
    r.NotACommune: _not_a_commune,
    r.NotAnOffer: _not_an_offer,
    r.ConditionIsMet: _condition_is_met,
    r.NotInStock: _not_in_stock,
    r.SameDevice: _same_device,
    r.NotReleased: _not_released,
    r.OverrideNotAllowed: _override_not_allowed,
    r.OnlyOneOverride: _only_one_override,
    r.NoKitItemFor: _no_kit_item_for,
    r.PartOfSet: _part_of_set,
    r.NotInSet: _not_in_set,
    r.HeadsSet: _heads_set,
    r.CannotHeadSet: _cannot_head_set,
    r.SetNotReady: _set_not_ready,
    r.CaseHasDevice: _case_has_device,
    r.CaseInUse: _case_in_use,
    r.PupilHasCase: _pupil_has_case,
    r.WrongCase: _wrong_case,
    r.NotFromHere: _not_from_here,
    r.CorrectionNotAllowed: _correction_not_allowed,
    r.InvalidCorrection: _invalid_correction,
    r.InTheFuture: _in_the_future,
    r.BeforeTheProgramme: _before_the_programme,
    r.NameInUse: _name_in_use,
    r.StillNeeded: _still_needed,
    r.NumbersUsedUp: _numbers_used_up,
    r.NothingToCertify: _nothing_to_certify,
    r.NotBelievedYet: _not_believed_yet,
    r.UnknownItem: _unknown_item,
    r.NotAShelf: _not_a_shelf,
    r.ShelfWithoutName: _shelf_without_name,
    r.ShelfOfNoDevice: _shelf_of_no_device,
    r.NotSetAside: _not_set_aside,
    r.WorkedOnSince: _worked_on_since,
    r.UnknownOffer: _unknown_offer,
    r.OfferOfTheDepartment: _offer_of_the_department,
    r.OfferOver: _offer_over,
    r.DayMissing: _day_missing,
    r.TooFarAhead: _too_far_ahead,
    r.DayHasPassed: _day_has_passed,
    r.NobodyToCall: _nobody_to_call,
    r.NoSuchCall: _no_such_call,
    r.UnknownPaper: _unknown_paper,
    r.PaperPurged: _paper_purged,
    r.TooManyOnOnePaper: _too_many_on_one_paper,
    r.NotOnAPaper: _not_on_a_paper,
    r.NotAScan: _not_a_scan,
    r.ScanTooLarge: _scan_too_large,
    r.AlreadyAttached: _already_attached,
    r.GivenAsWaste: _given_as_waste,
    r.ReceiverWithoutName: _receiver_without_name,
    r.PairedAlready: _paired_already,
    r.LentToLaptop: _lent_to_laptop,
    r.CaseNotApproved: _case_not_approved,
    r.NotOnLaptop: _not_on_laptop,
    r.LaptopExpired: _laptop_expired,
    r.ImpossibleExpiry: _impossible_expiry,
    r.UnknownDelegation: _unknown_delegation,
    r.DelegationOver: _delegation_over,
    r.NotHomeYet: _not_home_yet,
    r.NotExpiredYet: _not_expired_yet,
    r.NotTheLaptops: _not_the_laptops,
    r.NothingToSettle: _nothing_to_settle,
    r.UnknownPerson: _unknown_person,
    r.PhotoTakenBefore: _photo_taken_before,
    r.NoSuchFile: _no_such_file,
    r.NotReleasable: _not_releasable,
    r.ReleasedBefore: _released_before,
    **GIVING,
}
