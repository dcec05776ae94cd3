"""Pages through the Windows spooler, tried on one that behaves as documented, not on Windows."""

import sys

import pytest

from labels.transport import MaybePrinted, NothingSent, Readiness, Reason, StillWaiting
from labels.transport.spooler import Spooler
from tests.labels.transport.windows_spooler import WindowsSpooler

PAGE = b"SIZE 50 mm,30 mm\r\n\x00\xffPRINT 1,1\r\n"
OFFLINE, PAPER_OUT, DELETING, PRINTED = 0x20, 0x40, 0x04, 0x80


@pytest.fixture
def windows() -> WindowsSpooler:
    return WindowsSpooler()


@pytest.fixture
def spooler(windows: WindowsSpooler) -> Spooler:
    return Spooler("XP-365B", windows, patience_s=0.3)


def test_a_page_is_spooled_whole_however_little_is_taken_at_a_time(
    windows: WindowsSpooler, spooler: Spooler
) -> None:
    windows.takes_at_once = 3
    windows.events = [lambda: None, windows.print_job]

    spooler.send(PAGE, "title")

    assert windows.printed == [PAGE]


def test_a_kept_job_that_is_flagged_as_printed_is_printed(
    windows: WindowsSpooler, spooler: Spooler
) -> None:
    windows.events = [lambda: windows.flag(PRINTED)]

    spooler.send(PAGE, "title")


def test_the_ticket_is_noted_before_the_first_byte(
    windows: WindowsSpooler, spooler: Spooler
) -> None:
    def die(ticket: str) -> None:
        raise KeyboardInterrupt(ticket)

    with pytest.raises(KeyboardInterrupt, match="1:title"):
        spooler.hand_over(PAGE, "title", die)

    assert windows.jobs[1]["data"] == b""


@pytest.mark.parametrize(
    ("flag", "reason"), [(OFFLINE, Reason.UNREACHABLE), (PAPER_OUT, Reason.NO_PAPER)]
)
def test_a_printer_in_trouble_keeps_the_page_in_the_queue(
    windows: WindowsSpooler, spooler: Spooler, flag: int, reason: Reason
) -> None:
    windows.events = [lambda: windows.flag(flag)]

    with pytest.raises(StillWaiting) as waiting:
        spooler.send(PAGE, "title")

    assert waiting.value.reason is reason
    windows.events = [lambda: windows.flag(0x10), windows.print_job]
    spooler.follow("1:title")
    assert windows.printed == [PAGE]


def test_a_page_deleted_by_somebody_is_no_printed_page(
    windows: WindowsSpooler, spooler: Spooler
) -> None:
    windows.events = [lambda: windows.flag(DELETING)]

    with pytest.raises(MaybePrinted) as deleted:
        spooler.send(PAGE, "title")

    assert deleted.value.reason is Reason.CANCELLED


def test_a_page_that_left_the_queue_of_a_printer_without_paper_is_uncertain(
    windows: WindowsSpooler, spooler: Spooler
) -> None:
    windows.events = [lambda: windows.flag(PAPER_OUT), windows.jobs.clear]

    with pytest.raises(MaybePrinted) as gone:
        spooler.send(PAGE, "title")

    assert gone.value.reason is Reason.NO_PAPER


def test_a_page_that_was_gone_at_the_first_look_after_a_restart_is_uncertain(
    windows: WindowsSpooler, spooler: Spooler
) -> None:
    with pytest.raises(MaybePrinted):
        spooler.follow("7:title")


def test_a_number_that_came_again_is_another_job(windows: WindowsSpooler, spooler: Spooler) -> None:
    windows.StartDocPrinter(windows.OpenPrinter("XP-365B"), 1, ("somebody's letter", None, "RAW"))

    with pytest.raises(MaybePrinted):
        spooler.follow("1:title")
    assert not spooler.take_back("1:title")

    assert 1 in windows.jobs


def test_a_page_is_taken_back(windows: WindowsSpooler, spooler: Spooler) -> None:
    with pytest.raises(StillWaiting):
        spooler.send(PAGE, "title")

    assert not spooler.take_back("1:title")  # Windows does not tell whether it began

    assert windows.jobs == {}


@pytest.mark.parametrize(("full_after", "raised"), [(0, NothingSent), (10, MaybePrinted)])
def test_what_breaks_off_is_aborted(
    windows: WindowsSpooler, spooler: Spooler, full_after: int, raised: type[Exception]
) -> None:
    windows.takes_at_once, windows.full_after = 5, full_after

    with pytest.raises(raised):
        spooler.send(PAGE, "title")

    assert windows.jobs == {}


def test_a_queue_that_does_not_exist_refuses(windows: WindowsSpooler) -> None:
    other = Spooler("XP-420B", windows)

    with pytest.raises(NothingSent) as refused:
        other.send(PAGE, "title")

    assert refused.value.reason is Reason.REFUSED
    assert other.ask() == Readiness(ready=False, reason=Reason.REFUSED)


def test_what_windows_was_told_of_the_printer_is_told(
    windows: WindowsSpooler, spooler: Spooler
) -> None:
    assert spooler.ask() == Readiness(ready=None)
    windows.printer_status = 0x10
    assert spooler.ask() == Readiness(ready=False, reason=Reason.NO_PAPER)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has a spooler")
def test_elsewhere_the_way_is_not_here() -> None:
    assert Spooler("XP-365B").ask() == Readiness(ready=False, reason=Reason.NOT_HERE)
