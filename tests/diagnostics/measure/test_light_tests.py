"""Tests that take no worker: heat, the error log, Wi-Fi, the clock."""

import time
from pathlib import Path
from threading import Event, Thread

import pytest

from diagnostics.endings import NotPermitted, SourceMissing, UnreadableReport
from diagnostics.measure.clock_drift import RTC, watch_clock
from diagnostics.measure.error_log import compare_errors
from diagnostics.measure.heat import watch_heat
from diagnostics.measure.run import Halted, NotPossible, Phases
from diagnostics.measure.wifi_scan import adapters, scan_wifi
from station.machine import Fan, KernelErrors, Machine, NetworkAdapter, Temperature
from tests.diagnostics.measure.runs import around, figures, halt_when, run_for


def seen(tenths: int | None, rpm: int | None = None, critical: int | None = 1000) -> Machine:
    fans = () if rpm is None else (Fan("fan1", rpm),)
    return Machine(temperatures=(Temperature("Package", tenths, critical),), fans=fans)


class Laptop:
    """A machine that warms up under load, tells so, and ends its load by itself."""

    def __init__(self, phases: Phases) -> None:
        self._phases, self._moments = phases, iter(range(1000))

    def read(self) -> Machine:
        """What its sensors say; each look is a moment later."""
        moment = next(self._moments)
        phase = ["idle"] * 5 + ["load"] * 20
        self._phases.enter("cpu.stress", phase[moment] if moment < len(phase) else "after")
        load = max(0, min(20, moment - 5))
        return seen(400 + 20 * load, 2000 + 50 * load)


def test_heat_is_watched_from_rest_through_load_to_recovery() -> None:
    phases = Phases()
    around_it = around(read_heat=Laptop(phases).read)
    run = run_for(1, surroundings=around_it, phases=phases, recover_s=0)

    watch_heat(run)

    found = figures(run.measured)
    assert found["idle_tenths_c"] == 400
    assert found["peak_tenths_c"] == 800
    assert (found["idle_rpm"], found["peak_rpm"]) == (2000, 3000)
    assert found["critical_tenths_c"] == 1000


