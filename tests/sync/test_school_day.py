"""A school day end to end: a point, laptops that it lends, files on a stick, a real service."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import select

from station import consent, delegating, handover, refusals
from station import events as e
from station.device import Device, Stage
from station.documents import POLICY, Document, ReferenceWords, encode
from station.ledger import ChainId
from station.people import Person
from station.ports import Cursor
from station.reference import load
from station.store import tables as t
from station.store.engine import sqlite_url
from station.store.keys import StatedKey
from station.store.store import SqlStore, create_delegated_store, create_store
from station.store.upkeep import projections_match
from station.store.verifying import verify
from sync.central import tables as c
from sync.central.database import opened
from sync.course import Going, Round
from sync.parcels import NotAParcel, ParcelOver, WrongPasscode, head_of, new_passcode
from sync.problems import Revoked
from sync.push import push
from sync.school_day import come_home, go_home, lend, read_parcel, require_time, taken_out
from sync.service import CentralService
from tests.station import life
from tests.sync.conftest import KEY, LEAD, LONG_ON_BOTH, NOON, process_on, whole_copy
from tests.sync.service_process import ROOT, ServiceProcess

EVENING = NOON.at + timedelta(hours=9)
HOA = Person(name="Nguyễn Thị Hòa")
LAPTOPS_KEY = StatedKey("of the laptop")
WRITES_AGAIN = """
import sys
from pathlib import Path
from station.files import put_file
file = Path(sys.argv[1])
raw = file.read_bytes()
print("ready", flush=True)
while True:
    put_file(file, raw)
"""

_stations = count(700)
_serials = count(1000)


class School:
    """One point, and what it does on a school day."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.station, self.address = folder, next(_stations), ""
        url = sqlite_url(folder / f"{self.station}.db")
        self.store = create_store(url, KEY, load(), station=self.station, by=LEAD, when=NOON)
        self._open: list[SqlStore] = [self.store]

    def close(self) -> None:
        for store in self._open:
            store.close()

    def promise(self, pupil: str) -> tuple[str, str]:
        """A device that is kept for a pupil."""
        device = life.ready_laptop(self.store, f"S{next(_serials)}")
        case = life.enter_case(self.store, pupil)
        handover.reserve(handover.Reserve(device=device, case=case), self.store, LEAD, NOON)
        return device, case

    def lend(self, *devices: str) -> ChainId:
        command = delegating.Delegate(devices=devices, expires=EVENING)
        return delegating.delegate(command, self.store, LEAD, NOON).chain

    def stick(self, chain: ChainId, way: str) -> Path:
        return self.folder / f"{way}-{chain.number}"

    def laptop(self, chain: ChainId) -> SqlStore:
        """The laptop's own store, out of the file that the point wrote."""
        passcode = new_passcode()
        file = lend(self.store, chain, passcode, self.stick(chain, "out"))
        along = taken_out(read_parcel(file), passcode)
        url = sqlite_url(self.folder / f"laptop-{chain.number}.db")
        self._open.append(
            create_delegated_store(url, LAPTOPS_KEY, load(), along, by=LEAD, when=NOON)
        )
        return self._open[-1]

    def bring(self, laptop: SqlStore) -> int:
        """The stick comes home; how many events were new."""
        file = go_home(laptop, self.stick(laptop.standing().chain, "back"))
        return come_home(self.store, read_parcel(file)).fresh

    def end(self, chain: ChainId, reason: str = delegating.RETURNED) -> None:
        command = delegating.EndDelegation(chain=chain, reason=reason)
        delegating.end_delegation(command, self.store, LEAD, NOON)

    def client(self) -> CentralService:
        return CentralService(self.address, self.store)

    def round(self) -> Round:
        """One round of sync, in which all goes well."""
        with self.client() as service:
            done = Going(self.store, service, lambda do: do()).go()
        assert done.problem is None, done.problem
        return done

    def known(self, device: str) -> Device:
        found = self.store.device(device)
        assert found is not None
        return found

    def outcomes(self, device: str) -> list[tuple[str, str | None]]:
        """What the service said of each event of a device."""
        lines = self.store.timeline(device)
        return [
            (type(line.event.said).__name__, line.verdict.outcome if line.verdict else None)
            for line in lines
        ]

    def assert_sound(self) -> None:
        assert projections_match(self.store.engine)
        found = verify(self.store.engine)
        assert found.sound, found.broken


@pytest.fixture
def offline(tmp_path: Path) -> Iterator[School]:
    """A point that never hears of a service."""
    school = School(tmp_path)
    yield school
    school.close()


@pytest.fixture
def school(offline: School, sqlite_process: ServiceProcess) -> School:
    """A point that a service knows."""
    return known_to(sqlite_process, offline)


@pytest.fixture(params=LONG_ON_BOTH)
def process(request: pytest.FixtureRequest) -> ServiceProcess:
    """The service on each engine."""
    return process_on(request)


