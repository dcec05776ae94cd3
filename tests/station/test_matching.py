"""Which devices suit a case: one order, and never a device that is not free for it."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station import events as e
from station.case import Case
from station.checks import CheckResult, Outcome
from station.codes import CodeKind, make
from station.device import Check, CheckSource, Device, DiskState, Stage
from station.ledger import ChainId
from station.matching import GB, Level, LevelNeed, Suggestion, suggestions
from station.reference import Reference, load

TODAY = date(2021, 10, 11)
CASE, OTHER = make(CodeKind.CASE, 12, 1), make(CodeKind.CASE, 12, 2)
NEEDS = {"primary": LevelNeed(2048, 4096, 30), "upper-secondary": LevelNeed(4096, 8192, 60)}


@pytest.fixture(scope="module")
def reference() -> Reference:
    return load()


def ready(number: int, memory: int | None = 8192, **more: object) -> Device:
    """A laptop on the shelf of those that may be given."""
    known = {
        "kind": "laptop",
        "stage": Stage.READY,
        "known": True,
        "since": TODAY,
        "machine": e.MachineFact(memory_mib=memory),
    }
    return Device(make(CodeKind.DEVICE, 12, number), **known | more)  # type: ignore[arg-type]


def order(reference: Reference, case: Case, *devices: Device) -> list[Device]:
    found = suggestions(case, devices, NEEDS, reference, TODAY)
    return [one.device for one in found]


def passed(*checks: str) -> tuple[Check, ...]:
    return tuple(Check(CheckResult(c, Outcome.PASS), CheckSource.HAND) for c in checks)


devices = st.builds(
    ready,
    st.integers(1, 40),
    st.none() | st.sampled_from([1024, 2048, 4096, 8192]),
    stage=st.sampled_from(Stage),
    kind=st.sampled_from(["laptop", "desktop", "tablet", "monitor", "kind-of-tomorrow"]),
    hold=st.none() | st.just("safety"),
    promised=st.sampled_from([None, CASE, OTHER]),
    head=st.none() | st.just("0120000015"),
    lent_to=st.none() | st.just(ChainId(12, 2)),
    shelf=st.none() | st.just("V0120000013"),
    grade=st.sampled_from([None, "a", "b"]),
    since=st.none() | st.dates(TODAY - timedelta(9), TODAY),
    checks=st.sampled_from([(), passed("cam.frames"), passed("cam.frames", "aud.loop")]),
)


@settings(max_examples=60, deadline=None)
@given(found=st.lists(devices, max_size=12, unique_by=lambda d: d.code), data=st.data())
def test_the_order_is_one_and_holds_only_what_is_free_for_the_case(
    reference: Reference, found: list[Device], data: st.DataObject
) -> None:
    case = Case(CASE, level="primary", wants=data.draw(st.sampled_from([None, "laptop"])))
    shuffled = data.draw(st.permutations(found))

    told = suggestions(case, found, NEEDS, reference, TODAY)

    assert told == suggestions(case, shuffled, NEEDS, reference, TODAY)
    ranks = [one.rank for one in told]
    assert ranks == sorted(set(ranks))
    free = [
        device
        for device in found
        if device.stage is Stage.READY
        and not (device.hold or device.lent_to or device.head)
        and device.promised != OTHER
    ]
    assert {one.device.code for one in told} == {device.code for device in free}


def test_what_the_donor_chose_stands_first_however_small_it_is(reference: Reference) -> None:
    gift, better = ready(1, 1024, promised=CASE), ready(2)

    assert order(reference, Case(CASE, level="primary"), better, gift) == [gift, better]


def test_the_kind_wanted_goes_before_the_level_and_the_level_before_the_wait(
    reference: Reference,
) -> None:
    case = Case(CASE, level="upper-secondary", wants="laptop")
    small, tight, enough = ready(1, 2048), ready(2, 4096), ready(3, 8192)
    untold, desktop = ready(4, None), ready(5, 8192, kind="desktop")
    longest = ready(6, 4096, since=TODAY - timedelta(12))

    found = order(reference, case, desktop, small, untold, tight, longest, enough)

    assert found == [enough, longest, tight, untold, small, desktop]


@pytest.mark.parametrize(
    ("device", "level"),
    [
        (ready(1, 8192), Level.ENOUGH),
        (ready(1, 4096), Level.TIGHT),
        (ready(1, None), Level.UNKNOWN),
        (ready(1, 2048), Level.SMALL),
        (ready(1, 8192, disks=(DiskState("S", None, None, 32 * GB),)), Level.SMALL),
        (ready(1, None, kind="tablet"), Level.OWN_KIND),
        (ready(1, None, kind="monitor"), Level.NO_COMPUTER),
    ],
)
def test_the_level_is_judged_by_what_is_known(
    reference: Reference, device: Device, level: Level
) -> None:
    (found,) = suggestions(Case(CASE, level="upper-secondary"), [device], NEEDS, reference, TODAY)

    assert found.level is level


def test_what_lessons_need_and_nobody_saw_is_named(reference: Reference) -> None:
    disk = e.DiskFact(serial="S", rotational=False)
    device = ready(
        1,
        machine=e.MachineFact(memory_mib=8192, disks=(disk,)),
        checks=passed("cam.frames", "net.wifi"),
        since=TODAY - timedelta(12),
    )

    (found,) = suggestions(Case(CASE, level="primary"), [device], NEEDS, reference, TODAY)

    assert found == Suggestion(
        device=device,
        rank=found.rank,
        level=Level.ENOUGH,
        memory_mib=8192,
        ssd=True,
        lacking=("aud.loop",),
        waits_days=12,
    )
