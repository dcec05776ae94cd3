"""A real serial line: the other end of a pseudo terminal."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ui.scanning import com_port
from ui.scanning.com_port import ComPort, PortState

pty = pytest.importorskip("pty", reason="Windows has no pseudo terminals")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="as above")


class Cable:
    """A scanner's end of a line that can be pulled and plugged in again under one name."""

    def __init__(self, name: Path) -> None:
        self.name = name
        self._ends: tuple[int, int] | None = None

    def plug_in(self) -> None:
        self._ends = pty.openpty()
        self.name.symlink_to(os.ttyname(self._ends[1]))

    def send(self, data: bytes) -> None:
        assert self._ends is not None
        os.write(self._ends[0], data)

    def pull(self) -> None:
        if self._ends is not None:
            self.name.unlink()
            for end in self._ends:
                os.close(end)
            self._ends = None


@pytest.fixture
def cable(tmp_path: Path) -> Iterator[Cable]:
    cable = Cable(tmp_path / "scanner")
    yield cable
    cable.pull()


@pytest.fixture
def port(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[ComPort]:
    monkeypatch.setattr(com_port, "AGAIN_MS", 50)
    port = ComPort()
    yield port
    port.close()


def test_each_scan_is_told_whatever_its_suffix(qtbot: QtBot, cable: Cable, port: ComPort) -> None:
    heard: list[str] = []
    port.scanned.connect(heard.append)
    cable.plug_in()

    port.listen(str(cable.name), 9600)
    assert port.state is PortState.OPEN
    cable.send(b"0120003457\r\n0120003515\r")
    cable.send(b"\x02L0120000417\x03")
    cable.send(b"NOSUFFIX")

    expected = ["0120003457", "0120003515", "L0120000417", "NOSUFFIX"]
    qtbot.waitUntil(lambda: heard == expected)


def test_the_cable_may_be_pulled_and_plugged_in_again(
    qtbot: QtBot, cable: Cable, port: ComPort
) -> None:
    heard: list[str] = []
    port.scanned.connect(heard.append)
    port.listen(str(cable.name), 9600)
    assert port.state is PortState.MISSING

    cable.plug_in()
    qtbot.waitUntil(lambda: port.state is PortState.OPEN)
    cable.send(b"01200")
    cable.pull()
    qtbot.waitUntil(lambda: port.state is PortState.MISSING)
    cable.plug_in()
    qtbot.waitUntil(lambda: port.state is PortState.OPEN)
    cable.send(b"0120003457\r")
    qtbot.waitUntil(lambda: bool(heard))

    assert heard[-1] == "0120003457"  # half a scan before it melts with nothing


def test_a_point_that_uses_no_port_opens_none(qtbot: QtBot, port: ComPort) -> None:
    port.listen("", 9600)

    assert port.state is PortState.UNUSED
