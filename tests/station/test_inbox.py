"""Reports that came without a device: linked once, or set aside with a reason."""

import pytest
from sqlalchemy import text

from station import bench, refusals
from station import events as e
from station.checks import CheckResult, Outcome
from station.device import Stage
from station.inbox import DismissReport, dismiss_report, link_report
from station.reference import UnknownReference, load
from station.store import upkeep
from station.store.engine import writing
from station.store.store import SqlStore, open_store
from station.store.verifying import verify
from tests.station import life
from tests.station.conftest import CLERK, KEY, NOON, STATION, TECHNICIAN, new_store
from tests.station.older_stores import go_back

REPORT, OTHER = b"1" * 32, b"2" * 32
POINT = f"point-{STATION:03d}"


def on_bench(store: SqlStore, serial: str = "8XK2F32") -> str:
    code = life.receive(store, serial=serial)
    bench.take_to_bench(code, store, TECHNICIAN, NOON)
    return code


def saying(device: str, report: bytes = REPORT, serial: str = "8XK2F32") -> bench.RecordChecks:
    return bench.RecordChecks(
        device=device,
        report=report,
        machine=life.machine(serial=serial),
        results=(CheckResult("mem.size", Outcome.PASS),),
        policy="judge-2021-09-10",
    )


def kinds(store: SqlStore, code: str) -> list[str]:
    return [row.event.header.kind for row in store.timeline(code)]


def test_a_linked_report_counts_as_one_made_for_the_device(either_store: SqlStore) -> None:
    device = on_bench(either_store)

    link_report(saying(device), either_store, TECHNICIAN, NOON)

    assert kinds(either_store, device)[-2:] == ["ReportLinked", "ChecksRecorded"]
    known = either_store.device(device)
    assert known is not None
    assert known.check("mem.size") is not None


def test_a_report_linked_twice_is_one_report(store: SqlStore) -> None:
    device = on_bench(store)

    first = link_report(saying(device), store, TECHNICIAN, NOON)
    again = link_report(saying(device), store, TECHNICIAN, NOON)
    recorded = bench.record_checks(saying(device), store, TECHNICIAN, NOON)

    assert first.hash == again.hash == recorded.hash
    assert kinds(store, device).count("ChecksRecorded") == 1


@pytest.mark.parametrize("act", [bench.record_checks, link_report])
def test_a_report_of_one_device_is_not_recorded_for_another(store: SqlStore, act: object) -> None:
    first, second = on_bench(store), on_bench(store, "8XK2F33")
    link_report(saying(first), store, TECHNICIAN, NOON)

    with pytest.raises(refusals.ReportOfAnother) as refused:
        act(saying(second, serial="8XK2F33"), store, TECHNICIAN, NOON)  # type: ignore[operator]

    assert refused.value.about == (second, first)
    assert "ReportLinked" not in kinds(store, second)


def test_a_report_is_linked_where_its_device_is_worked_at(store: SqlStore) -> None:
    device = life.receive(store, serial="8XK2F32")

    with pytest.raises(refusals.NotInThisStage):
        link_report(saying(device), store, TECHNICIAN, NOON)

    assert "ReportLinked" not in kinds(store, device)
    assert store.named_reports([REPORT]) == frozenset()


def test_a_report_with_the_serial_number_of_another_device_here_is_refused(
    store: SqlStore,
) -> None:
    on_bench(store, "8XK2F33")
    device = on_bench(store)

    with pytest.raises(refusals.SerialInUse):
        link_report(saying(device, serial="8XK2F33"), store, TECHNICIAN, NOON)

    assert "ReportLinked" not in kinds(store, device)


def test_a_dismissed_report_is_the_points_with_its_reason(either_store: SqlStore) -> None:
    command = DismissReport(report=REPORT, reason="trial-run")

    first = dismiss_report(command, either_store, TECHNICIAN, NOON)
    again = dismiss_report(command, either_store, TECHNICIAN, NOON)

    assert first.header.subject == POINT
    assert first.hash == again.hash
    assert kinds(either_store, POINT).count("ReportDismissed") == 1


def test_a_dismissed_report_may_still_be_linked(store: SqlStore) -> None:
    device = on_bench(store)
    dismiss_report(DismissReport(report=REPORT, reason="trial-run"), store, TECHNICIAN, NOON)

    link_report(saying(device), store, TECHNICIAN, NOON)

    assert kinds(store, device)[-1] == "ChecksRecorded"


def test_what_counts_is_not_dismissed(store: SqlStore) -> None:
    device = on_bench(store)
    link_report(saying(device), store, TECHNICIAN, NOON)

    with pytest.raises(refusals.ReportInUse) as refused:
        dismiss_report(DismissReport(report=REPORT, reason="trial-run"), store, TECHNICIAN, NOON)

    assert refused.value.about == (device,)


def test_a_reason_of_another_act_is_none(store: SqlStore) -> None:
    with pytest.raises(UnknownReference):
        dismiss_report(DismissReport(report=REPORT, reason="lost"), store, TECHNICIAN, NOON)

    assert store.named_reports([REPORT]) == frozenset()


def test_the_inbox_is_the_benchs_work(store: SqlStore) -> None:
    device = on_bench(store)

    with pytest.raises(refusals.NotYourRole):
        link_report(saying(device), store, CLERK, NOON)
    with pytest.raises(refusals.NotYourRole):
        dismiss_report(DismissReport(report=REPORT, reason="trial-run"), store, CLERK, NOON)


def test_the_store_says_which_of_many_reports_are_named(either_store: SqlStore) -> None:
    device = on_bench(either_store)
    link_report(saying(device), either_store, TECHNICIAN, NOON)
    dismiss_report(DismissReport(report=OTHER, reason="read-twice"), either_store, TECHNICIAN, NOON)
    unknown = [n.to_bytes(32, "big") for n in range(1200)]

    named = either_store.named_reports([REPORT, OTHER, *unknown])

    assert named == {REPORT, OTHER}
    assert either_store.named_reports([]) == frozenset()


def test_what_names_a_report_is_folded_again_byte_by_byte(either_store: SqlStore) -> None:
    device = on_bench(either_store)
    link_report(saying(device), either_store, TECHNICIAN, NOON)
    dismiss_report(DismissReport(report=OTHER, reason="read-twice"), either_store, TECHNICIAN, NOON)

    assert upkeep.projections_match(either_store.engine)
    upkeep.rebuild(either_store.engine)

    assert either_store.named_reports([REPORT, OTHER]) == {REPORT, OTHER}
    assert verify(either_store.engine).sound


def test_a_store_of_the_first_version_knows_its_reports_once_it_is_opened(database: str) -> None:
    with new_store(database) as store:
        link_report(saying(on_bench(store)), store, TECHNICIAN, NOON)
        with writing(store.engine) as connection:  # as that version would have left it
            connection.execute(text("DELETE FROM mention WHERE code LIKE 'report-%'"))
        go_back(store.engine, "0001")

    with open_store(database, KEY, load()) as store:
        assert store.named_reports([REPORT]) == {REPORT}
        assert verify(store.engine).sound


def test_a_report_is_found_by_its_code_whatever_device_it_is_of(store: SqlStore) -> None:
    device = on_bench(store)
    link_report(saying(device), store, TECHNICIAN, NOON)

    found = store.timeline(e.report_code(REPORT))

    assert [row.event.header.subject for row in found] == [device, device]
    known = store.device(device)
    assert known is not None
    assert known.stage is Stage.ON_BENCH
