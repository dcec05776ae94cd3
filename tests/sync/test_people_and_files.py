"""People rows and files between points and service: real stores, real HTTP, both engines."""

import threading
from collections.abc import Callable, Iterator
from hashlib import sha256
from itertools import count
from pathlib import Path
from time import monotonic

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, text
from typing_extensions import override

from station import events, people
from station.codes import CodeKind, make
from station.consent import PurgePerson, purge_person
from station.ports import FileToSend, PersonSent
from station.reference import load
from station.store.engine import sqlite_url
from station.store.store import create_store
from sync import wire
from sync.course import Going, Round
from sync.files import FilesCourse, fetch
from sync.people import PeopleCourse
from sync.problems import Offline, ServiceRefused
from sync.push import push
from sync.sealing import Cipher, row_label
from sync.service import CentralService
from sync.throttle import Throttle
from sync.transport import Answer
from tests.sync.conftest import KEY, LEAD, LONG_ON_BOTH, NOON, process_on
from tests.sync.service_process import ServiceProcess

HOA = people.Donor("Nguyễn Thị Hòa", phone="0912 345 678", may_process=True)
PHOTO = b"\xff\xd8\xff" + bytes(range(256)) * 80
SCAN = b"%PDF-1.7 signed by " + "Nguyễn Thị Hòa".encode() * 500
FAST = Throttle(rate=2**30)

_stations = count(300)


class Point:
    """A point's real store, enrolled with the service of the test."""

    def __init__(self, process: ServiceProcess, folder: Path) -> None:
        self.process, self.station = process, next(_stations)
        url = sqlite_url(folder / f"{self.station}.db")
        self.store = create_store(url, KEY, load(), station=self.station, by=LEAD, when=NOON)
        process.enrol(self.store)
        self.device = make(CodeKind.DEVICE, self.station, 1)
        self.photo = PHOTO + str(self.station).encode()  # one that no other test sent

    def record(self, subject: str, *said: events.Said) -> None:
        with self.store.transaction(LEAD, NOON) as work:
            for one in said:
                work.record(subject, one)

    def receive(self, donor: people.Donor = HOA) -> events.Ref:
        """A donor's laptop comes in."""
        with self.store.transaction(LEAD, NOON) as work:
            ref = work.keep(donor)
            work.record(self.device, events.Received(kind="laptop", donor=ref))
        return ref

    def send_to(self, other: "Point") -> None:
        """The laptop leaves for another point."""
        self.record(self.device, events.SentTo(place=f"point-{other.station:03d}"))

    def purge(self, ref: events.Ref) -> None:
        """Somebody withdraws their consent here."""
        command = PurgePerson(person=ref.id, reason="consent-withdrawn")
        purge_person(command, self.store, LEAD, NOON)

    def let_go(self, content: bytes, use: str = "photo") -> bytes:
        """A person lets a file go."""
        with self.store.transaction(LEAD, NOON) as work:
            digest = work.attach(content)
            said = events.AttachmentReleased(
                attachment=digest, use=use, media="jpeg", size_bytes=len(content)
            )
            work.record(self.device, said)
        return digest

    def attach_scan(self, content: bytes) -> bytes:
        """A signed paper is scanned."""
        with self.store.transaction(LEAD, NOON) as work:
            digest = work.attach(content)
            paper = make(CodeKind.PAPER, self.station, 1)
            work.record(paper, events.SignedCopyAttached(scan=digest, media="pdf"))
        return digest

    def client(self) -> CentralService:
        return CentralService(self.process.address, self.store)

    def round(self) -> Round:
        """One round of sync, files as fast as they go."""
        with self.client() as service:
            done = Going(self.store, service, lambda do: do()).go()
        assert done.problem is None, done.problem
        return done

    def says(self, ref: events.Ref) -> people.Content | None:
        return self.store.content(ref.id)


@pytest.fixture(params=LONG_ON_BOTH)
def process(request: pytest.FixtureRequest) -> ServiceProcess:
    """The service on each engine."""
    return process_on(request)


@pytest.fixture
def new_point(process: ServiceProcess, tmp_path: Path) -> Iterator[Callable[[], Point]]:
    made: list[Point] = []

    def new() -> Point:
        made.append(Point(process, tmp_path))
        return made[-1]

    yield new
    for point in made:
        point.store.close()


