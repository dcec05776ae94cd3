"""Why the station says no. One class per situation; `code` is the stable identifier.

The operator's words for each stand in `ui/wording.py`. A refusal never changes anything.
"""

from typing import Any, ClassVar


class Refusal(Exception):
    """The station refuses an act, and keeps everything as it was."""

    code: ClassVar[str] = "refused"

    def __init__(self, *about: Any) -> None:
        super().__init__(self.code, *about)
        self.about = about


class NotYourRole(Refusal):
    """about: role, the roles that may."""

    code = "not_your_role"


class UnknownDevice(Refusal):
    """about: code."""

    code = "unknown_device"


class UnknownCase(Refusal):
    """about: code."""

    code = "unknown_case"


class UnknownLot(Refusal):
    """about: code."""

    code = "unknown_lot"


class UnknownEvent(Refusal):
    """about: hash as hex."""

    code = "unknown_event"


class CodeInUse(Refusal):
    """about: code. The label is already on another device."""

    code = "code_in_use"


class NotOurCode(Refusal):
    """about: code. A device cannot be received under this code here."""

    code = "not_our_code"


class SerialInUse(Refusal):
    """about: serial, code of the device that has it. Open that record instead."""

    code = "serial_in_use"


class NotInThisStage(Refusal):
    """about: code, stage, the stages in which it could be done."""

    code = "not_in_this_stage"


class OnHold(Refusal):
    """about: code, reason."""

    code = "on_hold"


class NotOnHold(Refusal):
    """about: code."""

    code = "not_on_hold"


class AlreadyOnHold(Refusal):
    """about: code, reason."""

    code = "already_on_hold"


class ImpossibleCount(Refusal):
    """about: count."""

    code = "impossible_count"


class NotInLot(Refusal):
    """about: place. The lot has no such item."""

    code = "not_in_lot"


class DonorWithoutName(Refusal):
    """Something is known of the donor, but not the name."""

    code = "donor_without_name"


class NothingToRecord(Refusal):
    """The form says nothing new."""

    code = "nothing_to_record"


class HandEntryNotAllowed(Refusal):
    """about: check. Only a measurement counts."""

    code = "hand_entry_not_allowed"


class SystemDoesNotFit(Refusal):
    """about: system, kind of device."""

    code = "system_does_not_fit"


class LicenceDoesNotFit(Refusal):
    """about: system, licence. This licence gives no right to that system."""

    code = "licence_does_not_fit"


class ReportOfAnother(Refusal):
    """about: the device it was wanted for, the device that it was recorded for."""

    code = "report_of_another"


class ReportInUse(Refusal):
    """about: the device that it was recorded for. What counts is not set aside."""

    code = "report_in_use"


class DiskNotNamed(Refusal):
    """about: code. An erasure must be bound to a serial number or WWN."""

    code = "disk_not_named"


class NotASchool(Refusal):
    """about: organisation. Only a school takes devices to its pupils."""

    code = "not_a_school"


class SchoolTakesBatches(Refusal):
    """about: school. Devices go to a school by a batch, for the pupils they are kept for."""

    code = "school_takes_batches"


class OtherSchool(Refusal):
    """about: case, its school, the school of the batch."""

    code = "other_school"


class NotACommune(Refusal):
    """about: unit. A pupil lives in a commune or ward, not in a province or district."""

    code = "not_a_commune"


class NotAnOffer(Refusal):
    """about: what was given. It is no code of a donor's offer."""

    code = "not_an_offer"


class ConditionIsMet(Refusal):
    """about: condition. There is nothing to let through."""

    code = "condition_is_met"


class PupilsDevice(Refusal):
    """about: code. It stays the pupil's: no erasure without the guardian's consent."""

    code = "pupils_device"


class PupilsPart(Refusal):
    """about: code, the other device. What is in a pupil's device goes into no other."""

    code = "pupils_part"


class NotInStock(Refusal):
    """about: item, quantity the books show."""

    code = "not_in_stock"


class SameDevice(Refusal):
    """about: code. A part cannot move from a device into itself."""

    code = "same_device"


class NotReleased(Refusal):
    """about: code, the conditions still open."""

    code = "not_released"


class OverrideNotAllowed(Refusal):
    """about: condition. This condition of the gate is never waived."""

    code = "override_not_allowed"


class OnlyOneOverride(Refusal):
    """about: how many were asked for."""

    code = "only_one_override"


class NoKitItemFor(Refusal):
    """about: check, item. The item is not in the kit, or does not stand in for the check."""

    code = "no_kit_item_for"


