from collections.abc import Iterator
from pathlib import Path

import pytest

from station import bench, correction, defects, refusals, stock
from station import events as e
from station.checks import Outcome
from station.defects import FindDefect, MendDefect
from station.device import Defect
from station.grading import CONDITION, GradeReason, propose_grade
from station.people import Donor, Secret
from station.ports import Store
from station.store.store import SqlStore
from station.told_secrets import told_word
from tests.station import life
from tests.station.conftest import CLERK, GIVER, NOON, TECHNICIAN
from tests.ui.desks import point_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with point_store(tmp_path) as store:
        yield store


def found(store: Store, code: str, severity: str = "minor") -> None:
    command = FindDefect(device=code, defect="cracked-case", zone="lid", severity=severity)
    defects.find_defect(command, store, TECHNICIAN, NOON)


def on_bench(store: SqlStore) -> str:
    code = life.receive(store, serial="8XK2F32")
    bench.take_to_bench(code, store, TECHNICIAN, NOON)
    return code


def test_a_defect_stands_once_with_what_was_said_last_until_it_is_mended(store: SqlStore) -> None:
    code = on_bench(store)
    found(store, code)
    found(store, code, "major")
    assert store.device(code).defects == (Defect("cracked-case", "lid", "major"),)  # type: ignore[union-attr]

    mended = MendDefect(device=code, defect="cracked-case", zone="lid")
    defects.mend_defect(mended, store, TECHNICIAN, NOON)

    assert store.device(code).defects == ()  # type: ignore[union-attr]
    with pytest.raises(refusals.NoSuchDefect):
        defects.mend_defect(mended, store, TECHNICIAN, NOON)


def test_the_severity_of_a_defect_is_corrected(store: SqlStore) -> None:
    code = on_bench(store)
    command = FindDefect(device=code, defect="cracked-case", zone="lid", severity="major")
    event = defects.find_defect(command, store, TECHNICIAN, NOON)

    right = correction.Correct(event=event.hash, fields={"severity": "cosmetic"}, reason="mistyped")
    correction.correct(right, store, TECHNICIAN, NOON)

    assert store.device(code).defects[0].severity == "cosmetic"  # type: ignore[union-attr]


def test_another_technician_goes_on_and_a_clerk_does_not(store: SqlStore) -> None:
    code = on_bench(store)
    with pytest.raises(refusals.AlreadyAtIt):
        bench.take_over(code, store, TECHNICIAN, NOON)
    with pytest.raises(refusals.NotYourRole):
        bench.take_over(code, store, CLERK, NOON)


def test_a_note_needs_words(store: SqlStore) -> None:
    code = on_bench(store)
    with pytest.raises(refusals.NothingToRecord):
        bench.write_note(code, "  ", store, TECHNICIAN, NOON)

    event = bench.write_note(code, "quạt kêu khi nóng", store, TECHNICIAN, NOON)

    assert event.said is not None
    assert event.said.note is not None


def test_no_grade_is_proposed_while_a_check_is_open_or_nobody_said_how_it_looks(
    store: SqlStore,
) -> None:
    code = on_bench(store)

    proposal = propose_grade(store.device(code), store.reference, NOON)  # type: ignore[arg-type]

    assert proposal.grade is None
    assert CONDITION in proposal.missing
    assert "kbd.matrix" in proposal.missing


@pytest.mark.parametrize(
    ("condition", "severity", "grade"),
    [("good", None, "a"), ("good", "cosmetic", "b"), ("scratched", "major", "c")],
)
def test_the_proposed_grade_follows_looks_and_defects(
    store: SqlStore, condition: str, severity: str | None, grade: str
) -> None:
    code = life.receive(store, serial="8XK2F32", condition=condition)
    life.refurbish(store, code)
    if severity:
        found(store, code, severity)

    proposal = propose_grade(store.device(code), store.reference, NOON)  # type: ignore[arg-type]

    assert proposal.grade == grade
    if severity == "major":
        assert proposal.reasons == (GradeReason("c", defect="cracked-case", zone="lid"),)


def test_a_part_from_stock_goes_into_the_kit_in_one_act(store: SqlStore) -> None:
    code = on_bench(store)
    stock.receive_parts("webcam-usb", 2, store, TECHNICIAN, NOON)
    life.try_by_hand(store, code, "cam.frames", outcome=Outcome.FAIL)

    checked = bench.CheckKit(device=code, present=("charger", "webcam-usb"), parts=("webcam-usb",))
    bench.check_kit(checked, store, TECHNICIAN, NOON)

    left = {parts.item: parts.quantity for parts in store.parts()}
    assert left["webcam-usb"] == 1
    assert store.device(code).kit == ("charger", "webcam-usb")  # type: ignore[union-attr]


def test_a_told_password_is_read_at_the_bench_alone(store: SqlStore) -> None:
    code = on_bench(store)
    with store.transaction(CLERK, NOON) as work:
        work.record(code, e.SecretGiven(of="bios", secret=work.keep(Secret(word="hoa1990"))))

    assert told_word(code, "bios", store, TECHNICIAN) == "hoa1990"
    with pytest.raises(refusals.NotYourRole):
        told_word(code, "bios", store, GIVER)
    with pytest.raises(refusals.NothingTold):
        told_word(code, "disk", store, TECHNICIAN)


def test_told_passwords_go_with_the_data_of_the_last_disk(store: SqlStore) -> None:
    code = on_bench(store)
    with store.transaction(CLERK, NOON) as work:
        work.record(code, e.SecretGiven(of="bios", secret=work.keep(Secret(word="hoa1990"))))
    life.measure(store, code)
    failed = bench.RecordErasure(device=code, disk=life.DISK, method="overwrite", passed=False)
    bench.record_erasure(failed, store, TECHNICIAN, NOON)
    assert told_word(code, "bios", store, TECHNICIAN) == "hoa1990"

    life.erase_and_install(store, code)

    with pytest.raises(refusals.NothingTold):
        told_word(code, "bios", store, TECHNICIAN)


@pytest.mark.parametrize("reason", ["returned-to-donor", "harvested"])
def test_told_passwords_stay_no_longer_than_the_device(store: SqlStore, reason: str) -> None:
    code = on_bench(store)
    with store.transaction(CLERK, NOON) as work:
        secret = work.keep(Secret(word="hoa1990"))
        work.record(code, e.SecretGiven(of="bios", secret=secret))

    stock.retire(stock.Retire(device=code, reason=reason), store, TECHNICIAN, NOON)
    if reason == "harvested":
        assert store.content(secret.id) is not None
        firm = Donor("Cty Xanh", organisation=True)
        stock.give_waste(stock.GiveWaste(devices=(code,), receiver=firm), store, TECHNICIAN, NOON)

    assert store.content(secret.id) is None
