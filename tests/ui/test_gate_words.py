from datetime import date

import pytest

from station import bench
from station.checks import Outcome
from station.device import Device, Stage
from station.operators import Role
from station.reference import Table, load
from station.release import Condition, State, gate
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import NOON, TECHNICIAN, store
from ui.coded_words import coded, outcome_tone, outcome_word, role_word, stage_tone, stage_word
from ui.day_words import age_words, day_words
from ui.gate_words import condition_words, next_step
from ui.theme import Tone

__all__ = ["store"]


def known(store: SqlStore, code: str) -> Device:
    device = store.device(code)
    assert device is not None
    return device


def test_stages_roles_and_outcomes_have_words_and_tones() -> None:
    assert len({stage_word(stage) for stage in Stage}) == len(Stage)
    assert len({role_word(role) for role in Role}) == len(Role)
    assert len({outcome_word(outcome) for outcome in Outcome}) == len(Outcome)
    assert {stage_tone(stage) for stage in Stage} <= set(Tone)
    assert outcome_tone(Outcome.FAIL) is Tone.FAIL


def test_an_id_of_a_newer_version_stands_for_itself() -> None:
    assert coded(Table.KINDS, "hologram", load()) == "hologram"


def test_every_open_condition_of_a_fresh_device_is_worded(store: SqlStore) -> None:
    device = known(store, life.receive(store))

    for condition in gate(device, load(), NOON).conditions:
        name, detail = condition_words(condition, load())
        assert name != condition.name
        assert detail


@pytest.mark.parametrize(
    ("condition", "detail"),
    [
        (Condition("cam.frames", State.MET), "done"),
        (Condition("cam.frames", State.MET_BY_KIT, "failed", ("webcam-usb",)), "USB webcam"),
        (Condition("cam.frames", State.OPEN, "failed", ("webcam-usb",)), "USB webcam"),
        (Condition("kbd.matrix", State.OPEN, "failed"), "repair"),
        (Condition("bat.health", State.OPEN, "dangerous"), "take it out"),
        (Condition("cam.frames", State.OPEN, "stale"), "repeated"),
        (Condition("bat.health", State.OPEN, "not_by_hand"), "measurement"),
        (Condition("cam.frames", State.OPEN, "unknown"), "without a result"),
        (Condition("erasure", State.OPEN, "not_erased", ("WX71", "")), "WX71, a disk without"),
        (Condition("system", State.OPEN, "erased_after_install"), "erased after"),
        (Condition("system", State.OPEN, "disks_changed_after_install"), "a disk came or went"),
        (Condition("system", State.OPEN, "no_first_boot"), "first start"),
        (Condition("locks", State.OPEN, "locked", ("google-account",)), "Google"),
        (Condition("serial", State.OPEN, "serial_not_confirmed", ("8XK",)), "8XK"),
        (Condition("kit", State.OPEN, "kit_incomplete", ("charger",)), "Charger"),
    ],
)
def test_a_condition_says_how_it_stands(condition: Condition, detail: str) -> None:
    assert detail in condition_words(condition, load())[1]


def test_the_next_step_follows_a_device_through_the_point(store: SqlStore) -> None:
    device = life.receive(store, serial="8XK2F32", serial_known_by="second-scan")
    assert next_step(known(store, device), load(), NOON) == (Tone.UNKNOWN, "Not examined yet")

    bench.take_to_bench(device, store, TECHNICIAN, NOON)
    life.try_by_hand(store, device, "cam.frames", outcome=Outcome.FAIL)
    tone, words = next_step(known(store, device), load(), NOON)
    assert (tone, words) == (Tone.FAIL, "Camera: failed")

    life.try_by_hand(store, device)
    tone, words = next_step(known(store, device), load(), NOON)
    assert tone is Tone.WARN
    assert "left" in words

    hold = bench.PutOnHold(device=device, reason="waiting-for-part")
    bench.put_on_hold(hold, store, TECHNICIAN, NOON)
    assert next_step(known(store, device), load(), NOON) == (Tone.WARN, "Waiting for a part")


def test_a_lock_is_the_first_thing_said_of_a_device(store: SqlStore) -> None:
    device = known(store, life.receive(store, kind="tablet", locks=("google-account",)))

    assert next_step(device, load(), NOON) == (Tone.FAIL, "Google account lock")


def test_a_kind_of_a_newer_version_is_told_by_its_stage() -> None:
    device = Device("0120000012", Stage.ON_BENCH, "hologram")

    assert next_step(device, load(), NOON)[1] == stage_word(Stage.ON_BENCH)


@pytest.mark.parametrize(
    ("since", "words"),
    [
        (date(2021, 10, 11), "today"),
        (date(2021, 10, 13), "today"),  # a clock set back
        (date(2021, 10, 10), "1 day"),
        (date(2021, 9, 1), "40 days"),
        (date(2021, 6, 1), "4 months"),
        (date(2018, 10, 11), "3 years"),
    ],
)
def test_ages_are_told_in_the_unit_people_use(since: date, words: str) -> None:
    assert age_words(since, date(2021, 10, 11)) == words


def test_days_are_written_day_first() -> None:
    assert day_words(date(2021, 10, 9)) == "09/10/2021"
