import errno
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from diagnostics import endings
from diagnostics.collect.adb import NoTablet, Trouble
from diagnostics.collect.folder import NothingCollected
from diagnostics.judge import policy as judging
from diagnostics.report import NewerReport, NotAReport
from diagnostics.report_file import ReportTooLong
from diagnostics.shelf import DamagedReport
from labels.filling import TooFewCopies
from labels.fonts import FontMissing, LabelFontMissing
from labels.imposition import NoSuchPlace, OffThePage
from labels.label_layout import LabelTooSmall
from labels.paper_words import TemplateWord, UnreadableTemplate
from labels.queue.kept import NoSuchJob, QueueFull, QueueUnusable
from labels.queue.lock import QueueInUse
from labels.stock import UnknownStock
from labels.stocks import Mistake, UnreadableStocks, stock_named
from labels.template import UnknownPaper
from station import codes, ledger, ports, text
from station import refusals as r
from station.device import Device, Stage
from station.operators import Role
from station.reference import UnknownReference, load
from station.store.backup.archive import NotABackup
from station.store.backup.recovery import NoRecovery, RecoveryNeeded
from station.store.backup.restoring import NotSound
from station.store.shared.cluster import NoServerPrograms, ServerDoesNotStart
from station.store.shared.moving import MovedWrong
from station.store.shared.passes import NotAPass, PassDamaged
from sync import pairing, problems
from sync.enrolling import OtherPoint
from sync.lan_receiver import CannotListen
from ui.background import BackgroundClosed
from ui.opening import AlreadyOpen, PasswordNeeded
from ui.papers.history import NothingToSay
from ui.refusal_words import SENTENCES
from ui.reports.inbox_acts import ReportDiffers
from ui.reports.pairing import CalledByAnother, NoSuchShortForm
from ui.reports.receiving import NotListening
from ui.settings import NoServiceAddress, UnreadableSettings
from ui.wording import explain
from ui.working_window import WorkStopped

A, B = "0120000012", "0120000024"
CASE = codes.make(codes.CodeKind.CASE, 12, 1)
PART = codes.make(codes.CodeKind.PART, 12, 1)
PAPER = codes.make(codes.CodeKind.PAPER, 12, 1)
CHAIN = ledger.ChainId(12, 1)

