from station import words
from station.checks import CheckResult, Measurement, Outcome
from station.device import Check, CheckSource, Device
from station.reference import load
from ui.device.check_rows import CheckRow, check_rows
from ui.theme import Tone

REFERENCE = load()
RULES = REFERENCE.release_policies[0].rules("laptop")


def measured(check: str, outcome: Outcome, reason: str = "", **figures: int) -> Check:
    figure = tuple(Measurement(name, value) for name, value in figures.items())
    return Check(CheckResult(check, outcome, reason, figure), CheckSource.MEASURED)


def rows_of(*checks: Check) -> dict[str, CheckRow]:
    device = Device("0120000015", kind="laptop", checks=checks)
    return {row.check: row for row in check_rows(device, RULES, REFERENCE)}


def test_figures_stand_with_their_unit_and_reason() -> None:
    rows = rows_of(measured("bat.health", Outcome.WARN, "battery_worn", health_percent=63))

    assert rows["bat.health"].figures == "holds 63 % · the battery is worn"
    assert rows["bat.health"].proposal == "Replace battery / Remove battery"


def test_what_failed_is_repaired_or_made_up_for() -> None:
    rows = rows_of(measured("cam.frames", Outcome.FAIL))

    assert rows["cam.frames"].proposal == "Replace camera or add USB webcam"


def test_troublesome_checks_stand_first() -> None:
    rows = rows_of(
        measured("own.locks", Outcome.PASS),
        measured("mem.size", Outcome.WARN),
        measured("net.wifi", Outcome.FAIL),
    )

    tones = [row.tone for row in rows.values()]
    assert tones[0] is Tone.FAIL
    assert tones[-2:] == [Tone.WARN, Tone.OK]


def test_what_was_measured_without_an_answer_is_not_called_untested() -> None:
    rows = rows_of(measured("cam.frames", Outcome.UNKNOWN))

    assert (rows["cam.frames"].tone, rows["cam.frames"].verdict) == (Tone.UNKNOWN, "No answer")
    assert rows["kbd.matrix"].verdict == "Untested"


def test_in_vietnamese_they_are_told_apart_too() -> None:
    words.use("vi")
    rows = rows_of(measured("cam.frames", Outcome.UNKNOWN))

    assert (rows["cam.frames"].verdict, rows["kbd.matrix"].verdict) == ("Không rõ", "Chưa thử")


def test_what_a_desktop_cannot_have_is_no_row() -> None:
    battery = measured("bat.health", Outcome.NOT_APPLICABLE)
    desktop = Device("0120000015", kind="desktop", checks=(battery,))
    rules = REFERENCE.release_policies[0].rules("desktop")

    assert "bat.health" not in {row.check for row in check_rows(desktop, rules, REFERENCE)}
    assert rows_of(battery)["bat.health"].verdict == "Does not apply"  # asked of laptops


def test_a_stale_check_is_to_be_repeated_however_it_ended() -> None:
    check = Check(CheckResult("kbd.matrix", Outcome.PASS), CheckSource.HAND, stale=True)

    row = rows_of(check)["kbd.matrix"]

    assert (row.tone, row.verdict, row.proposal) == (Tone.UNKNOWN, "To repeat", "Try it")


def test_what_a_newer_version_measured_stands_for_itself() -> None:
    row = rows_of(measured("qua.ntum", Outcome.WARN, "entangled", spins=3))["qua.ntum"]

    assert row.part == "qua.ntum"
    assert row.figures == "spins 3 · entangled"
    assert row.proposal == ""


def test_why_lessons_are_not_possible_stands_there_in_words() -> None:
    faulty = rows_of(measured("fit.lessons", Outcome.FAIL, "processor_faulty"))
    silent = rows_of(measured("fit.lessons", Outcome.UNKNOWN, "processor_slow_not_said"))

    assert faulty["fit.lessons"].figures == "the processor makes errors"
    assert silent["fit.lessons"].figures == "the machine does not say: clock of the processor"