class PartOfSet(Refusal):
    """about: code, head. A set goes whole."""

    code = "part_of_set"


class NotInSet(Refusal):
    """about: code."""

    code = "not_in_set"


class HeadsSet(Refusal):
    """about: code. It heads a set already and cannot join another."""

    code = "heads_set"


class CannotHeadSet(Refusal):
    """about: code, kind. Only a computer heads a set."""

    code = "cannot_head_set"


class SetNotReady(Refusal):
    """about: head, the members that are not ready."""

    code = "set_not_ready"


class CaseHasDevice(Refusal):
    """about: case, device."""

    code = "case_has_device"


class PupilHasCase(Refusal):
    """about: case. Perhaps the same pupil's: the name and the school are the same."""

    code = "pupil_has_case"


class CaseInUse(Refusal):
    """about: case. This case was entered before."""

    code = "case_in_use"


class WrongCase(Refusal):
    """about: device, the case it is kept for, the case that was asked for."""

    code = "wrong_case"


class NotFromHere(Refusal):
    """about: code, place."""

    code = "not_from_here"


class CorrectionNotAllowed(Refusal):
    """about: kind. This kind of event is not corrected but followed by another."""

    code = "correction_not_allowed"


class InvalidCorrection(Refusal):
    """about: kind. The new fields do not fit the event."""

    code = "invalid_correction"


class InTheFuture(Refusal):
    """about: day. Something that was done cannot lie in the future."""

    code = "in_the_future"


class BeforeTheProgramme(Refusal):
    """about: day. Nothing was received before the programme began."""

    code = "before_the_programme"


class NameInUse(Refusal):
    """about: name. Two people of one name could not be told apart at sign-in."""

    code = "name_in_use"


class StillNeeded(Refusal):
    """about: name. Nobody takes themselves off the list, and a point has a lead who may sign in."""

    code = "still_needed"


class NumbersUsedUp(Refusal):
    """about: point. It has no number left for a new code."""

    code = "numbers_used_up"


class NothingToCertify(Refusal):
    """about: device. No disk of it was erased or taken out here."""

    code = "nothing_to_certify"


class NotBelievedYet(Refusal):
    """about: point. The service gave no word for its key: nobody could check what it signs."""

    code = "not_believed_yet"


class UnknownItem(Refusal):
    """about: code. No labelled charger, part or shelf has it."""

    code = "unknown_item"


class NotAShelf(Refusal):
    """about: code. The label is on something else."""

    code = "not_a_shelf"


class ShelfWithoutName(Refusal):
    """A shelf is found by its name."""

    code = "shelf_without_name"


class ShelfOfNoDevice(Refusal):
    """about: code. A shelf belongs to no device."""

    code = "shelf_of_no_device"


class PairedAlready(Refusal):
    """about: code, the device it belongs to or None. Nothing would change."""

    code = "paired_already"


class NotSetAside(Refusal):
    """about: kind. Codes of this kind are given out when they are needed, never before."""

    code = "not_set_aside"


class WorkedOnSince(Refusal):
    """about: code. Its intake cannot be taken back: somebody worked at it."""

    code = "worked_on_since"


class UnknownOffer(Refusal):
    """about: code. Nobody announced anything under it here."""

    code = "unknown_offer"


class OfferOfTheDepartment(Refusal):
    """about: code. What the Department published is corrected there."""

    code = "offer_of_the_department"


class OfferOver(Refusal):
    """about: code. Nothing more is expected under it."""

    code = "offer_over"


class DayMissing(Refusal):
    """about: code. An agreed pick-up has a day."""

    code = "day_missing"


class TooFarAhead(Refusal):
    """about: day. Nobody agrees on a day so far off: the year is mistyped."""

    code = "too_far_ahead"


class DayHasPassed(Refusal):
    """about: day. Nothing can be planned for it any more."""

    code = "day_has_passed"


class NobodyToCall(Refusal):
    """about: code. No telephone number of its donor is known here."""

    code = "nobody_to_call"


class NoSuchCall(Refusal):
    """about: code, topic. Nobody need ring about this any more."""

    code = "no_such_call"


class UnknownPaper(Refusal):
    """about: code. No paper of this point has it."""

    code = "unknown_paper"


class PaperPurged(Refusal):
    """about: code. What the paper said is not kept here, or no longer."""

    code = "paper_purged"


class TooManyOnOnePaper(Refusal):
    """about: how many codes, how many a paper may be about."""

    code = "too_many_on_one_paper"


