"""The runner's screens as pictures: `python -m ui.runner.pictures --out FOLDER`.

The machine in them is invented; so is the station. What is painted is the window itself.
"""

import argparse
import sys
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from msgspec import Struct, structs
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from diagnostics.diagnose import judged
from diagnostics.judge import policy
from diagnostics.profile import Profile
from diagnostics.progress import Listener, Progress, Step, StepState
from diagnostics.report import Report, decode, encode
from diagnostics.trial import Ending, Trial
from station.checks import Measurement
from station.machine import (
    Battery,
    Camera,
    Cpu,
    Disk,
    Machine,
    MemoryModule,
    NetworkAdapter,
    Reading,
    Section,
    SoundCard,
    System,
)
from sync.lan import Outcome as LanOutcome
from sync.lan import Sent, Unreachable, Waiting, Why
from sync.lan_discovery import Station
from ui.dressing import dressed_application, speak
from ui.hand import Hand
from ui.runner.sending import Told
from ui.runner.window import RunnerWindow, Surroundings
from ui.stick import Volume

SIZES: Final = ((1024, 600), (1366, 768))
STATION: Final = Station("192.168.1.20", announced=True)
DAY: Final = date(2021, 10, 11)


class Made(Struct, frozen=True):
    """A diagnosis that nobody made."""

    report: Report
    data: bytes
    folder: Path | None


def old_laptop() -> Report:
    """A laptop with little memory, a worn battery, no camera and a failing disk."""
    return _judged(
        Machine(
            system=System(
                manufacturer="ACME",
                model="Notebook 14",
                serial_number="AC-0001",
                chassis_type="Notebook",
            ),
            cpus=(Cpu(name="Intel(R) Core(TM) i3-4000M CPU @ 2.40GHz", cores=2, threads=4),),
            memory=(MemoryModule(capacity_mib=2048, type="DDR3", form_factor="SODIMM"),),
            memory_slots=2,
            storage=(
                Disk(
                    name="sda",
                    model="ACME Spin",
                    serial_number="HDD-1",
                    capacity_bytes=500_107_862_016,
                    rotational=True,
                    device_type="hdd",
                    smart=Reading.OK,
                    smart_passed=True,
                    reallocated=24,
                    pending=3,
                    uncorrectable=0,
                    power_on_hours=18_212,
                ),
            ),
            batteries=(
                Battery(
                    name="BAT0", design_capacity_mwh=50_000, full_capacity_mwh=20_500, cycles=612
                ),
            ),
            network=(NetworkAdapter(name="wlp2s0", wireless=True),),
            sections=_read(),
        )
    )


def good_laptop() -> Report:
    """One that fits."""
    known = old_laptop().machine
    machine = structs.replace(
        known,
        cpus=(structs.replace(known.cpus[0], speed_mhz=2400, bits=64),),
        memory=(MemoryModule(capacity_mib=8192, type="DDR3", form_factor="SODIMM"),),
        storage=(
            Disk(
                name="sda",
                model="ACME 256",
                serial_number="SSD-1",
                capacity_bytes=256_060_514_304,
                rotational=False,
                device_type="ssd",
                smart=Reading.OK,
                smart_passed=True,
                reallocated=0,
                pending=0,
                uncorrectable=0,
                wear_left_percent=96,
            ),
        ),
        batteries=(structs.replace(known.batteries[0], full_capacity_mwh=48_000, cycles=12),),
        cameras=(Camera(name="HD Webcam"),),
        sound_cards=(SoundCard(name="HDA", playback=True, capture=True),),
    )
    return _judged(machine)


def _judged(machine: Machine) -> Report:
    """What the judges say of it: no verdict in a picture is made up."""
    report = Report(machine, (), "", trials=_trials(), profile="triage")
    return decode(encode(judged(report, policy.load())))


def _read() -> tuple[Section, ...]:
    sections = ("system", "cpus", "memory", "storage", "batteries", "network", "cameras")
    return tuple(Section(name, Reading.OK, "picture", 3) for name in (*sections, "sound_cards"))


def _trials() -> tuple[Trial, ...]:
    heard = (Measurement("networks", 3), Measurement("best_2_4_ghz_dbm", -48))
    return (Trial("net.wifi", Ending.COMPLETED, subject="wlp2s0", measured=heard),)