@pytest.fixture
def here(new_point: Callable[[], Point]) -> Point:
    return new_point()


@pytest.fixture
def there(new_point: Callable[[], Point]) -> Point:
    return new_point()


# ---- people ----


def test_a_donors_row_follows_the_device_and_goes_nowhere_else(
    here: Point, there: Point, new_point: Callable[[], Point]
) -> None:
    elsewhere = new_point()
    ref = here.receive()
    here.round()
    here.send_to(there)
    here.round()
    came, nothing = there.round(), elsewhere.round()

    assert (came.people_came, nothing.people_came) == (1, 0)
    assert there.says(ref) == HOA
    assert [found.id for found in there.store.find_people("hoa")] == [ref.id]
    assert elsewhere.says(ref) is None


def test_withdrawal_reaches_every_copy_also_of_a_point_that_was_offline(
    here: Point, there: Point
) -> None:
    ref = here.receive()
    here.send_to(there)
    here.round()
    there.round()
    assert there.store.find_people("hoa")
    here.purge(ref)  # while the other point is offline
    here.round()
    assert there.says(ref) == HOA
    there.round()

    for point in (here, there):
        assert point.says(ref) is None
        assert point.store.find_people("hoa") == ()
    assert _kept_open(here.process) == b""


def test_withdrawal_at_the_point_that_has_the_copy_reaches_the_owner(
    here: Point, there: Point
) -> None:
    ref = here.receive()
    here.send_to(there)
    here.round()
    there.round()
    there.purge(ref)
    there.round()
    here.round()

    assert here.says(ref) is None
    assert here.store.find_people("hoa") == ()


def _kept_open(process: ServiceProcess) -> bytes:
    """What lies open in the service's database of names that tests say."""
    engine = create_engine(process.database)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT sealed FROM person WHERE sealed IS NOT NULL"))
        kept = b"".join(bytes(row.sealed) for row in rows)
    engine.dispose()
    return b"".join(word for word in ("Nguyễn".encode(), b"0912 345 678") if word in kept)


def test_a_lost_answer_costs_one_batch_sent_twice(here: Point) -> None:
    ref = here.receive()
    here.round()
    here.store.forget_what_was_sent()

    assert here.round().people_sent == 1
    assert here.says(ref) == HOA


def test_a_row_sealed_for_an_older_session_is_sealed_anew(here: Point) -> None:
    here.receive()
    with here.client() as service:
        Going(here.store, service, lambda do: do()).go()
        here.store.forget_what_was_sent()
        row = here.store.people_to_send(1)[0]
        sealed = Cipher(bytes(32)).seal(row_label(row.id, row.version), row.salted or b"")
        old = wire.PersonRow(row.id, row.station, 1, row.kind, sealed, *row.named_by)
        with pytest.raises(ServiceRefused, match="wrong_seal"):
            service.ask(wire.PeopleAnswer, "POST", "people", wire.PeopleRequest((old,)))

        course = PeopleCourse(here.store, service)
        course.run()
    assert course.sent == 1


@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300))
def test_any_words_come_as_they_were_typed(here: Point, there: Point, typed: str) -> None:
    hostile = f"{typed}<script>alert(1)</script>'; DROP TABLE person; --"
    salted = b"s" * 16 + people.encode(people.Text(hostile + "\0"))
    id_ = sha256(salted).digest()[:16]
    _put_row(here, id_, salted)
    here.record(here.device, events.Counted(note=events.Ref(id_, sha256(salted).digest())))
    here.send_to(there)
    here.round()
    there.round()

    assert there.store.content(id_) == people.Text(hostile + "\0")


def _put_row(point: Point, id_: bytes, salted: bytes) -> None:
    """A row with words that this version would have cleaned when they were typed."""
    row = PersonSent(id_, point.station, 1, "text", salted)
    point.store.take_in_people([row], point.store.people_position())
    point.store.forget_what_was_sent()


# ---- files ----


def fetched(point: Point, digest: bytes, use: str = "photo") -> bytes | None:
    with point.client() as service:
        return fetch(service, FileToSend(digest, 0, use), FAST, lambda: False)