class NotOnAPaper(Refusal):
    """about: code. Nothing here has it, so no paper can be about it."""

    code = "not_on_a_paper"


class NotAScan(Refusal):
    """about: what the file was said to be. It is no PDF, JPEG or PNG, or another one."""

    code = "not_a_scan"


class ScanTooLarge(Refusal):
    """about: bytes, the most that are kept."""

    code = "scan_too_large"


class AlreadyAttached(Refusal):
    """about: code. This very file was attached to the paper before."""

    code = "already_attached"


class GivenAsWaste(Refusal):
    """about: code. What was left of the device is no longer here."""

    code = "given_as_waste"


class LentToLaptop(Refusal):
    """about: code, the chain of the laptop that took it along. It rests here until that ends."""

    code = "lent_to_laptop"


class NotOnLaptop(Refusal):
    """A laptop that a point lent gives out no codes and lends to nobody."""

    code = "not_on_laptop"


class LaptopExpired(Refusal):
    """about: chain. The laptop's time is over: what it wrote must come home."""

    code = "laptop_expired"


class ImpossibleExpiry(Refusal):
    """about: the longest time in days. A laptop is lent until a time to come, not for ever."""

    code = "impossible_expiry"


class UnknownDelegation(Refusal):
    """about: chain. This point lent no laptop with it."""

    code = "unknown_delegation"


class DelegationOver(Refusal):
    """about: chain, how it ended."""

    code = "delegation_over"


class NotHomeYet(Refusal):
    """about: chain. Nothing the laptop wrote came home yet."""

    code = "not_home_yet"


class NotExpiredYet(Refusal):
    """about: chain. The laptop's time is not over."""

    code = "not_expired_yet"


class NotTheLaptops(Refusal):
    """What came is not what the laptop wrote: it is not whole, or not signed with its key."""

    code = "not_the_laptops"


class NothingToSettle(Refusal):
    """about: event. Nobody has to settle anything about it, or somebody did."""

    code = "nothing_to_settle"


class UnknownPerson(Refusal):
    """about: id. Nothing is kept of this person, or no longer."""

    code = "unknown_person"


class PhotoTakenBefore(Refusal):
    """about: device. This very photo is kept with it."""

    code = "photo_taken_before"


class NoSuchFile(Refusal):
    """about: device. This file is not among what was kept with it."""

    code = "no_such_file"


class NotReleasable(Refusal):
    """about: use. Files of this kind never leave."""

    code = "not_releasable"


class ReleasedBefore(Refusal):
    """about: device. This file may leave already."""

    code = "released_before"


class CaseNotApproved(Refusal):
    """about: case. The Department did not approve it, or took it back."""

    code = "case_not_approved"


class ReceiverWithoutName(Refusal):
    """Who takes waste over must be named."""

    code = "receiver_without_name"


class NoSuchDefect(Refusal):
    """about: code, defect, zone. It was mended before, or never found."""

    code = "no_such_defect"


class AlreadyAtIt(Refusal):
    """about: code. This technician works at the device already."""

    code = "already_at_it"


class NothingTold(Refusal):
    """about: code. The donor told no such password, or it was purged."""

    code = "nothing_told"


class PromisedToOther(Refusal):
    """about: device, case. Its donor chose another pupil."""

    code = "promised_to_other"


class NotPromised(Refusal):
    """about: device. Its donor chose no pupil."""

    code = "not_promised"


class NotADirectGift(Refusal):
    """about: device. It was given through the point."""

    code = "not_a_direct_gift"


class PackedBefore(Refusal):
    """about: device."""

    code = "packed_before"


class NotPackedYet(Refusal):
    """about: device."""

    code = "not_packed_yet"


class NotInBatch(Refusal):
    """about: device, batch. The school did not take it with this one."""

    code = "not_in_batch"


class LineSaidSince(Refusal):
    """about: device. Somebody else said how its line went; whoever confirms looks anew."""

    code = "line_said_since"


class GivenAndBroughtBack(Refusal):
    """about: result. What was signed for did not come back."""

    code = "given_and_brought_back"


class NotWithdrawable(Refusal):
    """about: kind. Another act undoes this one, or a correction puts it right."""

    code = "not_withdrawable"


class WithdrawnBefore(Refusal):
    """about: device. This act was taken back already."""

    code = "withdrawn_before"


class ActedSince(Refusal):
    """about: device. Something was recorded since, so the act cannot simply be taken back."""

    code = "acted_since"
