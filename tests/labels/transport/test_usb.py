"""Pages into a device file: a pipe or a terminal that takes, stalls and goes away."""

import os
import select
import shutil
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from labels.transport import MaybePrinted, NothingSent, Readiness, Reason
from labels.transport.usb import Usb
from tests.station.child import finished

pty = pytest.importorskip("pty", reason="device files are POSIX's")
tty = pytest.importorskip("tty", reason="device files are POSIX's")
PAGE = b"SIZE 50 mm,30 mm\r\n" + bytes(range(256)) * 2000  # more than a pipe holds


@pytest.fixture
def device(tmp_path: Path) -> Path:
    os.mkfifo(tmp_path / "lp0")
    return tmp_path / "lp0"


def test_a_page_arrives_whole_however_little_the_device_takes_at_a_time(device: Path) -> None:
    reader = os.open(device, os.O_RDONLY | os.O_NONBLOCK)
    with ThreadPoolExecutor() as pool:
        sending = pool.submit(Usb(str(device)).send, PAGE, "title")
        came = bytearray()
        while len(came) < len(PAGE):
            with suppress(BlockingIOError):
                came += os.read(reader, 1000)
        sending.result()
    os.close(reader)

    assert bytes(came) == PAGE


def test_a_device_that_is_not_there_was_sent_nothing(tmp_path: Path) -> None:
    missing = Usb(str(tmp_path / "lp9"))

    with pytest.raises(NothingSent) as refused:
        missing.send(PAGE, "title")

    assert refused.value.reason is Reason.UNREACHABLE
    assert missing.ask() == Readiness(ready=False, reason=Reason.UNREACHABLE)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_device_is_never_written_over(tmp_path: Path) -> None:
    letter = tmp_path / "letter.odt"
    letter.write_bytes(b"Dear donor")

    with pytest.raises(NothingSent) as refused:
        Usb(str(letter)).send(PAGE, "title")

    assert refused.value.reason is Reason.REFUSED
    assert Usb(str(letter)).ask() == Readiness(ready=False, reason=Reason.REFUSED)
    assert letter.read_bytes() == b"Dear donor"


def test_a_device_that_nothing_is_behind_was_sent_nothing(device: Path) -> None:
    with pytest.raises(NothingSent) as refused:
        Usb(str(device)).send(PAGE, "title")

    assert refused.value.reason is Reason.UNREACHABLE


def test_a_device_without_the_right_to_it_is_refused(device: Path) -> None:
    device.chmod(0)
    folder = Path(tempfile.mkdtemp())  # pytest's own folders are closed to others
    folder.chmod(0o755)
    there = device.rename(folder / "lp0")

    asked = finished("tests.labels.transport.nobody_prints", there)

    shutil.rmtree(folder)
    assert asked.stdout.strip() == "refused"


def test_a_device_that_stalls_may_have_printed_what_it_took(device: Path) -> None:
    reader = os.open(device, os.O_RDONLY | os.O_NONBLOCK)

    with pytest.raises(MaybePrinted) as broken:
        Usb(str(device), stall_s=0.2).send(PAGE, "title")

    os.close(reader)
    assert broken.value.reason is Reason.TIMED_OUT
    assert f"of {len(PAGE)} bytes" in broken.value.detail


def test_a_device_unplugged_in_the_middle_may_have_printed(device: Path) -> None:
    reader = os.open(device, os.O_RDONLY | os.O_NONBLOCK)

    def unplug_once_it_is_written_to() -> None:
        select.select([reader], [], [], 20)
        os.close(reader)

    unplug = threading.Thread(target=unplug_once_it_is_written_to)
    unplug.start()

    with pytest.raises(MaybePrinted) as broken:
        Usb(str(device), stall_s=5).send(PAGE, "title")

    unplug.join()
    assert broken.value.reason is Reason.BROKEN_OFF


def test_a_device_unplugged_before_it_read_the_last_of_a_page_may_have_printed(
    device: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = os.open(device, os.O_RDONLY | os.O_NONBLOCK)
    write = os.write

    def write_and_unplug(opened: int, piece: memoryview) -> int:
        written = write(opened, piece)
        os.close(reader)
        return written

    monkeypatch.setattr(os, "write", write_and_unplug)
    with pytest.raises(MaybePrinted) as broken:
        Usb(str(device)).send(b"PRINT 1,1\r\n", "title")

    assert broken.value.reason is Reason.BROKEN_OFF


def test_a_device_that_says_it_takes_more_and_takes_nothing_is_not_waited_for_without_end(
    device: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So Linux' driver does while a printer has no paper."""
    reader = os.open(device, os.O_RDONLY | os.O_NONBLOCK)

    def take_nothing(_opened: int, _piece: memoryview) -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "write", take_nothing)
    with pytest.raises(NothingSent) as refused:
        Usb(str(device), stall_s=0.2).send(PAGE, "title")

    os.close(reader)
    assert refused.value.reason is Reason.TIMED_OUT


@pytest.mark.skipif(sys.platform != "linux", reason="/dev/full is Linux's")
def test_a_device_that_says_at_once_that_there_is_no_paper_was_sent_nothing() -> None:
    with pytest.raises(NothingSent) as refused:
        Usb("/dev/full").send(PAGE, "title")

    assert refused.value.reason is Reason.NO_PAPER


def test_a_terminal_is_a_device_like_another() -> None:
    master, slave = pty.openpty()
    try:
        tty.setraw(slave)
        Usb(os.ttyname(slave)).send(b"PRINT 1,1\r\n", "title")
        assert os.read(master, 100) == b"PRINT 1,1\r\n"
    finally:
        os.close(master)
        os.close(slave)
