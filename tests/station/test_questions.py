"""What the screens ask of a store."""

from station import bench, handover, intake
from station import events as e
from station.device import Stage
from station.operators import Role
from station.people import OperatorName
from station.ports import DeviceFilter
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import CLERK, GIVER, NOON, TECHNICIAN


def codes_shown(store: SqlStore, wanted: DeviceFilter, before: int | None = None) -> list[str]:
    return [row.device.code for row in store.devices(wanted, before=before, limit=2)]


def test_the_table_comes_page_by_page_the_newest_first(either_store: SqlStore) -> None:
    codes = [life.receive(either_store) for _ in range(5)]
    shown: list[str] = []
    before = None
    while page := either_store.devices(DeviceFilter(), before=before, limit=2):
        shown += [row.device.code for row in page]
        before = page[-1].position

    assert shown == codes[::-1]
    assert either_store.count_devices(DeviceFilter()) == 5


def test_a_filter_narrows_by_words_stage_kind_and_donor(either_store: SqlStore) -> None:
    store = either_store
    laptop = life.receive(store, serial="8XK2F32")
    desktop = life.receive(store, kind="desktop", maker="HP", model="EliteDesk")
    bench.take_to_bench(desktop, store, TECHNICIAN, NOON)
    donor = store.find_people("hoa")[-1].id  # the newest comes first

    assert codes_shown(store, DeviceFilter(text="elite hp")) == [desktop]
    assert codes_shown(store, DeviceFilter(text="8xk")) == [laptop]
    assert codes_shown(store, DeviceFilter(text=laptop[:9])) == [laptop]
    assert codes_shown(store, DeviceFilter(stages=(Stage.ON_BENCH,))) == [desktop]
    assert codes_shown(store, DeviceFilter(kinds=("laptop", "tablet"))) == [laptop]
    assert codes_shown(store, DeviceFilter(donors=(donor,))) == [laptop]
    both = DeviceFilter(kinds=("laptop",), stages=(Stage.ON_BENCH,))
    assert (codes_shown(store, both), store.count_devices(both)) == ([], 0)


def test_the_point_at_a_glance(either_store: SqlStore) -> None:
    store = either_store
    held, _ = life.receive(store), life.receive(store)
    bench.put_on_hold(bench.PutOnHold(device=held, reason="safety"), store, CLERK, NOON)
    bench.take_to_bench(life.receive(store), store, TECHNICIAN, NOON)

    counted = {count.stage: count for count in store.stage_counts()}

    assert (counted[Stage.RECEIVED].devices, counted[Stage.RECEIVED].on_hold) == (2, 1)
    assert (counted[Stage.ON_BENCH].devices, counted[Stage.ON_BENCH].on_hold) == (1, 0)
    assert counted[Stage.RECEIVED].oldest_since == NOON.day


def test_an_operator_is_renamed_not_doubled(either_store: SqlStore) -> None:
    either_store.add_operator(OperatorName("op.1", "Lan", Role.INTAKE))
    either_store.add_operator(OperatorName("op.2", "Minh", Role.BENCH))
    either_store.add_operator(OperatorName("op.1", "Lan Anh", Role.LEAD))

    assert {(known.id, known.name, known.role) for known in either_store.operators()} == {
        ("op.1", "Lan Anh", Role.LEAD),
        ("op.2", "Minh", Role.BENCH),
    }


def test_what_was_never_here_is_nothing(either_store: SqlStore) -> None:
    assert either_store.device("0120000992") is None
    assert either_store.case("H0120000992") is None
    assert either_store.lot("L0120000992") is None
    assert either_store.timeline("0120000992") == ()


def test_a_batch_remembers_its_school_and_devices(either_store: SqlStore) -> None:
    store = either_store
    device, case = life.ready_laptop(store), life.enter_case(store)
    handover.reserve(handover.Reserve(device=device, case=case), store, GIVER, NOON)
    out = handover.hand_over_batch(
        handover.HandOverBatch(school="truong-th-go-dau", devices=(device,)),
        store,
        GIVER,
        NOON,
    )

    batch = store.lot(out.batch)
    assert batch is not None
    assert (batch.school, batch.devices) == ("truong-th-go-dau", (device,))


def test_a_visit_where_something_was_turned_away_is_known(store: SqlStore) -> None:
    turned = intake.RefuseItem(kind="laptop", reason="too-old", count=3)
    refused = intake.refuse_item(turned, store, CLERK, NOON)

    assert isinstance(refused.said, e.Refused)
    assert [row.by for row in store.timeline(refused.header.subject)] == [CLERK.id]