@pytest.fixture
def either_school(offline: School, process: ServiceProcess) -> School:
    """A point that the service on each engine knows."""
    return known_to(process, offline)


def known_to(process: ServiceProcess, school: School) -> School:
    process.enrol(school.store)
    school.address = process.address
    return school


def whole_chain(store: SqlStore, chain: ChainId) -> list[bytes]:
    """The hashes of what a laptop wrote, as they lie at its point."""
    table = t.log.c
    wanted = select(table.hash).where(table.chain == chain.number).order_by(table.seq)
    with store.engine.connect() as connection:
        return list(connection.execute(wanted).scalars())


def give(store: SqlStore, device: str, case: str, receiver: Person = HOA) -> None:
    command = handover.HandOver(device=device, case=case, receiver=receiver)
    handover.hand_over(command, store, LEAD, NOON)


def confirm(store: SqlStore, device: str, result: str) -> None:
    command = handover.ConfirmHandover(device=device, result=result, receiver=HOA)
    handover.confirm_handover(command, store, LEAD, NOON)


def last_receiver(school: School, device: str) -> Person:
    """Whoever took a device, as the point knows them."""
    told = [line.event.said for line in school.store.timeline(device)]
    said = [one for one in told if isinstance(one, e.HandedOver)][-1]
    assert said.receiver is not None
    content = school.store.content(said.receiver.id)
    assert isinstance(content, Person)
    return content


def test_a_school_day_with_two_laptops_ends_in_one_ledger(either_school: School) -> None:
    school = either_school
    (an, an_case), (binh, binh_case) = school.promise("Trần Văn An"), school.promise("Lê Văn Bình")
    chains = (school.lend(an), school.lend(binh))
    school.round()  # the service hears of both before they come home
    first, second = map(school.laptop, chains)
    give(first, an, an_case)
    give(second, binh, binh_case)
    assert school.known(an).lent_to == chains[0]

    assert [school.bring(second), school.bring(first)] == [2, 2]
    for chain in chains:
        school.end(chain)
    done = school.round()

    assert done.waiting == 0
    for device in (an, binh):
        assert school.known(device).stage is Stage.HANDED_OVER
        assert school.known(device).lent_to is None
        assert last_receiver(school, device) == HOA
        assert {outcome for _, outcome in school.outcomes(device)} == {e.ACCEPTED}
    with school.client() as service:
        for chain in chains:
            held = [entry.hash for entry in whole_copy(service, chain)]
            assert held == whole_chain(school.store, chain)
    school.assert_sound()


def test_lines_of_a_school_batch_are_confirmed_at_the_school_and_counted_at_home(
    school: School,
) -> None:
    pupils = [school.promise(name) for name in ("Trần Văn An", "Lê Văn Bình", "Ngô Thị Cúc")]
    devices = tuple(device for device, _ in pupils)
    batch = handover.HandOverBatch(school="truong-th-go-dau", devices=devices)
    handover.hand_over_batch(batch, school.store, LEAD, NOON)
    chain = school.lend(*devices)
    laptop = school.laptop(chain)
    for device, result in zip(devices, ("signed", "proxy", "absent"), strict=True):
        confirm(laptop, device, result)

    assert school.bring(laptop) == 4
    school.end(chain)

    assert school.round().waiting == 0
    stages = [school.known(device).stage for device in devices]
    assert stages == [Stage.HANDED_OVER, Stage.HANDED_OVER, Stage.WITH_SCHOOL]
    for device in devices:
        assert ("HandoverConfirmed", e.ACCEPTED) in school.outcomes(device)
    school.assert_sound()


def test_what_went_home_in_the_morning_goes_on_in_the_evening(school: School) -> None:
    (an, an_case), (binh, binh_case) = school.promise("Trần Văn An"), school.promise("Lê Văn Bình")
    chain = school.lend(an, binh)
    laptop = school.laptop(chain)
    give(laptop, an, an_case)
    assert school.bring(laptop) == 2
    school.round()
    give(laptop, binh, binh_case)
    assert [school.bring(laptop), school.bring(laptop)] == [1, 0]
    school.end(chain)
    give_late = school.bring(laptop)

    assert give_late == 0
    assert school.round().waiting == 0
    assert school.known(binh).stage is Stage.HANDED_OVER
    school.assert_sound()


def test_a_power_cut_between_taking_in_and_ending_is_made_good_by_the_same_file(
    offline: School,
) -> None:
    device, case = offline.promise("Trần Văn An")
    chain = offline.lend(device)
    laptop = offline.laptop(chain)
    give(laptop, device, case)
    offline.bring(laptop)  # and the light goes out before the lending is ended

    assert offline.bring(laptop) == 0
    offline.end(chain)

    assert offline.known(device).lent_to is None
    offline.assert_sound()


