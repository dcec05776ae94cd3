"""A tablet at the bench is read over its cable, as a laptop is from itself."""

import os
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from station import bench
from station.store.store import SqlStore
from tests.diagnostics.collect.test_android import ONE, adb
from tests.station import life
from tests.station.conftest import NOON, TECHNICIAN
from tests.ui.device_desk import child, station_at
from ui.device.acts import BenchAct

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="puts a script named adb on PATH")


def put_on_path(folder: Path, devices: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small adb, the first one on the PATH."""
    python, tool = adb(folder, devices)
    (folder / "adb").write_text(f'#!/bin/sh\nexec "{python}" "{tool}" "$@"\n')
    (folder / "adb").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


def test_a_tablet_is_read_and_its_report_recorded(
    qtbot: QtBot, store: SqlStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_on_path(tmp_path, ONE, monkeypatch)
    tablet = life.receive(store, kind="tablet", maker=None, model=None)
    bench.take_to_bench(tablet, store, TECHNICIAN, NOON)
    with station_at(qtbot, store, TECHNICIAN, tmp_path / "reports") as at:
        at.open(tablet)
        child(at.page, QAction, BenchAct.READ_TABLET).trigger()
        at.until(lambda: at.device(tablet).machine is not None)

        machine = at.device(tablet).machine

    assert machine is not None
    assert machine.serial == "AC8X0001"


def test_a_tablet_that_does_not_trust_this_pc_is_worded(
    qtbot: QtBot, store: SqlStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_on_path(tmp_path, "List of devices attached\nAC8X0001\tunauthorized\n", monkeypatch)
    tablet = life.receive(store, kind="tablet", maker=None, model=None)
    bench.take_to_bench(tablet, store, TECHNICIAN, NOON)
    with station_at(qtbot, store, TECHNICIAN, tmp_path / "reports") as at:
        at.open(tablet)
        child(at.page, QAction, BenchAct.READ_TABLET).trigger()
        at.until(lambda: "does not trust" in at.page.run_line.text)

        assert at.device(tablet).machine is None


def test_a_laptop_has_no_cable_to_be_read_over(
    qtbot: QtBot, store: SqlStore, tmp_path: Path
) -> None:
    laptop = life.receive(store)
    bench.take_to_bench(laptop, store, TECHNICIAN, NOON)
    with station_at(qtbot, store, TECHNICIAN, tmp_path / "reports") as at:
        at.open(laptop)

        assert not child(at.page, QAction, BenchAct.READ_TABLET).isVisible()
