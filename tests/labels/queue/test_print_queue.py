"""What people do with print jobs, and what is on the disk for it."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labels.printer import Alignment, Language, Printer, Route
from labels.queue.job import Job, JobState
from labels.queue.kept import NoSuchJob, QueueFull, QueueUnusable
from labels.queue.lock import QueueInUse
from labels.queue.print_queue import PrintQueue
from tests.labels.queue.any_order import RAW
from tests.station.child import start

NOON = datetime(2021, 9, 20, 5, tzinfo=UTC)
PAGES = [(b"first", ["VN1", "VN2"]), (b"second", [])]


class Wall:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def queue(tmp_path: Path, wall: Wall) -> Iterator[PrintQueue]:
    queue = PrintQueue(tmp_path / "queue", wall)
    yield queue
    queue.close()


def print_all(queue: PrintQueue, job: Job) -> None:
    for number in range(len(job.pages)):
        assert queue.course.begins(job.id, number)
        queue.course.came_out(job.id, number)


def test_a_job_is_there_again_after_a_restart_as_it_was_added(tmp_path: Path, wall: Wall) -> None:
    printer = Printer(
        Route.CUPS, "Máy in nhãn", Language.ZPL, dpi=300, alignment=Alignment(x=0.5), darkness=8
    )
    queue = PrintQueue(tmp_path, wall)
    added = [queue.add(f"Nhãn {n}", "labels", printer, PAGES) for n in range(12)]
    queue.close()

    again = PrintQueue(tmp_path, wall)

    assert list(again.jobs()) == added
    assert [again.course.payload(added[3], n) for n in (0, 1)] == [b"first", b"second"]
    again.close()


def test_numbers_go_on_after_a_restart(tmp_path: Path) -> None:
    queue = PrintQueue(tmp_path)
    first = queue.add("a", "labels", RAW, PAGES)
    queue.close()

    again = PrintQueue(tmp_path)
    second = again.add("b", "labels", RAW, PAGES)

    assert (
        [job.id for job in again.jobs()] == [first.id, second.id] == sorted([first.id, second.id])
    )
    again.close()


def test_changes_are_told_in_their_order(queue: PrintQueue) -> None:
    told: list[JobState] = []
    queue.listen(lambda job: told.append(job.state))

    job = queue.add("a", "labels", RAW, PAGES[:1])
    print_all(queue, job)

    assert told == [JobState.WAITING, JobState.SENDING, JobState.DONE]


def test_what_came_out_is_on_the_disk_before_it_is_told(queue: PrintQueue, tmp_path: Path) -> None:
    on_disk: list[bytes] = []

    def look(job: Job) -> None:
        on_disk.append((tmp_path / "queue" / job.id / "job.json").read_bytes())

    job = queue.add("a", "labels", RAW, PAGES[:1])
    queue.course.begins(job.id, 0)
    queue.listen(look)
    queue.course.came_out(job.id, 0)

    assert [b'"state":"done"' in job for job in on_disk] == [True]


def waits(queue: PrintQueue) -> bool:
    """Whether somebody who looks at the jobs now has to wait."""
    looking = Thread(target=queue.jobs)
    looking.start()
    looking.join(1)
    return looking.is_alive()


def test_nobody_waits_while_a_large_job_goes_onto_the_disk(
    queue: PrintQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting, sync = list[bool](), os.fsync

    def look_meanwhile(opened: int) -> None:
        waiting.append(waits(queue))
        sync(opened)

    monkeypatch.setattr(os, "fsync", look_meanwhile)
    queue.add("a", "labels", RAW, PAGES)

    assert waiting
    assert not any(waiting)


def test_a_job_that_the_disk_took_sooner_stays_behind_the_one_that_was_asked_for_before(
    queue: PrintQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync, later = os.fsync, list[Job]()

    def ask_for_another_meanwhile(opened: int) -> None:
        monkeypatch.setattr(os, "fsync", sync)
        later.append(queue.add("later", "labels", RAW, PAGES))
        sync(opened)

    monkeypatch.setattr(os, "fsync", ask_for_another_meanwhile)
    first = queue.add("first", "labels", RAW, PAGES)

    assert queue.jobs() == (first, *later)
    assert queue.course.due() == (first,)


def test_nobody_waits_while_old_jobs_leave_the_disk(
    queue: PrintQueue, wall: Wall, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job, waiting, remove = queue.add("a", "labels", RAW, PAGES), list[bool](), shutil.rmtree
    queue.cancel(job.id)
    wall.now += timedelta(days=31)

    def look_meanwhile(folder: Path, *, ignore_errors: bool) -> None:
        waiting.append(waits(queue))
        remove(folder, ignore_errors=ignore_errors)

    monkeypatch.setattr(shutil, "rmtree", look_meanwhile)
    queue.forget_old(30)

    assert waiting == [False]
    assert [place.name for place in (tmp_path / "queue").iterdir()] == ["lock"]


def test_a_waiting_job_is_cancelled_at_once_and_leaves_no_bytes(
    queue: PrintQueue, tmp_path: Path
) -> None:
    job = queue.add("Biên bản bàn giao", "paper", RAW, PAGES)

    assert queue.cancel(job.id).state is JobState.CANCELLED

    assert [file.name for file in (tmp_path / "queue" / job.id).iterdir()] == ["job.json"]
    assert queue.cancel(job.id) == queue.retry(job.id) == queue.job(job.id)


def test_bytes_of_a_page_are_gone_the_moment_it_is_done(queue: PrintQueue, tmp_path: Path) -> None:
    job = queue.add("Biên bản bàn giao", "paper", RAW, PAGES)

    queue.course.begins(job.id, 0)
    queue.course.came_out(job.id, 0)

    names = {file.name for file in (tmp_path / "queue" / job.id).iterdir()}
    assert names == {"job.json", "page-0002"}


@pytest.mark.skipif(sys.platform == "win32", reason="rights as POSIX has them")
def test_nobody_else_reads_what_is_printed(queue: PrintQueue, tmp_path: Path) -> None:
    job = queue.add("Biên bản bàn giao", "paper", RAW, PAGES)

    place = tmp_path / "queue" / job.id
    assert [folder.stat().st_mode & 0o777 for folder in (place, place.parent)] == [0o700, 0o700]
    assert {file.stat().st_mode & 0o777 for file in place.glob("page-*")} == {0o600}


def test_finished_pages_are_noted_once(queue: PrintQueue) -> None:
    job = queue.add("a", "labels", RAW, PAGES)
    print_all(queue, job)

    assert [(done.id, number) for done, number in queue.to_note()] == [(job.id, 0)]
    queue.noted(job.id, 0)

    assert queue.to_note() == ()


def test_what_was_not_noted_before_a_crash_is_still_to_note(tmp_path: Path) -> None:
    queue = PrintQueue(tmp_path)
    job = queue.add("a", "labels", RAW, PAGES)
    print_all(queue, job)
    queue.close()

    again = PrintQueue(tmp_path)

    assert [done.id for done, _number in again.to_note()] == [job.id]
    again.close()


def test_old_jobs_are_forgotten_once_they_are_over_and_noted(
    queue: PrintQueue, wall: Wall, tmp_path: Path
) -> None:
    unnoted, noted, waiting = (queue.add(title, "labels", RAW, PAGES) for title in "abc")
    print_all(queue, unnoted)
    print_all(queue, noted)
    queue.noted(noted.id, 0)

    queue.forget_old(7)
    assert len(queue.jobs()) == 3
    wall.now += timedelta(days=8)
    queue.forget_old(7)

    assert [job.id for job in queue.jobs()] == [unnoted.id, waiting.id]
    assert not (tmp_path / "queue" / noted.id).exists()
    with pytest.raises(NoSuchJob):
        queue.cancel(noted.id)


def test_a_second_process_does_not_open_the_same_jobs(tmp_path: Path) -> None:
    holder = start("tests.labels.queue.holder", tmp_path)
    assert holder.stdout
    assert holder.stdout.readline() == "open\n"

    with pytest.raises(QueueInUse):
        PrintQueue(tmp_path)

    holder.kill()
    holder.communicate()
    PrintQueue(tmp_path).close()  # the lock of one that was killed is nobody's


def test_a_place_that_is_no_folder_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "queue").write_bytes(b"")
    (tmp_path / "other" / "lock").mkdir(parents=True)

    for folder in ("queue", "other"):
        with pytest.raises(QueueUnusable):
            PrintQueue(tmp_path / folder)


def test_a_job_without_pages_is_no_job(queue: PrintQueue) -> None:
    with pytest.raises(ValueError, match="page"):
        queue.add("a", "labels", RAW, [])


HARM = {
    "emptied": lambda file: file.write_bytes(b""),
    "cut": lambda file: file.write_bytes(file.read_bytes()[:40]),
    "zeroed": lambda file: file.write_bytes(b"\0" * 200),
    "another kind": lambda file: file.write_bytes(file.read_bytes().replace(b"tcp", b"fax")),
    "removed": lambda file: file.unlink(),
    "a folder": lambda file: (file.unlink(), file.mkdir()),
    "deep": lambda file: file.write_bytes(b"[" * 100_000),
}


@pytest.mark.parametrize("harm", HARM)
def test_a_damaged_job_is_set_aside_and_told_and_the_others_go_on(
    tmp_path: Path, harm: str
) -> None:
    queue = PrintQueue(tmp_path)
    damaged, whole = (queue.add(title, "labels", RAW, PAGES) for title in "ab")
    queue.close()
    HARM[harm](tmp_path / damaged.id / "job.json")  # type: ignore[no-untyped-call]

    for again in (PrintQueue(tmp_path), None):
        if again:
            assert again.damaged == (damaged.id,)
            assert again.jobs() == (whole,)
            again.close()
    once_more = PrintQueue(tmp_path)
    assert once_more.damaged == ()
    assert once_more.add("c", "labels", RAW, PAGES).id > whole.id
    once_more.close()

    assert (tmp_path / "damaged" / damaged.id / "page-0001").read_bytes() == b"first"


def test_damaged_papers_are_not_kept_for_ever(tmp_path: Path) -> None:
    queue = PrintQueue(tmp_path)
    old, new = (queue.add("Biên bản", "paper", RAW, PAGES) for _ in range(2))
    queue.close()
    for job in (old, new):
        (tmp_path / job.id / "job.json").unlink()
        os.utime(tmp_path / job.id, (0, 0))
    again = PrintQueue(tmp_path)

    again.forget_old(30)
    assert {place.name for place in (tmp_path / "damaged").iterdir()} == {old.id, new.id}
    os.utime(tmp_path / "damaged" / old.id, (0, 0))
    again.forget_old(30)

    assert [place.name for place in (tmp_path / "damaged").iterdir()] == [new.id]
    again.close()


@settings(max_examples=60)
@given(place=st.integers(0, 400), byte=st.integers(0, 255))
def test_no_byte_changed_in_a_job_stops_the_queue(
    tmp_path_factory: pytest.TempPathFactory, place: int, byte: int
) -> None:
    folder = tmp_path_factory.mktemp("queue")
    queue = PrintQueue(folder, lambda: NOON)
    job = queue.add("Nhãn", "labels", RAW, PAGES)
    queue.close()
    file = folder / job.id / "job.json"
    content = bytearray(file.read_bytes())
    content[place % len(content)] = byte
    file.write_bytes(content)

    again = PrintQueue(folder)

    assert len(again.jobs()) + len(again.damaged) == 1
    again.forget_old(1)
    again.close()
    shutil.rmtree(folder)


def test_what_other_programs_leave_in_the_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "Thumbs.db").write_bytes(b"x")
    (tmp_path / "unfinished-000001-aa").mkdir()

    queue = PrintQueue(tmp_path)

    assert (queue.jobs(), queue.damaged) == ((), ())
    assert sorted(place.name for place in tmp_path.iterdir()) == ["Thumbs.db", "lock"]
    queue.close()


@contextmanager
def no_room() -> Iterator[None]:
    """No file of this process may grow: what a full disk says, said by the system."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_refuses_by_name_and_keeps_nothing_half(
    queue: PrintQueue, tmp_path: Path
) -> None:
    job = queue.add("a", "labels", RAW, PAGES)
    with no_room():
        with pytest.raises(QueueFull):
            queue.add("b", "labels", RAW, PAGES)
        for act in (queue.cancel, queue.retry):
            with pytest.raises(QueueFull):
                act(job.id)
        with pytest.raises(QueueFull):
            queue.course.begins(job.id, 0)

    assert queue.jobs() == (job,)
    assert {place.name for place in (tmp_path / "queue").iterdir()} == {job.id, "lock"}


