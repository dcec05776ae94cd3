import struct
import subprocess
import sys
import wave
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from scripts.make_sounds import BAD, GOOD, WARNING, samples
from ui.scanning.sounds import ScanSounds

SOUNDS = Path("resources/sounds")


@pytest.mark.parametrize(("name", "tones"), [("good", GOOD), ("warning", WARNING), ("bad", BAD)])
def test_the_sounds_are_those_the_script_makes(name: str, tones: list[tuple[int, float]]) -> None:
    with wave.open(str(SOUNDS / f"{name}.wav")) as file:
        frames = file.readframes(file.getnframes())
        seconds = file.getnframes() / file.getframerate()

    assert frames == struct.pack(f"<{len(frames) // 2}h", *samples(tones))
    assert 0.1 <= seconds <= 0.3


def test_a_computer_without_sound_still_works(qapp: QApplication) -> None:
    sounds = ScanSounds()

    sounds.good()
    sounds.warning()
    sounds.bad()


def test_a_muted_pc_does_not_even_load_its_sounds(qapp: QApplication) -> None:
    sounds = ScanSounds()
    sounds.muted = True

    sounds.bad()

    assert sounds.loaded == ()


def test_the_window_starts_without_multimedia_and_network() -> None:
    """Also printing: each is loaded by whoever first needs it."""
    shell = "ui.main_window, ui.scanning.sounds, ui.tables, ui.timeline"
    code = f"import sys, {shell}; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    loaded = set(ran.stdout.split())
    assert "ui.main_window" in loaded
    assert not loaded & {"PySide6.QtMultimedia", "PySide6.QtNetwork", "PySide6.QtPrintSupport"}
