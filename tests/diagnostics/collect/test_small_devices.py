"""Cameras, sound cards, thermometers, fans, clocks: a folder of the kernel each."""

import sys
import time
from pathlib import Path

import pytest

from diagnostics.collect.cameras import read_cameras
from diagnostics.collect.clock import read_clock
from diagnostics.collect.sensors import read_sensors
from diagnostics.collect.sound import read_sound
from diagnostics.endings import SourceMissing
from station.machine import Camera, Fan, SoundCard, Temperature
from tests.diagnostics.machine_tree import write, write_laptop

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads Linux's own folders")


def test_a_camera_with_two_nodes_is_one_camera(tmp_path: Path) -> None:
    assert read_cameras(write_laptop(tmp_path)).part.cameras == (
        Camera(name="HD Camera: HD Camera", node="video0", usb_id="ac03:b221"),
    )


def test_a_sound_card_says_its_directions(tmp_path: Path) -> None:
    assert read_sound(write_laptop(tmp_path)).part.sound_cards == (
        SoundCard("HDA ACME HDMI", "HDA-ACME", playback=True, capture=False),
        SoundCard("HDA ACME PCH", "HDA-ACME", playback=True, capture=True),
    )


def test_a_kernel_without_streams_still_names_its_cards(tmp_path: Path) -> None:
    write(tmp_path / "proc/asound/cards", "--- no soundcards ---\n")

    assert read_sound(tmp_path).part.sound_cards == ()


def test_thermometers_and_fans_are_read_once_each(tmp_path: Path) -> None:
    part = read_sensors(write_laptop(tmp_path)).part

    assert part.temperatures == (
        Temperature("coretemp Package id 0", 475, 1000),
        Temperature("acpitz", 410, 1050),
    )
    assert part.fans == (Fan("coretemp fan1", 2350),)


def test_a_machine_without_thermometers_has_no_such_source(tmp_path: Path) -> None:
    with pytest.raises(SourceMissing):
        read_sensors(tmp_path)


def test_the_clocks_are_read_within_one_moment(tmp_path: Path) -> None:
    before = int(time.time())

    clock = read_clock(write_laptop(tmp_path)).part.clock

    assert before <= (clock.system_epoch_s or 0) <= time.time()
    assert (clock.rtc_epoch_s, clock.uptime_s) == (1700000000, 3600)


def test_a_board_without_a_clock_does_not_say(tmp_path: Path) -> None:
    clock = read_clock(tmp_path).part.clock

    assert (clock.rtc_epoch_s, clock.uptime_s) == (None, None)