REFUSALS: tuple[r.Refusal, ...] = (
    r.PromisedToOther(A, CASE),
    r.NotPromised(A),
    r.NotADirectGift(A),
    r.PackedBefore(A),
    r.NotWithdrawable("StorageErased"),
    r.WithdrawnBefore(A),
    r.NotPackedYet(A),
    r.NotInBatch(A, codes.make(codes.CodeKind.LOT, 12, 1)),
    r.LineSaidSince(A),
    r.GivenAndBroughtBack("signed"),
    r.ActedSince(A),
    r.NotYourRole(Role.BENCH, (Role.INTAKE, Role.LEAD)),
    r.UnknownDevice(A),
    r.UnknownCase(CASE),
    r.UnknownLot(codes.make(codes.CodeKind.LOT, 12, 1)),
    r.UnknownEvent("ab" * 32),
    r.CodeInUse(A),
    r.NotOurCode(A),
    r.SerialInUse("8XK2F32", A),
    r.NotInThisStage(A, Stage.RETIRED, (Stage.READY,)),
    r.OnHold(A, "waiting-for-part"),
    r.NotOnHold(A),
    r.AlreadyOnHold(A, "waiting-for-part"),
    r.ImpossibleCount(0),
    r.NotInLot(7),
    r.DonorWithoutName(),
    r.NothingToRecord(),
    r.NoSuchDefect("0120003457", "scratches", "lid"),
    r.AlreadyAtIt("0120003457"),
    r.NothingTold("0120003457"),
    r.HandEntryNotAllowed("bat.health"),
    r.SystemDoesNotFit("windows-10", "tablet"),
    r.LicenceDoesNotFit("windows-10", "free-system"),
    r.ReportOfAnother(A, B),
    r.ReportInUse(A),
    r.DiskNotNamed(A),
    r.PupilsDevice(A),
    r.NotInStock("ssd-240gb", 0),
    r.SameDevice(A),
    r.NotReleased(A, ("locks", "cam.frames")),
    r.OverrideNotAllowed("erasure"),
    r.OnlyOneOverride(2),
    r.NoKitItemFor("cam.frames", "headset"),
    r.PartOfSet(A, B),
    r.NotInSet(A),
    r.HeadsSet(A),
    r.CannotHeadSet(A, "monitor"),
    r.SetNotReady(A, (B,)),
    r.CaseHasDevice(CASE, A),
    r.CaseInUse(CASE),
    r.PupilHasCase(CASE),
    r.WrongCase(A, None, CASE),
    r.NotFromHere(A, "point-012"),
    r.CorrectionNotAllowed("HandedOver"),
    r.InvalidCorrection("Received"),
    r.InTheFuture(date(2031, 1, 2)),
    r.BeforeTheProgramme(date(2019, 1, 2)),
    r.NameInUse("Lan"),
    r.StillNeeded("Lan"),
    r.NumbersUsedUp(12),
    r.PupilsPart(A, B),
    r.NotASchool("vnpt-tay-ninh"),
    r.SchoolTakesBatches("truong-th-go-dau"),
    r.OtherSchool(CASE, "a", "b"),
    r.NotACommune("72"),
    r.NotAnOffer("V1"),
    r.ConditionIsMet("kit"),
    r.UnknownItem(PART),
    r.NotAShelf(PART),
    r.ShelfWithoutName(),
    r.ShelfOfNoDevice(A),
    r.PairedAlready(PART, A),
    r.PairedAlready(PART, None),
    r.NotSetAside("case"),
    r.WorkedOnSince(PAPER),
    r.UnknownOffer(PAPER),
    r.OfferOfTheDepartment(PAPER),
    r.OfferOver(PAPER),
    r.DayMissing(PAPER),
    r.TooFarAhead(date(2031, 1, 2)),
    r.DayHasPassed(date(2021, 10, 2)),
    r.NobodyToCall(PAPER),
    r.NoSuchCall(PAPER, "lock"),
    r.UnknownPaper(PAPER),
    r.PaperPurged(PAPER),
    r.TooManyOnOnePaper(700, 600),
    r.NotOnAPaper(A),
    r.NotAScan("tiff"),
    r.ScanTooLarge(21 * 2**20, 20 * 2**20),
    r.AlreadyAttached(PAPER),
    r.GivenAsWaste(A),
    r.ReceiverWithoutName(),
    r.LentToLaptop(A, CHAIN),
    r.NothingToCertify(A),
    r.NotBelievedYet(12),
    r.CaseNotApproved(CASE),
    r.NotOnLaptop(),
    r.LaptopExpired(CHAIN),
    r.ImpossibleExpiry(14),
    r.UnknownDelegation(CHAIN),
    r.DelegationOver(CHAIN, "revoked"),
    r.NotHomeYet(CHAIN),
    r.NotExpiredYet(CHAIN),
    r.NotTheLaptops(),
    r.NothingToSettle("ab"),
    r.UnknownPerson("ab"),
    r.PhotoTakenBefore(A),
    r.NoSuchFile(A),
    r.NotReleasable("scan"),
    r.ReleasedBefore(A),
)

