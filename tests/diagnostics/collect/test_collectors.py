"""The collectors for a stick: the one for Linux is run, the one for Windows is read closely."""

import json
import os
import re
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import msgspec
import pytest

from diagnostics.collect.folder import folder_sources
from diagnostics.collect.powershell import script
from diagnostics.collect.side_by_side import collect
from diagnostics.parse.wmi_machine import ASKED, WANTED
from station.machine import Reading

COLLECTORS = Path(str(files("resources").joinpath("collectors")))
NOBODY = 65534
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="a shell script for Linux")
SHELLS = [
    pytest.param(
        shell, id=shell[0], marks=pytest.mark.skipif(not shutil.which(shell[0]), reason="no such")
    )
    for shell in (["sh"], ["dash"], ["bash", "--posix"], ["busybox", "sh"])
]
UEVENT = "POWER_SUPPLY_NAME=BAT0\nPOWER_SUPPLY_PRESENT=1\nPOWER_SUPPLY_ENERGY_FULL=31000000\n"


def invented_machine(folder: Path) -> Path:
    """The files of a laptop; beside its battery a phone with its owner's name."""
    root = folder / "root"
    for name, text in {
        "proc/cpuinfo": "processor\t: 0\nmodel name\t: ACME CPU\n",
        "proc/meminfo": "MemTotal:        3933888 kB\n",
        "sys/class/dmi/id/sys_vendor": 'ACME "Works" \\ Ltd\n',
        "sys/class/dmi/id/product_name": "Travelmate 5\n",
        "sys/class/power_supply/BAT0/uevent": UEVENT,
        "sys/class/power_supply/hidpp_battery_0/uevent": "POWER_SUPPLY_MODEL_NAME=Secret's phone\n",
        "sys/class/drm/card0-eDP-1/edid": "not an EDID",
        "sys/class/drm/card0-HDMI-A-1/edid": "",
        "sys/class/net/lo/address": "00:00:00:00:00:00\n",
        "sys/class/net/enp1s0/address": "54:ee:75:00:00:01\n",
        "sys/class/net/enp1s0/device/driver/bind": "",
        "sys/class/net/wlp2s0/address": "da:c1:0f:7e:55:01\n",  # made up, to look for networks
        "sys/class/net/wlp2s0/phy80211/macaddress": "54:ee:75:00:00:02\n",
        "sys/class/net/wlp2s0/wireless/on": "",
        "sys/class/net/wlp2s0/device/subsystem/drivers": "",
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


def tools(folder: Path, **scripts: str) -> str:
    """A PATH with what any system has, and these programs instead of the machine's own."""
    place = folder / "bin"
    place.mkdir()
    for name in ("cat", "mkdir", "mv", "rm", "tr", "sed", "grep", "id", "date", "sleep"):
        (place / name).symlink_to(shutil.which(name) or "/nonexistent")
    for name, body in scripts.items():
        (place / name).write_text(f"#!/bin/sh\n{body}\n")
        (place / name).chmod(0o755)
    return str(place)


def run(
    shell: list[str], out: Path, path: str | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the collector; a PATH of our own hides the machine's tools from the shell's search."""
    program = [shutil.which(shell[0]) or shell[0], *shell[1:]]
    text = (COLLECTORS / "collect.sh").read_text(encoding="utf-8")
    if path is not None:  # it adds the folders of root's tools, where the machine's own would be
        text = text.replace(":/usr/sbin:/sbin:/usr/local/sbin", "")
    copy = out.with_name("collect.sh") if out.parent.is_dir() else out.parents[1] / "collect.sh"
    copy.write_text(text, encoding="utf-8")
    return subprocess.run(
        [*program, str(copy), str(out)],
        env={"PATH": os.environ["PATH"] if path is None else path, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def manifest(out: Path) -> list[str]:
    return (out / "MANIFEST.txt").read_text().splitlines()


@LINUX
@pytest.mark.parametrize("shell", SHELLS)
def test_this_machine_is_collected_and_read_back(tmp_path: Path, shell: list[str]) -> None:
    out = tmp_path / "out"

    ended = run(shell, out)

    machine = collect(folder_sources(out)).machine
    assert ended.returncode == 0, ended.stderr
    assert ended.stderr == ""
    assert machine.reading_of("cpus") is Reading.OK
    assert machine.reading_of("memory") is Reading.OK
    assert machine.logical_processors == os.cpu_count()
    assert manifest(out)[-1].startswith("ended ")


@LINUX
@pytest.mark.parametrize("shell", SHELLS)
def test_without_any_tool_the_kernels_own_files_are_kept(tmp_path: Path, shell: list[str]) -> None:
    out = tmp_path / "out"
    root = invented_machine(tmp_path)

    ended = run(shell, out, tools(tmp_path), COLLECT_ROOT=str(root))

    machine = collect(folder_sources(out)).machine
    assert ended.returncode == 0, ended.stderr
    assert json.loads((out / "dmi-sysfs.json").read_text()) == {
        "product_name": "Travelmate 5",
        "sys_vendor": 'ACME "Works" \\ Ltd',
    }
    assert machine.batteries[0].full_capacity_mwh == 31_000
    assert [(a.name, a.mac, a.wireless) for a in machine.network] == [
        ("enp1s0", "54:ee:75:00:00:01", False),
        ("wlp2s0", "54:ee:75:00:00:02", True),
    ]
    for kind in ("dmidecode-text", "lspci-text", "lsblk-json", "smartctl-json", "upower-text"):
        assert f"missed {kind} missing" in manifest(out)
    assert "file cpuinfo.txt -" in manifest(out)  # nothing here makes hashes


@LINUX
def test_no_name_of_a_person_or_machine_is_kept(tmp_path: Path) -> None:
    out = tmp_path / "out"
    log = (
        "echo '[ 1.0] systemd: Hostname set to <secret-pc>'; echo '[ 2.0] mce: [Hardware Error]: x'"
    )

    run(["sh"], out, tools(tmp_path, dmesg=log), COLLECT_ROOT=str(invented_machine(tmp_path)))

    kept = b"".join(path.read_bytes() for path in out.iterdir())
    assert b"ecret" not in kept
    assert b"[Hardware Error]" in kept


@LINUX
def test_a_screen_that_is_not_connected_leaves_no_file(tmp_path: Path) -> None:
    out = tmp_path / "out"

    run(["sh"], out, tools(tmp_path), COLLECT_ROOT=str(invented_machine(tmp_path)))

    machine = collect(folder_sources(out)).machine
    assert sorted(path.name for path in out.glob("edid-*")) == ["edid-bin-card0-eDP-1.bin"]
    assert machine.reading_of("displays") is Reading.UNREADABLE


@LINUX
def test_a_tool_that_is_denied_or_fails_is_said_with_its_reason(tmp_path: Path) -> None:
    out = tmp_path / "out"
    path = tools(
        tmp_path,
        dmidecode="echo 'Scanning /dev/mem'; echo '/dev/mem: Permission denied' >&2; exit 1",
        lsblk="echo 'lsblk: unknown column' >&2; exit 1",
        dmesg="echo 'dmesg: read kernel buffer failed: Operation not permitted' >&2; exit 1",
    )

    ended = run(["sh"], out, path, COLLECT_ROOT=str(invented_machine(tmp_path)))

    assert "missed dmidecode-text not_permitted" in manifest(out)
    assert "missed lsblk-json unreadable" in manifest(out)
    assert "missed kernel-log not_permitted" in manifest(out)
    assert "dmidecode-text (can quyen root)" in ended.stdout
    assert not (out / "dmidecode-text.txt").exists()


@LINUX
@pytest.mark.skipif(not shutil.which("timeout"), reason="no timeout here")
def test_a_tool_that_hangs_is_given_up(tmp_path: Path) -> None:
    out = tmp_path / "out"
    path = tools(tmp_path, lspci="exec sleep 300")
    Path(path, "timeout").symlink_to(shutil.which("timeout") or "/nonexistent")

    run(["sh"], out, path, COLLECT_ROOT=str(invented_machine(tmp_path)))

    assert "missed lspci-text timed_out" in manifest(out)
    assert manifest(out)[-1].startswith("ended ")


@LINUX
def test_each_disk_is_asked_and_a_bridge_is_looked_through(tmp_path: Path) -> None:
    out = tmp_path / "out"
    root = invented_machine(tmp_path)
    for disk in ("sda", "loop0", "sr0"):
        (root / "sys/block" / disk).mkdir(parents=True)
    smartctl = (
        "case $* in -h) echo ' -j, --json' ;;\n"
        '*"-d sat"*) echo \'{"model_name": "ACME"}\' ;;\n'
        '*) echo \'{"messages": "Unknown USB bridge"}\'; exit 1 ;; esac'
    )

    run(["sh"], out, tools(tmp_path, smartctl=smartctl), COLLECT_ROOT=str(root))

    assert sorted(path.name for path in out.glob("smartctl-*")) == [
        "smartctl-json-sda-sat.json",
        "smartctl-json-sda.json",
    ]


@LINUX
def test_words_have_accents_only_where_the_terminal_has_them(tmp_path: Path) -> None:
    root = str(invented_machine(tmp_path))
    path = tools(tmp_path)

    plain = run(["sh"], tmp_path / "one", path, COLLECT_ROOT=root)
    accented = run(["sh"], tmp_path / "two", path, COLLECT_ROOT=root, LANG="vi_VN.UTF-8")

    assert plain.stdout.isascii()
    assert "Kết quả" in accented.stdout


@LINUX
@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="needs root to drop it")
def test_a_plain_user_collects_what_it_may(open_folder: Path) -> None:
    folder = open_folder
    os.chown(folder, NOBODY, NOBODY)
    shutil.copy(COLLECTORS / "collect.sh", folder / "collect.sh")

    ended = subprocess.run(
        ["sh", str(folder / "collect.sh")],  # beside the script
        user=NOBODY,
        group=NOBODY,
        extra_groups=[],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    (out,) = folder.glob("report-*")
    assert ended.returncode == 0, ended.stderr
    assert "account plain" in manifest(out)
    assert "Khong co quyen root" in ended.stdout or "Không có quyền root" in ended.stdout
    assert collect(folder_sources(out)).machine.cpus


@LINUX
def test_a_stick_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "full").write_text("a file where the folder should be")

    ended = run(["sh"], tmp_path / "full" / "out")

    assert ended.returncode == 1
    assert "Khong ghi duoc" in ended.stdout or "Không ghi được" in ended.stdout


def windows_text() -> str:
    return (COLLECTORS / "collect.cmd").read_bytes().decode("ascii")


def powershell_half() -> str:
    return windows_text().rpartition("#PS#")[2]


def test_the_windows_file_is_ascii_with_its_own_line_ends() -> None:
    text = windows_text()

    assert text.count("\n") == text.count("\r\n")
    assert "\t" not in text


def test_the_windows_file_waits_at_its_end_and_batch_never_reaches_the_other_half() -> None:
    batch = windows_text().rpartition("#PS#")[0]

    assert batch.startswith("@echo off\r\n")
    assert batch.endswith("pause\r\nexit /b 0\r\n")


NEWER = [
    "Get-CimInstance",
    "ConvertTo-Json",
    "ConvertFrom-Json",
    "Get-FileHash",
    "Confirm-SecureBootUEFI",
    "Get-Tpm",
    "Get-PhysicalDisk",
    "Get-NetAdapter",
    "Get-BitLockerVolume",
    "Get-Content",  # its -Raw is newer
    "[pscustomobject]",
    "[ordered]",
    ".ForEach(",
    ".Where(",
    "::new(",
]


@pytest.mark.parametrize("word", NEWER)
def test_the_windows_file_needs_no_newer_powershell(word: str) -> None:
    assert word.casefold() not in powershell_half().casefold()


@pytest.mark.parametrize("operator", ["-in", "-notin", "-shl", "&&", "??"])
def test_the_windows_file_uses_no_newer_operator(operator: str) -> None:
    assert not re.search(rf"(?<!\S){re.escape(operator)}(?!\S)", powershell_half())


def test_the_windows_file_asks_for_all_that_is_read() -> None:
    rows = re.findall(r"'root\\([\w\\]+)\|(\w+)\|([\w,]+)'", windows_text())
    listed = {name: set(properties.split(",")) for _, name, properties in rows}

    wanted: dict[str, set[str]] = {}
    for classes in WANTED.values():
        for name, properties in classes.items():
            wanted.setdefault(name, set()).update(properties)
    ours = {name for name in wanted if name.startswith("Station")}
    assert listed == {name: wanted[name] for name in wanted.keys() - ours}
    for name in (*ours, ASKED):
        assert f"'{name}'" in windows_text()


def test_both_windows_programs_probe_the_same_truths() -> None:
    names = WANTED["security"]["StationProbe"] + WANTED["system"]["StationProbe"]

    for name in names:
        assert f"Probe '{name}'" in windows_text()
        assert f"Probe '{name}'" in script()


@pytest.mark.parametrize("text", [powershell_half(), script()], ids=["collect.cmd", "facts.ps1"])
def test_every_bracket_of_powershell_is_closed(text: str) -> None:
    code = re.sub(r"'[^'\r\n]*'|\"[^\"\r\n]*\"|#[^\r\n]*", "", text)

    open_ones: list[str] = []
    for letter in code:
        if letter in "([{":
            open_ones.append(letter)
        elif letter in ")]}":
            assert open_ones.pop() + letter in ("()", "[]", "{}")
    assert open_ones == []


@pytest.mark.parametrize(
    "word", ["username", "computername", "hostname", "netsh", "wlan", "ssid", "systemname"]
)
def test_the_windows_file_asks_for_no_name_of_a_person_or_network(word: str) -> None:
    code = re.sub(r"(?m)^\s*(rem|#).*$", "", windows_text())

    assert word not in code.casefold()


def test_the_report_of_a_stick_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "MANIFEST.txt").write_text("missed wmi-dump not_permitted\n")

    assert msgspec.json.encode(collect(folder_sources(tmp_path)).machine)