def steps() -> tuple[Step, ...]:
    """A run in its middle."""
    done = Trial("sto.speed", Ending.COMPLETED, subject="sda", millis=9000)
    barred = Trial("sto.selftest", Ending.NOT_POSSIBLE, "not_permitted", subject="sda")
    return (
        Step("sto.speed", "sda", StepState.ENDED, trial=done),
        Step("sto.selftest", "sda", StepState.ENDED, trial=barred),
        Step("cpu.stress", "", StepState.RUNNING, 430, 34),
        Step("mem.pattern", "", StepState.RUNNING, 120, 61),
        Step("thm.fan", "", StepState.RUNNING, None, 61),
        Step("net.wifi", "wlp2s0", StepState.WAITING),
        Step("hw.errlog", "", StepState.WAITING),
    )


class Scene:
    """A window whose machine and station do as the picture wants."""

    def __init__(self, folder: Path, report: Report, outcome: LanOutcome | None) -> None:
        self._report, self._outcome = report, outcome
        self.may_end = threading.Event()
        crashed = (Trial("cpu.stress", Ending.MACHINE_CRASHED),)
        self.window = RunnerWindow(
            Surroundings(
                folder=folder,
                diagnose=self._diagnose,
                find_crash=lambda: crashed,
                courier=self._carry,
                volumes=lambda: (Volume("KINGSTON", folder / "stick", 14_200_000_000),),
                today=lambda: DAY,
                open_paper=lambda _file: True,
            )
        )

    def _diagnose(
        self,
        profile: Profile,  # noqa: ARG002 -- the picture knows its machine
        *,
        folder: Path | None,
        listener: Listener | None,
        stop: threading.Event | None,  # noqa: ARG002 -- the same
    ) -> Made:
        if listener is not None:
            listener(Progress(steps(), remaining_s=61))
        self.may_end.wait()
        return Made(self._report, encode(self._report), folder)

    def _carry(
        self, data: bytes, code: str, address: str, told: Told, stop: threading.Event
    ) -> LanOutcome:
        del data, code, address
        if self._outcome is None:
            stop.wait()
            return Waiting(STATION)
        told(self._outcome)
        return self._outcome


def paint(folder: Path, language: str) -> Iterator[Path]:
    """Every screen in both sizes; the files as they come to be."""
    for width, height in SIZES:
        for name, hand in _screens(folder, (width, height)):
            file = folder / f"{language}-{width}x{height}-{name}.png"
            hand.picture(file)
            yield file


def _screens(folder: Path, size: tuple[int, int]) -> Iterator[tuple[str, Hand]]:
    """One run to its end: the firewall blocks, so the stick takes it."""
    scene = Scene(folder, old_laptop(), Unreachable(STATION, Why.SILENT))
    hand = _shown(scene.window, size)
    yield "1-start", hand
    hand.click("profile.triage")
    hand.find("stop", QPushButton)
    hand.rest(0.3)
    yield "2-progress", hand
    scene.may_end.set()
    hand.find("details", QPushButton)
    hand.rest(0.3)
    yield "3-blocked", hand
    hand.click("details")
    hand.find("back", QPushButton)
    yield "4-details", hand
    hand.click("back")
    hand.click("stick")
    hand.click("volume.1")
    hand.find("saved", QWidget)
    yield "5-saved", hand
    scene.window.close()
    for number, (name, report, outcome) in enumerate(
        (
            ("searching", old_laptop(), None),
            ("waiting", old_laptop(), Waiting(STATION)),
            ("sent", good_laptop(), Sent(STATION)),
        ),
        6,
    ):
        yield from _ended(Scene(folder, report, outcome), size, f"{number}-{name}")


def _ended(scene: Scene, size: tuple[int, int], name: str) -> Iterator[tuple[str, Hand]]:
    hand = _shown(scene.window, size)
    scene.may_end.set()
    hand.click("profile.triage")
    hand.find("details", QPushButton)
    hand.rest(0.3)
    yield name, hand
    scene.window.close()


def _shown(window: RunnerWindow, size: tuple[int, int]) -> Hand:
    window.resize(*size)
    window.show()
    QTest.qWait(50)
    return Hand(window)


def main(arguments: list[str] | None = None) -> int:
    """Paint all pictures and say where they lie."""
    parser = argparse.ArgumentParser(prog="python -m ui.runner.pictures", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("out/runner"))
    parser.add_argument("--language", choices=("vi", "en"), default="vi")
    asked = parser.parse_args(arguments)
    app = dressed_application(["runner"], asked.language)
    speak(app, asked.language)
    QApplication.setQuitOnLastWindowClosed(False)
    for file in paint(asked.out, asked.language):
        print(file, flush=True)  # noqa: T201 -- it talks to the terminal
    return 0


if __name__ == "__main__":
    sys.exit(main())