@pytest.mark.parametrize(
    ("disk_tenths", "expected"),
    [(500, {"peak_tenths_c": 880, "critical_tenths_c": 1000}),
     (850, {"peak_tenths_c": 850, "critical_tenths_c": 848})],
)  # fmt: skip
def test_each_thermometer_has_its_own_limit(disk_tenths: int, expected: dict[str, int]) -> None:
    phases = Phases()
    both = Machine(
        temperatures=(
            Temperature("coretemp", 880, 1000),
            Temperature("nvme Composite", disk_tenths, 848),
        )
    )

    def read() -> Machine:
        phases.enter("cpu.stress", "ended" if phases.of("cpu.stress") == "load" else "load")
        return both

    run = run_for(1, surroundings=around(read_heat=read), phases=phases)

    watch_heat(run)

    found = figures(run.measured)
    assert {name: found[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("sensors", "why"),
    [
        (Machine(), "no_thermometer"),
        (seen(0), "no_thermometer"),
        (seen(2550), "no_thermometer"),
        (seen(None, rpm=2000), "no_temperature"),
    ],
)
def test_a_thermometer_that_cannot_be_believed_is_none(sensors: Machine, why: str) -> None:
    run = run_for(1, surroundings=around(read_heat=lambda: sensors))

    with pytest.raises(NotPossible, match=why):
        watch_heat(run)


def test_watching_ends_when_the_load_broke_off() -> None:
    phases = Phases()
    phases.enter("cpu.stress", "ended")
    run = run_for(1, surroundings=around(read_heat=lambda: seen(500)), phases=phases)

    watch_heat(run)

    assert "load_s" in figures(run.measured)


def test_only_what_came_during_the_tests_is_new() -> None:
    before = Machine(kernel_errors=KernelErrors(machine_checks=2, ata=1, usb=9))
    after = KernelErrors(machine_checks=5, ata=1, usb=3, pcie=4)
    run = run_for(machine=before, surroundings=around(read_errors=lambda: after))

    compare_errors(run)

    # usb fell: the log lost lines; pcie was not counted before.
    assert figures(run.measured) == {"new_machine_checks": 3, "new_ata": 0}


def test_a_log_that_nobody_may_read_is_not_a_clean_one() -> None:
    with pytest.raises(NotPossible, match="log_not_read"):
        compare_errors(run_for())


IW = """#!/bin/sh
[ "$*" = "dev wlan0 scan" ] || exit 1
[ -e "$0.down" ] && exit 156
printf 'BSS 02:00:00:00:00:01(on wlan0)\\n\\tfreq: 2412\\n\\tsignal: -48.00 dBm\\n'
printf '\\tSSID: Nguyen\\n'
printf 'BSS 02:00:00:00:00:02(on wlan0)\\n\\tfreq: 5180\\n\\tsignal: -63.00 dBm\\n'
"""
IP = """#!/bin/sh
[ "$5" = down ] && exit 0
rm -f "$(dirname "$0")/iw.down"
"""
NMCLI = "#!/bin/sh\necho '2437 MHz:70'\necho '5200 MHz:58'\n"
REFUSES = "#!/bin/sh\nexit 1\n"


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of small programs that stand before those of the machine."""
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    return tmp_path


def put(folder: Path, name: str, program: str) -> None:
    (folder / name).write_text(program)
    (folder / name).chmod(0o755)


posix = pytest.mark.skipif(not Path("/bin/sh").exists(), reason="the tools are shell scripts")


@posix
def test_networkmanager_is_asked_first(tools: Path) -> None:
    put(tools, "nmcli", NMCLI)
    put(tools, "iw", REFUSES)
    run = run_for(subject="wlan0")

    scan_wifi(run)

    assert figures(run.measured) == {
        "networks": 2,
        "best_2_4_ghz_dbm": -50,
        "best_5_ghz_dbm": -62,
    }


@posix
def test_without_it_iw_listens_and_no_name_is_kept(tools: Path) -> None:
    put(tools, "nmcli", REFUSES)
    put(tools, "iw", IW)
    run = run_for(subject="wlan0")

    scan_wifi(run)

    assert figures(run.measured) == {
        "networks": 2,
        "best_2_4_ghz_dbm": -48,
        "best_5_ghz_dbm": -63,
    }
    assert "Nguyen" not in repr(run.measured)


@posix
def test_an_adapter_that_is_down_is_brought_up_to_listen(tools: Path) -> None:
    put(tools, "nmcli", REFUSES)
    put(tools, "iw", IW)
    put(tools, "ip", IP)
    (tools / "iw.down").touch()
    run = run_for(subject="wlan0")

    scan_wifi(run)

    assert figures(run.measured)["networks"] == 2


HANGS_WHEN_UP = """#!/bin/sh
[ -e "$0.down" ] && exit 156
touch "$0.scans"
exec sleep 600
"""
TELLS = """#!/bin/sh
echo "$5" >> "$0.told"
[ "$5" = up ] && rm -f "$(dirname "$0")/iw.down"
exit 0
"""


@posix
def test_an_adapter_that_was_down_is_down_again_when_the_scan_is_halted(tools: Path) -> None:
    put(tools, "nmcli", REFUSES)
    put(tools, "iw", HANGS_WHEN_UP)
    put(tools, "ip", TELLS)
    (tools / "iw.down").touch()
    run = run_for(subject="wlan0")
    halt_when(run, (tools / "iw.scans").exists)

    with pytest.raises(Halted):
        scan_wifi(run)

    assert (tools / "ip.told").read_text().split() == ["up", "down"]


@posix
def test_an_adapter_that_was_up_stays_up(tools: Path) -> None:
    put(tools, "nmcli", REFUSES)
    put(tools, "iw", REFUSES)  # busy
    put(tools, "ip", TELLS)
    flags = tools / "sys/class/net/wlan0/flags"
    flags.parent.mkdir(parents=True)
    flags.write_text("0x1003\n")

    with pytest.raises(NotPossible, match="adapter_blocked"):
        scan_wifi(run_for(subject="wlan0", surroundings=around(tools)))

    assert (tools / "ip.told").read_text().split() == ["up"]


@posix
def test_who_may_not_bring_it_up_may_not_listen(tools: Path) -> None:
    put(tools, "nmcli", REFUSES)
    put(tools, "iw", REFUSES)
    put(tools, "ip", REFUSES)

    with pytest.raises(NotPermitted):
        scan_wifi(run_for(subject="wlan0"))


@posix
def test_a_hanging_scan_ends_when_it_is_asked_to(tools: Path) -> None:
    put(tools, "nmcli", "#!/bin/sh\nsleep 600\n")
    run = run_for(subject="wlan0")
    halt_when(run, lambda: True)

    with pytest.raises(Halted):
        scan_wifi(run)


def test_an_adapter_with_a_strange_name_is_not_handed_to_a_tool() -> None:
    named = [NetworkAdapter(name=name, wireless=True) for name in ("wlan0", "--help", "a b", None)]

    assert adapters(Machine(network=(*named, NetworkAdapter(name="eth0")))) == ("wlan0",)


class Rtc:
    """A clock's file that ticks at its own speed."""

    def __init__(self, root: Path, tick_s: float, epoch: int = 1_700_000_000) -> None:
        self.file, self._tick_s, self._epoch = root / RTC, tick_s, epoch
        self.file.parent.mkdir(parents=True)
        self.file.write_text(f"{epoch}\n")
        self._over = Event()

    def __enter__(self) -> "Rtc":
        Thread(target=self._run, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()

    def _run(self) -> None:
        while not self._over.wait(self._tick_s):
            self._epoch += 1
            fresh = self.file.with_name("fresh")
            fresh.write_text(f"{self._epoch}\n")
            fresh.replace(self.file)


@pytest.mark.skipif(not Path("/proc").exists(), reason="Linux's own clock")
def test_a_clock_that_runs_twice_as_fast_is_seen(tmp_path: Path) -> None:
    run = run_for(2, surroundings=around(tmp_path))

    with Rtc(tmp_path, tick_s=0.5):
        watch_clock(run)

    found = figures(run.measured)
    assert found["ticks"] == 2
    assert found["drift_ms"] > 500
    assert found["rtc_offset_s"] < 1_700_000_000 - time.time() + 60


def test_a_clock_that_stands_still_has_no_ticks(tmp_path: Path) -> None:
    Rtc(tmp_path, tick_s=1)
    run = run_for(1, surroundings=around(tmp_path))

    watch_clock(run)

    assert figures(run.measured)["ticks"] == 0
    assert "drift_ms" not in figures(run.measured)


def test_no_clock_and_no_number_are_two_things(tmp_path: Path) -> None:
    with pytest.raises(SourceMissing):
        watch_clock(run_for(surroundings=around(tmp_path)))

    Rtc(tmp_path, tick_s=1).file.write_text("soon\n")
    with pytest.raises(UnreadableReport):
        watch_clock(run_for(surroundings=around(tmp_path)))
