"""In Vietnamese nothing is said in English: every page and every dialog, text by text."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import structs
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from diagnostics.report import NotAReport, Report
from labels.printer import Printer, Route
from labels.queue.job import Job, Page, PageState
from labels.stocks import stock_named
from labels.transport import Reason
from station import words
from station.codes import grouped, parse
from station.store.store import SqlStore
from tests.labels.examples import label_for
from tests.station import life
from tests.station.conftest import LEAD, NOON
from tests.ui.desks import desk_at
from tests.ui.english import english_in, messages, said_by
from tests.ui.full_point import fill
from tests.ui.workplaces import workplace_at
from ui.act_dialog import ActDialog
from ui.background import Background
from ui.desk import Desk
from ui.device.acts import BenchAct
from ui.device.dialogs import dialog_for
from ui.device.judged import judge
from ui.device.opened import ask_device
from ui.device.page import DevicePage
from ui.first.start import FirstStart
from ui.giving.gift_dialogs import DirectGiftDialog, ReleasePromiseDialog
from ui.giving.given_dialogs import FreeDialog, GiveBackDialog, ReturnDialog, TakeBackDialog
from ui.giving.handover_lists import given_line
from ui.intake.refuse_dialog import RefuseDialog
from ui.leave_dialog import LeaveDialog
from ui.leaving_page import LeavingPage
from ui.password_dialog import PasswordDialog
from ui.prints import print_words
from ui.prints.preview import Preview
from ui.prints.previewed import labels_to_preview
from ui.prints.printer_words import LANGUAGES, ROUTES, TROUBLES
from ui.prints.printers import NamedPrinter
from ui.prints.scan_back import CODE, judge_scan, judge_typed
from ui.prints.scan_back_dialog import ScanBackDialog
from ui.qt_words import QtWords
from ui.rename_dialog import RenameDialog
from ui.reports.bringing import Brought
from ui.reports.diagnosing import KeptReport
from ui.reports.inbox_dialogs import BroughtDialog, DismissDialog, LinkDialog
from ui.reports.inbox_lines import InboxLine
from ui.reports.pairing import PairDialog
from ui.reports.report_differs_dialog import ReportDiffersDialog
from ui.shortcut_list import ShortcutList
from ui.sign_in import SignIn
from ui.stock.labels_dialog import LabelsDialog
from ui.workplace import Workplace


@pytest.fixture(autouse=True)
def vietnamese(qapp: QApplication) -> Iterator[None]:
    words.use("vi")
    translator = QtWords(qapp)
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


@pytest.fixture
def workplace(qtbot: QtBot, store: SqlStore, tmp_path: Path) -> Iterator[Workplace]:
    """The whole window, not shown yet."""
    with desk_at(store, LEAD) as desk, workplace_at(qtbot, desk, store, tmp_path) as place:
        yield place


UNDER_OTHERS = (
    "parts",
    "inbox",
    "tasks",
    "printers",
    "prints",
    "labels",
    "blanks",
    "shelves",
    "sending",
    "waste",
)
"""Pages without an entry in the navigation."""


def settle(qtbot: QtBot, desk: Desk) -> None:
    """Wait until everything that was asked so far is answered, and what those answers asked."""
    for _round in range(3):
        answers: list[object] = []
        desk.ask(lambda _store: None, answers.append, answers.append)
        qtbot.waitUntil(lambda: bool(answers))  # noqa: B023 -- waited for within the round


# ---- the tests ----


def test_english_is_recognised() -> None:
    known = ["Chưa thử", "Wi-Fi", "Dell Latitude E7450", "S/N 8XK2F32", "012 000001 5 · hôm nay"]
    spoken = ["Untested", "Kept for case H 012 000001 6", "Chưa thử · 3 days left", "Try it"]

    assert english_in(known + spoken) == sorted(spoken)


def test_the_compiled_catalog_is_the_one_that_stands_here() -> None:
    alone = [known for known in messages() if isinstance(known.id, str) and not known.context]

    stale = [known.id for known in alone if words._(str(known.id)) != known.string]
    assert stale == [], "the catalog changed; make setup compiles it"


@pytest.mark.parametrize("filled", [False, True], ids=["an empty store", "a filled store"])
def test_no_page_speaks_english(
    qtbot: QtBot, store: SqlStore, workplace: Workplace, filled: bool
) -> None:
    devices = fill(store) if filled else ()
    workplace.show()
    for entry in workplace.window.navigation.findChildren(QAbstractButton):
        if entry.isCheckable():  # a page's entry
            entry.click()
            settle(qtbot, workplace.desk)
    for page in UNDER_OTHERS:
        workplace.window.show_page(page)
        settle(qtbot, workplace.desk)

    said = set(said_by(workplace.window))
    assert said >= {grouped(code) for code in devices}
    queues = set(QPrinterInfo.availablePrinterNames())  # the machine's own names
    assert english_in(said - queues) == []


def test_no_device_of_any_stage_speaks_english(
    qtbot: QtBot, store: SqlStore, workplace: Workplace
) -> None:
    for code in fill(store):
        workplace.routes.open_device(code)
        page = workplace.window.page("device")
        assert isinstance(page, DevicePage)
        settle(qtbot, workplace.desk)
        assert page.opened is not None
        assert page.opened.device.code == code
        assert english_in(said_by(page)) == []


def dialogs_of(store: SqlStore, code: str, parent: QWidget) -> Iterator[ActDialog]:
    """Every dialog that an act on this device may open."""
    judged = judge(ask_device(code, store), store.reference, NOON)
    asked = (dialog_for(act, judged, store.reference, parent) for act in BenchAct)
    yield from (dialog for dialog in asked if dialog is not None)
    if judged.device.serial:
        report = KeptReport(Report(life.machine("8XK2F33"), (), "judge-2021-09-10"), "", Path())
        yield ReportDiffersDialog(judged.device, report, store.reference, parent)
    line = given_line(store, code)
    if line is not None:
        yield from (
            dialog(line, store.reference, parent)
            for dialog in (FreeDialog, TakeBackDialog, ReturnDialog, GiveBackDialog)
        )
        yield DirectGiftDialog(line.case.code, "", store.reference, parent)
        yield ReleasePromiseDialog(line.device, store.reference, parent)


WAITS = InboxLine("00" * 32, "ACME Nimbus 14", "", "482913")


def test_no_dialog_speaks_english(qtbot: QtBot, store: SqlStore, workplace: Workplace) -> None:
    window, reference = workplace.window, store.reference
    opened: list[QWidget] = [
        dialog for code in fill(store) for dialog in dialogs_of(store, code, window)
    ]
    opened += [
        RefuseDialog(None, reference, window),
        RenameDialog(store.operators()[0], window),
        ShortcutList(window),
        SignIn(store.operators(), window),
        FirstStart(reference.points(NOON.day), [store.standing()], window),
        LeaveDialog("", window),
        LinkDialog(WAITS, "", reference, window),
        DismissDialog(WAITS, reference, window),
        BroughtDialog([Brought("a.json", problem=NotAReport())], reference, window),
        PairDialog("", "", reference, window),
        PasswordDialog(new=True),
        LabelsDialog((("012 000001 5", ("0120000015",)),), window),
        ScanBackDialog(reference, window),
    ]
    for dialog in opened:
        if isinstance(dialog, ActDialog):
            dialog.act()  # what is missing is said beside its fields
        assert english_in(said_by(dialog)) == [], dialog.objectName()


def test_no_preview_speaks_english(qtbot: QtBot, store: SqlStore, workplace: Workplace) -> None:
    sheets = NamedPrinter("Tem A4", Printer(Route.SYSTEM, "HP", stock="a4-tomy-145"))
    described = labels_to_preview(
        "Tem thiết bị", "tem", [label_for()], lambda named: stock_named(named.printer.stock)
    )
    background = Background("preview")
    preview = Preview(
        described,
        background,
        store.reference,
        workplace.window,
        printers=[sheets],
        chosen=sheets,
    )
    preview.show()
    qtbot.waitUntil(preview.print.isEnabled, timeout=20_000)
    for look in (preview.view.true_size, lambda: preview.view.zoom_by(2), preview.view.fit):
        look()
        assert english_in(said_by(preview)) == []
    preview.close()
    background.close()


def test_a_trial_and_a_scan_back_speak_no_english(
    qtbot: QtBot, store: SqlStore, workplace: Workplace
) -> None:
    said = [word() for seen, help_ in TROUBLES for word in (seen, help_)]
    said += [word() for word in (*ROUTES.values(), *LANGUAGES.values())]
    said += [judge_scan(raw, store.reference).sentence for raw in (CODE, "0120003457", "12", "ạ")]
    said.append(judge_typed("12").sentence)

    assert english_in(said) == []


def test_no_print_job_speaks_english() -> None:
    page = Page(("0120000015",), "")
    job = Job(
        id="1",
        title="Tem 012 000001 5",
        kind="labels",
        printer=Printer(),
        pages=(page,),
        added_at=NOON.at,
    )
    jobs = [job, structs.replace(job, kind="paper")]
    jobs += [job.with_page(0, state=state) for state in PageState]
    jobs += [structs.replace(each, reason=reason) for each in jobs for reason in Reason]
    jobs += [structs.replace(each, stopped=True) for each in jobs]
    said = [
        says(each) for each in jobs for says in (print_words.state_words, print_words.what_to_do)
    ]
    assert english_in(said) == []


def test_qt_itself_speaks_no_english(qtbot: QtBot, tmp_path: Path) -> None:
    box = QMessageBox()
    box.setStandardButtons(QMessageBox.StandardButton.Ok | QMessageBox.StandardButton.Cancel)
    line, note = QLineEdit(), QPlainTextEdit()
    menus = [line.createStandardContextMenu(), note.createStandardContextMenu()]
    file = QFileDialog(directory=str(tmp_path))
    file.setOption(QFileDialog.Option.DontUseNativeDialog)
    saving = QFileDialog(directory=str(tmp_path))
    saving.setOption(QFileDialog.Option.DontUseNativeDialog)
    saving.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    for window in (box, line, note, file, saving, *menus):
        qtbot.addWidget(window)
        window.ensurePolished()

    said = {
        text.replace("&", "") for window in (box, *menus, file, saving) for text in said_by(window)
    }
    assert {"Đồng ý", "Hủy", "Dán\tCtrl+V", "Chọn tất cả\tCtrl+A", "Thư mục mới"} <= said
    assert english_in(text for text in said if not text.startswith("/")) == []  # but paths


@pytest.mark.parametrize("name", ["sending", "waste"])
def test_no_device_that_leaves_or_may_not_leave_speaks_english(
    qtbot: QtBot, store: SqlStore, workplace: Workplace, name: str
) -> None:
    devices = fill(store)
    page = workplace.window.page(name)
    assert isinstance(page, LeavingPage)
    workplace.show()
    workplace.window.show_page(name)
    for code in (*devices, *devices):  # each is put down or refused, then named
        assert page.take_scan(parse(code))
        settle(qtbot, workplace.desk)
        assert english_in(said_by(page)) == []
    assert page.codes()

    page.leave.click()  # nobody said where to

    assert english_in([*said_by(page), page.unfinished()]) == []
