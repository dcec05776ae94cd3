import pytest

from diagnostics.answer import Fit, answer
from diagnostics.finding import Finding
from diagnostics.judge.fitness import Advice, Fitness
from diagnostics.judge.fitness import Fit as Suits
from diagnostics.report import Report
from diagnostics.verdict_words import (
    answer_words,
    count_words,
    lesson_lines,
    to_do,
    troubles_first,
)
from station.checks import Outcome
from tests.diagnostics.reports import FINDINGS, machine

NO_FITNESS = Fitness()
CATALOGUE = ("id.identity", "mem.size", "kbd.matrix")


def judged(*findings: Finding, fitness: Fitness = NO_FITNESS) -> Report:
    return Report(machine(), findings, "judge-2021-09-10", fitness=fitness)


def found(*outcomes: Outcome) -> list[Finding]:
    return [Finding("mem.size", outcome, subject=str(at)) for at, outcome in enumerate(outcomes)]


@pytest.mark.parametrize(
    ("outcomes", "fit"),
    [
        ((), Fit.NOT_KNOWN),
        ((Outcome.NOT_APPLICABLE,), Fit.NOT_KNOWN),
        ((Outcome.PASS,), Fit.FITS),
        ((Outcome.PASS, Outcome.WARN), Fit.FITS_WITH_REMARKS),
        ((Outcome.PASS, Outcome.UNKNOWN), Fit.NOT_KNOWN),
        ((Outcome.UNKNOWN, Outcome.FAIL, Outcome.PASS), Fit.DOES_NOT_FIT),
    ],
)
def test_the_answer_is_that_of_the_worst_and_unknown_is_not_passed(
    outcomes: tuple[Outcome, ...], fit: Fit
) -> None:
    assert answer(judged(*found(*outcomes)), CATALOGUE).fit is fit


def test_what_nobody_judged_is_named_untested() -> None:
    known = answer(judged(Finding("mem.size", Outcome.UNKNOWN)), CATALOGUE)

    assert known.untested == ("id.identity", "kbd.matrix")


def test_the_answer_in_words_says_how_much_stands_behind_it() -> None:
    known = answer(judged(*FINDINGS), CATALOGUE)

    assert answer_words(known) == "Not fit for online lessons as it is"
    assert count_words(known) == "2 things failed · 1 unknown · 1 remark · 1 check not done"


def test_what_to_do_comes_once_each_and_the_weightiest_first() -> None:
    twice = (*FINDINGS, Finding("mem.size", Outcome.FAIL, ("memory_small",)))

    assert to_do(answer(judged(*twice), CATALOGUE)) == (
        "Add memory (RAM): 8 GB altogether",
        "Give the machine with its charger",
        "Try the Wi-Fi beside an access point",
        "Better: an SSD of 240 GB",
    )


def test_verdicts_carry_all_their_reasons_and_those_of_a_newer_version_as_they_are() -> None:
    strange = Finding("sto.smart", Outcome.FAIL, ("disk_small", "of_next_year"), subject="sda")

    (verdict,) = troubles_first(judged(strange))

    assert verdict.title == "Disk health (sda)"
    assert verdict.why == "the disk is small · of_next_year"


@pytest.mark.parametrize(
    ("lessons", "others", "fit"),
    [
        (Outcome.PASS, Outcome.PASS, Fit.FITS),
        (Outcome.PASS, Outcome.FAIL, Fit.FITS_WITH_REMARKS),
        (Outcome.PASS, Outcome.UNKNOWN, Fit.FITS_WITH_REMARKS),
        (Outcome.UNKNOWN, Outcome.FAIL, Fit.NOT_KNOWN),
        (Outcome.FAIL, Outcome.PASS, Fit.DOES_NOT_FIT),
    ],
)
def test_what_was_judged_of_lessons_decides(lessons: Outcome, others: Outcome, fit: Fit) -> None:
    told = judged(Finding("bat.health", others), Finding("fit.lessons", lessons))

    assert answer(told, CATALOGUE).fit is fit


def test_advice_stands_before_other_remedies_and_at_its_verdict() -> None:
    levels = (Suits("primary", Outcome.FAIL, ("memory_small",)),)
    fitness = Fitness(levels, (), (Advice("add_memory", 4), Advice("add_webcam")))
    told = judged(*FINDINGS, fitness=fitness)

    assert to_do(answer(told, CATALOGUE))[:2] == ("Add 4 GB of memory", "Add a webcam")
    memory = next(words for words in troubles_first(told) if words.check == "mem.size")
    assert memory.remedy == "Add 4 GB of memory"
    assert lesson_lines(fitness) == ("Primary school: does not fit (there is little memory)",)


def test_a_danger_comes_before_anything_to_add_and_no_new_battery_hides_it() -> None:
    worn = Finding("bat.health", Outcome.FAIL, ("battery_replace",), subject="BAT0")
    hot = Finding("bat.health", Outcome.FAIL, ("battery_dangerous",), subject="BAT1")
    advised = Fitness(advice=(Advice("add_memory", 4), Advice("replace_battery")))

    said = to_do(answer(judged(worn, hot, fitness=advised), CATALOGUE))

    assert said == (
        "Take the battery out and lay it apart",
        "Add 4 GB of memory",
        "Replace the battery",
    )
