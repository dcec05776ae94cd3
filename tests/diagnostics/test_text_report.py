import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.collect.side_by_side import collect
from diagnostics.collect.sources import linux_sources
from diagnostics.judge import machine, policy
from diagnostics.report import Report
from diagnostics.text_report import print_report
from station.machine import Machine, System
from tests.diagnostics.machine_tree import write_laptop
from tests.diagnostics.reports import report

PROJECT = Path(__file__).parents[2]


def printed(told: Report, encoding: str = "utf-8") -> str:
    """What stands in a file that the report was written to."""
    pipe = io.BytesIO()
    stream = io.TextIOWrapper(pipe, encoding=encoding)
    print_report(told, stream)
    return pipe.getvalue().decode()


def report_of(root: Path) -> Report:
    rules = policy.load()
    with pytest.MonkeyPatch.context() as without_tools:
        without_tools.setenv("PATH", str(root / "no-tools"))
        seen = collect(linux_sources(root)).machine
    return Report(seen, machine.judge(seen, (), rules), rules.id)


def test_a_laptop_in_words(tmp_path: Path) -> None:
    text = printed(report_of(write_laptop(tmp_path)))

    lines = [" ".join(line.split()) for line in text.splitlines()]
    assert "Maker and model ACME Computers Notebook 14" in lines
    assert "ACME Core(TM) i3-4000M CPU @ 2.40GHz (2 cores, 4 threads)" in lines
    held = "holds 63 % · 31.5 Wh of 50 Wh · charged to 64 % · 212 charge cycles"
    assert f"BAT0 {held} · ACME NB14-BAT" in lines
    assert any(line.startswith("eDP-1 · ") and "NB14-PANEL · 1366x768" in line for line in lines)
    assert "Battery passed with a remark 63 % · the battery is worn" in lines
    assert lines[lines.index("Disks") + 1].startswith("mmcblk0 disk 31 GB")
    assert "Not tested: untested is not passed" in lines


def test_the_answer_stands_before_everything_else() -> None:
    text = printed(report())

    assert text.startswith("Not fit for online lessons as it is\n2 things failed · 1 unknown")
    assert text.index("What to do") < text.index("Verdicts") < text.index("Maker and model")


def test_a_machine_that_offers_nothing_still_has_its_page(tmp_path: Path) -> None:
    assert "Not known yet" in printed(report_of(tmp_path))


def test_a_pipe_whose_encoding_has_no_vietnamese_gets_utf_8() -> None:
    told = report(system=System(manufacturer="Máy tính Hòa Bình"))

    assert "Máy tính Hòa Bình" in printed(told, encoding="cp1252")


def test_what_a_machine_says_is_never_taken_for_markup() -> None:
    told = report(system=System(manufacturer="[red]ACME[/red] :smile:"))

    assert "[red]ACME[/red] :smile:" in printed(told)


@given(st.text(max_size=40))
def test_no_name_of_a_machine_breaks_the_page(name: str) -> None:
    printed(Report(Machine(system=System(model=name, serial_number=name)), (), name))


@pytest.mark.skipif(sys.platform != "linux", reason="a pseudo-terminal")
@pytest.mark.parametrize(
    ("term", "encoding"), [("dumb", "utf-8"), ("xterm-256color", "utf-8"), ("xterm", "ascii")]
)
def test_a_terminal_gets_the_same_words(term: str, encoding: str) -> None:
    import pty  # noqa: PLC0415 -- not on Windows

    ours, theirs = pty.openpty()
    started = subprocess.Popen(
        [sys.executable, "-m", "diagnostics", "run", "--language", "en"],
        cwd=PROJECT,
        stdout=theirs,
        env={**os.environ, "TERM": term, "COLUMNS": "80", "PYTHONIOENCODING": encoding},
    )
    os.close(theirs)
    said = b""
    try:
        while more := os.read(ours, 4096):
            said += more
    except OSError:  # the other side closed
        pass
    os.close(ours)

    assert started.wait() == 0
    assert b"Verdicts by policy" in said
    assert (b"\x1b[" in said) is (term != "dumb")
