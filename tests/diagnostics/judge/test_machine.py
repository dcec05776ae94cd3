"""What holds for every verdict, whatever the machine."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.finding import Finding, overall
from diagnostics.judge.machine import judge
from station.checks import Outcome
from station.machine import Machine, Reading
from tests.diagnostics.judge.judged import RULES, closed, machine

ALWAYS = {"own.locks", "id.identity", "sto.smart", "net.wifi", "bat.health", "mem.size", "sto.type"}
GOOD = (Outcome.PASS, Outcome.WARN)
FACTS_ENOUGH = {"id.identity", "bat.health", "fit.lessons", "fw.os_fit", "mem.size", "sto.smart"}


@pytest.mark.parametrize("reading", [reading for reading in Reading if reading is not Reading.OK])
def test_a_machine_that_nobody_could_read_passes_nothing(reading: Reading) -> None:
    findings = judge(closed(Machine(), reading), (), RULES)

    assert {finding.outcome for finding in findings} == {Outcome.UNKNOWN}
    assert {finding.check for finding in findings} >= ALWAYS


def test_checks_that_need_a_person_are_absent() -> None:
    checks = {finding.check for finding in judge(machine(), (), RULES)}

    assert not checks & {"kbd.matrix", "tp.touchpad", "dsp.pixels", "aud.loop", "phys.visual"}


@given(st.from_type(Machine))
def test_any_facts_are_judged_and_only_what_was_read_passes(facts: Machine) -> None:
    findings = judge(closed(facts, Reading.TIMED_OUT), (), RULES)

    passed = {finding.check for finding in findings if finding.outcome in GOOD}
    assert passed <= FACTS_ENOUGH
    msgspec.json.encode(findings)


@given(st.from_type(Machine))
def test_the_same_facts_are_judged_the_same(facts: Machine) -> None:
    assert judge(facts, (), RULES) == judge(facts, (), RULES)


def test_the_worst_of_several_subjects_speaks_for_a_check() -> None:
    findings = (
        Finding("sto.smart", Outcome.PASS, subject="sda"),
        Finding("sto.smart", Outcome.FAIL, ("pending_sectors",), subject="sdb"),
        Finding("sto.smart", Outcome.UNKNOWN, subject="sdc"),
        Finding("mem.size", Outcome.WARN, ("memory_small",)),
    )

    results = overall(findings)

    assert [(r.check, r.outcome, r.reason) for r in results] == [
        ("sto.smart", Outcome.FAIL, "pending_sectors"),
        ("mem.size", Outcome.WARN, "memory_small"),
    ]


def test_unknown_outweighs_a_remark() -> None:
    findings = (Finding("sto.smart", Outcome.WARN), Finding("sto.smart", Outcome.UNKNOWN))

    assert overall(findings)[0].outcome is Outcome.UNKNOWN
