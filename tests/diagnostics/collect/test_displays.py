from pathlib import Path

from diagnostics.collect.displays import read_displays
from station.machine import Display, Reading
from tests.diagnostics.machine_tree import edid, write_screen


def test_only_connected_screens_are_reported(tmp_path: Path) -> None:
    write_screen(tmp_path, "card0-eDP-1", "connected", edid())
    write_screen(tmp_path, "card0-HDMI-A-1", "disconnected", b"")

    answer = read_displays(tmp_path)

    (panel,) = answer.part.displays
    assert (panel.connector, panel.model, panel.width_px) == ("eDP-1", "NB14-PANEL", 1366)
    assert [(raw.name, raw.data) for raw in answer.raw] == [("edid-bin-card0-eDP-1.bin", edid())]


def test_a_screen_behind_a_bad_cable_is_still_a_screen(tmp_path: Path) -> None:
    write_screen(tmp_path, "card0-VGA-1", "connected", b"")
    write_screen(tmp_path, "card0-eDP-1", "connected", b"\0garbage")

    answer = read_displays(tmp_path)

    assert answer.part.displays == (Display(connector="VGA-1"), Display(connector="eDP-1"))
    assert answer.reading is Reading.UNREADABLE