OTHERS: tuple[Exception, ...] = (
    codes.EmptyScan(""),
    codes.NotAscii("ư"),
    codes.ControlCharacters("\x00"),
    codes.NotACode("8XK2F32"),
    codes.UnknownPrefix("X", "X"),
    codes.WrongLength("123", 10, 3),
    codes.WrongCheckDigit("1"),
    codes.NoSuchPoint("1"),
    codes.NoSuchNumber("1"),
    text.TooLong(100),
    text.ControlCharacter(),
    text.LegacyEncoding(),
    text.NotADeviceWord(),
    text.Placeholder(),
    text.PhoneInAWord(),
    text.NotAPhone(),
    text.PhoneAsName(),
    UnknownReference("kinds", "abacus"),
    ports.StoreFull(),
    ports.StoreReadOnly(),
    ports.StoreBusy(),
    ports.StoreUnreachable(),
    ports.StoreLockedOut(),
    ports.StoreUncertain(),
    ports.StoreUnreadable(),
    ports.NotAnAddress(),
    ports.StoreTooNew(),
    ports.StoreTooOld(),
    ports.StoreEmpty(),
    NoServerPrograms(),
    ServerDoesNotStart("pg_ctl: could not start server"),
    MovedWrong(),
    NotAPass(),
    PassDamaged(),
    WorkStopped(),
    ports.PlaceMissing(),
    ports.BackupDamaged(),
    NotABackup(),
    NotSound(),
    NoRecovery(),
    RecoveryNeeded(),
    ports.StoreExists(),
    ports.WrongKey(),
    ports.KeyMissing(),
    ledger.Gap(CHAIN, 1),
    ledger.Fork(CHAIN, 1),
    ledger.ChangedEvent(CHAIN, 1),
    ledger.UnreadableEntry(),
    problems.Offline(),
    problems.TimedOut(),
    problems.ServiceUnavailable(),
    problems.StrangeAnswer(),
    problems.ServiceRefused("fork", 3),
    problems.TooLarge("too_large"),
    *(kind(CHAIN) for kind in (problems.NotEnrolled, problems.Revoked, problems.BadSignature)),
    problems.NotTheService(),
    problems.CorruptItem("own", 7),
    problems.Stopped(),
    OtherPoint(13),
    problems.IncompleteAnswer(),
    problems.ChainAhead(CHAIN, 9),
    problems.ChainStuck(CHAIN, 9),
    NoTablet(Trouble.NOT_ALLOWED, ["R52M"]),
    NothingCollected("E:/stick"),
    endings.SourceMissing(),
    endings.NotPermitted(),
    endings.TimedOut(),
    endings.UnreadableReport(),
    NotAReport(),
    DamagedReport(),
    ReportTooLong(),
    ReportDiffers(Device(A, serial="8XK2F32"), "OTHER1"),
    pairing.CodeTaken(),
    pairing.NotWaiting(),
    NotListening(),
    CannotListen(),
    NoSuchShortForm(),
    CalledByAnother(),
    NewerReport(),
    judging.UnusablePolicy(),
    FontMissing(["Liberation Serif"]),
    UnreadableTemplate("words.toml", "no TOML"),
    TemplateWord("words.toml", "title", "pupil"),
    UnknownPaper("diploma"),
    NothingToSay("0120003457"),
    TooFewCopies(1, 2),
    LabelTooSmall(stock_named("35x22")),
    UnknownStock("9x9"),
    UnreadableStocks("stocks.toml", Mistake.TOO_WIDE, "mine", "columns"),
    LabelFontMissing("Inter-Bold"),
    NoSuchPlace(66, 65),
    OffThePage(stock_named("35x22")),
    QueueInUse(),
    QueueUnusable(),
    QueueFull(),
    NoSuchJob(),
    AlreadyOpen(),
    PasswordNeeded(new=True),
    BackgroundClosed(),
    FileNotFoundError("x"),
    PermissionError("x"),
    FileExistsError(17, "x", "/a"),
    NotADirectoryError(20, "x", "/b"),
    OSError(30, "x", "/c"),
    UnreadableSettings(Path("settings.json")),
    NoServiceAddress("foo"),
)


def kinds_of(root: type[Exception]) -> Iterator[type[Exception]]:
    for kind in root.__subclasses__():
        yield kind
        yield from kinds_of(kind)


def test_every_refusal_has_its_words() -> None:
    assert set(SENTENCES) == set(kinds_of(r.Refusal)) == {type(one) for one in REFUSALS}


@pytest.mark.parametrize(
    "root",
    [
        codes.BadCode,
        text.BadText,
        ports.StoreProblem,
        problems.SyncProblem,
        ledger.BrokenLedger,
        endings.ReadingFailed,
    ],
)
def test_every_problem_of_a_family_is_among_the_examples(root: type[Exception]) -> None:
    named = {kind for kind in kinds_of(root) if not kind.__name__.startswith("_")}
    assert named <= {type(one) for one in OTHERS}


def test_each_error_has_a_sentence_of_its_own() -> None:
    sentences = [explain(error, load()) for error in (*REFUSALS, *OTHERS)]

    assert len(set(sentences)) == len(sentences)
    for sentence in sentences:
        assert "mistake of the program" not in sentence
        assert sentence.endswith((".", "…"))
        assert "{" not in sentence


def test_a_refusal_names_what_it_is_about() -> None:
    sentence = explain(r.SerialInUse("8XK2F32", A), load())

    assert "8XK2F32" in sentence
    assert codes.grouped(A) in sentence


def test_a_new_kind_of_a_known_family_is_explained_as_its_family() -> None:
    class LineCut(problems.Offline):
        """A kind that came later."""

        code = "line_cut"

    assert explain(LineCut(), load()) == explain(problems.Offline(), load())


def test_what_nobody_foresaw_is_our_mistake_with_a_code() -> None:
    sentence = explain(ZeroDivisionError("x"), load())

    assert "mistake of the program" in sentence
    assert "ZeroDivisionError" in sentence


def test_what_was_scanned_is_never_repeated_in_a_sentence() -> None:
    secret = "0912345678 Hoa"

    assert secret not in explain(codes.NotACode(secret), load())


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "is full"),
        (errno.EROFS, "can only be read"),
        (errno.EIO, "does not answer"),
        (errno.EBUSY, "cannot use a file"),
    ],
)
def test_what_a_disk_or_stick_says_is_told_with_what_to_do(number: int, said: str) -> None:
    assert said in explain(OSError(number, "the system's words"), load())