def test_a_lost_laptop_is_believed_nowhere_and_its_device_goes_to_the_pupil_from_here(
    school: School,
) -> None:
    device, case = school.promise("Trần Văn An")
    chain = school.lend(device)
    laptop = school.laptop(chain)
    give(laptop, device, case, Person(name="Kẻ Gian"))
    key = laptop.signing_key(chain)
    school.end(chain, delegating.REVOKED)
    school.round()

    with pytest.raises(refusals.DelegationOver):
        school.bring(laptop)
    with school.client() as service, pytest.raises(Revoked):
        push(laptop, service)
    give(school.store, device, case)
    done = school.round()

    assert key.public == school.store.delegations()[0].key
    assert done.waiting == 0
    assert last_receiver(school, device) == HOA
    assert ("HandedOver", e.ACCEPTED) in school.outcomes(device)
    assert school.store.find_people("Gian") == ()
    school.assert_sound()


def test_who_withdraws_consent_at_the_school_is_forgotten_at_home_and_at_the_service(
    school: School, sqlite_process: ServiceProcess
) -> None:
    device, _ = school.promise("Trần Văn An")
    chain = school.lend(device)
    school.round()
    laptop = school.laptop(chain)
    (pupil,) = laptop.find_people("Trần Văn An")
    consent.purge_person(
        consent.PurgePerson(person=pupil.id, reason="consent-withdrawn"), laptop, LEAD, NOON
    )

    school.bring(laptop)

    assert school.store.content(pupil.id) is None
    assert school.store.find_people("Trần Văn An") == ()
    assert school.round().people_sent >= 1
    with opened(sqlite_process.database) as engine, engine.connect() as connection:
        row = connection.execute(select(c.person).where(c.person.c.id == pupil.id)).one()
    assert row.sealed is None
    school.assert_sound()


def test_whom_home_forgot_meanwhile_does_not_come_back_with_the_laptop(offline: School) -> None:
    device, case = offline.promise("Trần Văn An")
    chain = offline.lend(device)
    laptop = offline.laptop(chain)
    give(laptop, device, case)
    (pupil,) = offline.store.find_people("Trần Văn An")
    forget = consent.PurgePerson(person=pupil.id, reason="consent-withdrawn")
    consent.purge_person(forget, offline.store, LEAD, NOON)

    offline.bring(laptop)

    assert offline.store.content(pupil.id) is None
    assert offline.known(device).stage is Stage.HANDED_OVER


def test_the_programmes_words_go_along(offline: School) -> None:
    words = Document(POLICY, "release-2030", 3, encode(ReferenceWords('id = "p"')))
    offline.store.take_in_pulled((words,), Cursor(own=1))
    device, _ = offline.promise("Trần Văn An")

    laptop = offline.laptop(offline.lend(device))

    assert laptop.documents(POLICY) == (words,)


def test_a_file_of_another_points_laptop_is_refused_by_name(
    offline: School, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    other = School(tmp_path / "other")
    device, case = other.promise("Trần Văn An")
    laptop = other.laptop(other.lend(device))
    give(laptop, device, case)
    file = go_home(laptop, tmp_path / "strange")
    other.close()

    with pytest.raises(refusals.UnknownDelegation):
        come_home(offline.store, read_parcel(file))

    assert offline.store.standing().seq == 1


def test_a_power_cut_while_the_file_is_written_leaves_the_one_before(
    offline: School, tmp_path: Path
) -> None:
    device, _ = offline.promise("Trần Văn An")
    file = lend(offline.store, offline.lend(device), "12345678", tmp_path / "stick")
    before = head_of(file.read_bytes())
    for pause in (0.0, 0.05):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITES_AGAIN, str(file)],
            stdout=subprocess.PIPE,
            cwd=ROOT,
        )
        with writer, suppress(subprocess.TimeoutExpired):
            assert writer.stdout is not None
            assert writer.stdout.readline() == b"ready\n"
            with suppress(subprocess.TimeoutExpired):
                writer.wait(pause)
            writer.kill()

        raw = read_parcel(file)
        assert head_of(raw).chain == before.chain
        assert taken_out(raw, "12345678").key


def test_a_file_that_lost_its_end_is_not_begun_with(offline: School, tmp_path: Path) -> None:
    device, _ = offline.promise("Trần Văn An")
    file = lend(offline.store, offline.lend(device), "12345678", tmp_path / "stick")
    whole = file.read_bytes()
    for length in (0, 10, 40, len(whole) // 2, len(whole) - 1):
        with pytest.raises((NotAParcel, WrongPasscode)):
            taken_out(whole[:length], "12345678")


def test_a_laptop_begins_while_its_time_lasts(offline: School, tmp_path: Path) -> None:
    device, _ = offline.promise("Trần Văn An")
    file = lend(offline.store, offline.lend(device), "12345678", tmp_path / "stick")
    head = head_of(read_parcel(file))

    require_time(head, EVENING.timestamp())
    with pytest.raises(ParcelOver) as over:
        require_time(head, EVENING.timestamp() + 1)
    assert over.value.expires_s == EVENING.timestamp()