def test_released_files_and_scans_go_and_come_as_they_were(here: Point, there: Point) -> None:
    here.receive()
    photo, scan = here.let_go(here.photo), here.attach_scan(SCAN)
    here.send_to(there)

    assert here.round().files_sent == 2
    assert here.round().files_sent == 0
    there.round()
    assert fetched(there, photo) == here.photo
    assert fetched(here, scan, "scan") == SCAN
    for digest, use in ((scan, "scan"), (scan, "photo"), (b"?" * 32, "photo")):
        with pytest.raises(ServiceRefused, match="unknown_file"):
            fetched(there, digest, use)


def test_nothing_else_ever_leaves_a_point(here: Point) -> None:
    """A photo nobody released, evidence of an erasure, a paper's words, an operator's name."""
    here.receive()
    secret = [b"\xff\xd8\xff a photo of a person", b"evidence with a name", b"a paper's words"]
    disk = events.DiskId(serial="S1")
    with here.store.transaction(LEAD, NOON) as work:
        photo, evidence = work.attach(secret[0]), work.attach(secret[1])
        work.record(here.device, events.PhotoTaken(photo=photo))
        erased = events.StorageErased(disk=disk, method="overwrite", passed=True, evidence=evidence)
        work.record(here.device, erased)
        paper = work.keep(people.PaperContent(secret[2]))
        code = make(CodeKind.PAPER, here.station, 1)
        digest = sha256(secret[2]).digest()
        made = events.PaperMade(paper="receipt", about=(), content=paper, digest=digest)
        work.record(code, made)
    here.store.add_operator(people.OperatorName("op.lan", "Lan", LEAD.role))
    done = here.round()

    assert (done.people_sent, done.files_sent) == (1, 0)
    assert here.store.files_to_send(9) == ()
    for digest in (photo, evidence):
        for use in ("photo", "scan"):
            with pytest.raises(ServiceRefused, match="unknown_file"):
                fetched(here, digest, use)


def test_two_points_with_the_same_file_send_it_once(here: Point, there: Point) -> None:
    digests = {point.let_go(here.photo) for point in (here, there)}
    here.round()
    pushed(there)
    with Harmed(there.process.address, there.store) as service:
        service.until = 0  # not one chunk passes
        course = FilesCourse(there.store, service, FAST)
        course.run()

    assert course.sent == 1
    assert fetched(there, digests.pop()) == here.photo


class Harmed(CentralService):
    """A line that goes down at a chunk, before or behind it, or changes a byte of one."""

    until = 10**6  # chunks that pass before the line goes down
    behind = False  # the chunk that brings it down arrives, its answer does not
    wrong = False  # the next chunk arrives with another byte

    @override
    def __enter__(self) -> "Harmed":
        return self

    @override
    def exchange(self, method: str, path: str, body: bytes | None = None) -> Answer:
        if method != "PUT" or body is None:
            return super().exchange(method, path, body)
        if self.wrong:
            self.wrong, body = False, bytes([body[0] ^ 1]) + body[1:]
        self.until -= 1
        if self.until < 0 and not self.behind:
            raise Offline("the line is down")
        answer = super().exchange(method, path, body)
        if self.until < 0:
            raise Offline("the line is down")
        return answer


def small_chunks() -> Throttle:
    """4 KiB at once, and time flies."""
    seconds = count(0, 10)
    return Throttle(8_192, clock=lambda: float(next(seconds)))


def held(point: Point, digest: bytes) -> int:
    with point.client() as service:
        path = f"attachments/{digest.hex()}"
        return service.ask(wire.AttachmentState, "GET", path).held


def pushed(point: Point) -> None:
    """The events go, and no file yet."""
    with point.client() as service:
        assert Going(point.store, service, lambda do: do(), stop=lambda: True).go().heard
        push(point.store, service)


@pytest.mark.parametrize("behind", [False, True])
def test_cut_at_every_chunk_it_goes_on_there(here: Point, behind: bool) -> None:
    content = here.photo[-5 * 4_096 + 7 :]
    digest = here.let_go(content)
    pushed(here)
    reached = []
    for _ in range(4):
        with Harmed(here.process.address, here.store) as service:
            service.until, service.behind = (0, True) if behind else (1, False)
            with pytest.raises(Offline):
                FilesCourse(here.store, service, small_chunks()).run()
        reached.append(held(here, digest))
    with Harmed(here.process.address, here.store) as service:
        service.until = 1
        FilesCourse(here.store, service, small_chunks()).run()

    assert reached == [4_096 * n for n in (1, 2, 3, 4)]
    assert here.store.files_to_send(9) == ()
    assert fetched(here, digest) == content


