"""The runner's screens as pictures: `python -m ui.runner_pictures --out FOLDER`.

The machine in them is invented; so is the station. What is painted is the window itself.
"""

import argparse
import sys
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from msgspec import Struct
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from diagnostics.finding import Finding
from diagnostics.judge.fitness import Advice, Fit, Fitness
from diagnostics.profile import Profile
from diagnostics.progress import Listener, Progress, Step, StepState
from diagnostics.report import Report, decode, encode
from diagnostics.trial import Ending, Trial
from station.checks import Measurement, Outcome
from station.machine import Battery, Cpu, Disk, Machine, Reading, Section, System
from sync.lan import Outcome as LanOutcome
from sync.lan import Sent, Unreachable, Waiting, Why
from sync.lan_discovery import Station
from ui.dressing import dressed_application, speak
from ui.hand import Hand
from ui.runner_sending import Told
from ui.runner_window import RunnerWindow, Surroundings
from ui.stick import Volume

SIZES: Final = ((1024, 600), (1366, 768))
STATION: Final = Station("192.168.1.20", announced=True)
POLICY: Final = "judge-2021-09-10"
DAY: Final = date(2021, 10, 11)


class Made(Struct, frozen=True):
    """A diagnosis that nobody made."""

    report: Report
    data: bytes


def old_laptop() -> Report:
    """A laptop with little memory, a worn battery and a rotating disk."""
    read = ("system", "cpus", "memory", "storage", "batteries", "network")
    machine = Machine(
        system=System(manufacturer="ACME", model="Notebook 14", serial_number="AC-0001"),
        cpus=(Cpu(name="ACME Core i3-4000M", cores=2, threads=4),),
        mem_total_kib=3_933_888,
        storage=(
            Disk(
                name="sda",
                model="ACME Spin",
                serial_number="HDD-1",
                capacity_bytes=500_107_862_016,
                rotational=True,
                reallocated=24,
                power_on_hours=18_212,
            ),
        ),
        batteries=(Battery(name="BAT0", design_capacity_mwh=50_000, full_capacity_mwh=20_500),),
        sections=tuple(Section(name, Reading.OK, "picture", 3) for name in read),
    )
    findings = (
        Finding("id.identity", Outcome.PASS),
        Finding("mem.size", Outcome.FAIL, ("memory_small",), (Measurement("total_mib", 3841),)),
        Finding("bat.health", Outcome.FAIL, ("battery_worn",), (_percent(41),)),
        Finding("sto.type", Outcome.WARN, ("disk_rotates",), (Measurement("capacity_gb", 500),)),
        Finding("net.wifi", Outcome.UNKNOWN, ("wifi_not_measured",)),
    )
    levels = (
        Fit("primary", Outcome.WARN, ("memory_tight",)),
        Fit("lower-secondary", Outcome.FAIL, ("memory_small",)),
        Fit("upper-secondary", Outcome.FAIL, ("memory_small",)),
    )
    advice = (Advice("add_memory", 4), Advice("ssd_instead_of_hdd"), Advice("replace_battery"))
    fitness = Fitness(levels, (Fit("lubuntu", Outcome.PASS),), advice)
    return decode(encode(Report(machine, findings, POLICY, fitness=fitness, profile="triage")))


def good_laptop() -> Report:
    """One that fits."""
    known = old_laptop()
    checks = ("id.identity", "mem.size", "sto.type", "net.wifi")
    findings = tuple(Finding(check, Outcome.PASS) for check in checks)
    levels = ("primary", "lower-secondary", "upper-secondary")
    fitness = Fitness(tuple(Fit(level, Outcome.PASS) for level in levels))
    report = Report(known.machine, findings, known.policy, fitness=fitness, profile="standard")
    return decode(encode(report))


def _percent(value: int) -> Measurement:
    return Measurement("health_percent", value)


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
                open_paper=lambda _file: None,
            )
        )

    def _diagnose(
        self,
        profile: Profile,  # noqa: ARG002 -- the picture knows its machine
        *,
        folder: Path | None,  # noqa: ARG002 -- the same
        listener: Listener | None,
        stop: threading.Event | None,  # noqa: ARG002 -- the same
    ) -> Made:
        if listener is not None:
            listener(Progress(steps(), remaining_s=61))
        self.may_end.wait()
        return Made(self._report, encode(self._report))

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
    parser = argparse.ArgumentParser(prog="python -m ui.runner_pictures", description=__doc__)
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