def test_what_happened_on_a_full_disk_is_written_once_there_is_room(
    queue: PrintQueue, tmp_path: Path
) -> None:
    job = queue.add("a", "labels", RAW, PAGES[:1])
    queue.course.begins(job.id, 0)
    with no_room():
        queue.course.came_out(job.id, 0)
        assert queue.job(job.id).state is JobState.DONE
    queue.course.due()
    queue.close()

    again = PrintQueue(tmp_path / "queue")

    assert again.job(job.id).state is JobState.DONE
    again.close()


def test_a_job_that_the_disk_does_not_take_holds_up_no_other(
    queue: PrintQueue, tmp_path: Path
) -> None:
    jobs = [queue.add(title, "labels", RAW, PAGES[:1]) for title in "abc"]
    for job in jobs:
        queue.course.begins(job.id, 0)
    places = [tmp_path / "queue" / job.id for job in jobs]
    blocked = [place / "job.json.new" for place in places]
    for block in blocked:
        block.mkdir()
    for job in jobs:
        queue.course.came_out(job.id, 0)
    for free in blocked[:2]:
        free.rmdir()

    queue.course.due()

    written = [b'"state":"done"' in (place / "job.json").read_bytes() for place in places]
    assert written == [True, True, False]
    blocked[2].rmdir()