def test_a_byte_that_changed_on_the_way_is_found_and_the_file_sent_again(here: Point) -> None:
    digest = here.let_go(here.photo)
    pushed(here)
    with Harmed(here.process.address, here.store) as service:
        service.wrong = True
        course = FilesCourse(here.store, service, small_chunks())
        course.run()

    assert (course.sent, course.refused) == (1, {})
    assert fetched(here, digest) == here.photo


def test_a_changed_byte_of_a_scan_does_not_even_open(here: Point) -> None:
    here.attach_scan(SCAN)
    pushed(here)
    with Harmed(here.process.address, here.store) as service:
        service.wrong = True
        course = FilesCourse(here.store, service, small_chunks())
        course.run()

    assert course.sent == 1


def test_a_file_purged_in_the_middle_is_gone_on_both_sides_for_good(here: Point) -> None:
    digest = here.let_go(here.photo)
    pushed(here)
    with Harmed(here.process.address, here.store) as service:
        service.until = 2
        with pytest.raises(Offline):
            FilesCourse(here.store, service, small_chunks()).run()
    with here.store.transaction(LEAD, NOON) as work:
        work.purge_file(digest)
    here.round()

    assert here.store.files_to_purge(9) == ()
    assert here.store.files_to_send(9) == ()
    with pytest.raises(ServiceRefused, match="purged"):
        held(here, digest)
    # an old copy of the store would send it once more: it is emptied there as well
    with here.store.transaction(LEAD, NOON) as work:
        work.attach(here.photo)
    here.round()
    assert here.store.attachment(digest) is None
    # and whoever lets it go by a new event may do so
    here.let_go(here.photo)
    assert here.round().files_sent == 1
    assert fetched(here, digest) == here.photo


def test_stopped_in_the_middle_it_ends_at_once_and_goes_on_later(here: Point) -> None:
    digest = here.let_go(here.photo)
    pushed(here)
    stop = threading.Event()
    with here.client() as service:
        course = FilesCourse(here.store, service, Throttle(rate=8_192))
        threading.Timer(0.3, stop.set).start()
        began = monotonic()
        course.run(stop.is_set)
        took = monotonic() - began
        begun = held(here, digest)
        FilesCourse(here.store, service, small_chunks()).run()

    assert course.sent == 0
    assert took < 2.0  # the whole file would take nine seconds
    assert 0 < begun < len(here.photo)
    assert fetched(here, digest) == here.photo


def test_files_go_no_faster_than_they_may() -> None:
    now, waited = [0.0], [0.0]

    def wait(seconds: float) -> None:
        now[0] += seconds
        waited[0] += seconds

    throttle = Throttle(1_000, clock=lambda: now[0], wait=wait)
    for _ in range(21):
        assert throttle.let_through(500)

    assert 9.4 < waited[0] < 9.7  # the first second's worth went at once
    assert not throttle.let_through(500, stop=lambda: True)


def test_a_file_that_is_damaged_on_the_disk_is_not_sent(here: Point) -> None:
    good, bad = here.let_go(here.photo), here.let_go(here.photo[::-1])
    pushed(here)
    with here.store.transaction(LEAD, NOON) as work:
        work.purge_file(bad)
    with here.client() as service:
        course = FilesCourse(here.store, service, FAST)
        course.run()

    assert course.sent == 1
    assert fetched(here, good) == here.photo


@pytest.mark.parametrize(
    "path",
    [
        "attachments/..%2f..%2fetc%2fpasswd",
        "attachments/" + "0" * 63,
        "attachments/" + "G" * 64,
        "attachments/" + "0" * 64 + "%00.jpg",
        "people/scans/..%2f" + "0" * 61,
    ],
)
def test_a_name_that_is_no_hash_leads_nowhere(here: Point, path: str) -> None:
    with here.client() as service, pytest.raises(ServiceRefused) as refused:
        service.ask(wire.AttachmentState, "GET", path)

    assert refused.value.code in {"unreadable_request", "no_such_address"}
