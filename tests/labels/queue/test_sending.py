"""One page, and every way in which sending it ends."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from labels.queue.job import Job, JobState, PageState
from labels.queue.print_queue import PrintQueue
from labels.queue.sending import send_next
from labels.transport import NothingSent, Reason
from tests.labels.queue.any_order import RAW, THROUGH_THE_SYSTEM, Fate, Point, PowerCut, finish

PAGES = [(b"first", ["VN1", "VN2"]), (b"second", ["VN3"])]


@pytest.fixture
def queue(tmp_path: Path) -> Iterator[PrintQueue]:
    queue = PrintQueue(tmp_path / "queue")
    yield queue
    queue.close()


@pytest.fixture
def point() -> Point:
    return Point()


def sent(queue: PrintQueue, job: Job, point: Point, fate: Fate) -> Job:
    point.fate = fate
    send_next(queue.course, queue.job(job.id), point.transport)
    return queue.job(job.id)


def test_pages_come_out_one_after_the_other(queue: PrintQueue, point: Point) -> None:
    job = queue.add("Nhãn", "labels", RAW, PAGES)

    half = sent(queue, job, point, Fate.COMES_OUT)
    whole = sent(queue, job, point, Fate.COMES_OUT)

    assert [page.state for page in half.pages] == [PageState.DONE, PageState.WAITING]
    assert whole.state is JobState.DONE
    assert list(point.came_out.elements()) == [b"first", b"second"]


def test_a_page_that_was_not_sent_waits_longer_from_time_to_time(
    queue: PrintQueue, point: Point
) -> None:
    job = queue.add("Nhãn", "labels", RAW, PAGES)

    for attempt in range(1, 6):
        job = sent(queue, job, point, Fate.NOTHING_SENT)
        assert (job.state, job.reason, job.attempts) == (
            JobState.WAITING,
            Reason.UNREACHABLE,
            attempt,
        )
        assert not queue.course.due()

    done = sent(queue, queue.retry(job.id), point, Fate.COMES_OUT)
    assert (done.reason, done.attempts) == (None, 0)


def test_a_refusal_stops_the_job_until_somebody_tries_again(
    queue: PrintQueue, point: Point
) -> None:
    job = queue.add("Nhãn", "labels", RAW, PAGES)

    stopped = sent(queue, job, point, Fate.REFUSED)
    later = queue.add("Nhãn", "labels", RAW, PAGES)

    assert (stopped.state, stopped.reason) == (JobState.STOPPED, Reason.REFUSED)
    assert queue.course.due() == (later,)
    assert queue.retry(job.id).state is JobState.WAITING
    assert [due.id for due in queue.course.due()] == [job.id]


@pytest.mark.parametrize("fate", [Fate.BREAKS_OFF_BEFORE, Fate.BREAKS_OFF_AFTER])
def test_a_page_that_broke_off_is_settled_by_a_person(
    queue: PrintQueue, point: Point, fate: Fate
) -> None:
    job = queue.add("Nhãn", "labels", RAW, PAGES)

    uncertain = sent(queue, job, point, fate)
    assert (uncertain.state, queue.course.due()) == (JobState.UNCERTAIN, ())
    assert queue.retry(job.id).state is JobState.UNCERTAIN  # no way round looking
    queue.settle(job.id, came_out=fate is Fate.BREAKS_OFF_AFTER)
    while not queue.job(job.id).is_over:
        sent(queue, job, point, Fate.COMES_OUT)

    assert point.came_out == {b"first": 1, b"second": 1}


def test_a_page_cut_off_by_the_end_of_the_program_is_uncertain(
    tmp_path: Path, point: Point
) -> None:
    queue = PrintQueue(tmp_path)
    job = queue.add("Nhãn", "labels", RAW, PAGES)
    with pytest.raises(PowerCut):
        sent(queue, job, point, Fate.POWER_CUT_AFTER)
    queue.close()

    again = PrintQueue(tmp_path)

    assert again.job(job.id).state is JobState.UNCERTAIN
    assert again.course.due() == ()
    again.close()


def test_a_page_in_the_systems_queue_is_followed_after_a_restart(
    tmp_path: Path, point: Point
) -> None:
    queue = PrintQueue(tmp_path)
    job = queue.add("Nhãn", "labels", THROUGH_THE_SYSTEM, PAGES[:1])
    with pytest.raises(PowerCut):
        sent(queue, job, point, Fate.POWER_CUT_AFTER)
    queue.close()

    again = PrintQueue(tmp_path)
    done = sent(again, job, point, Fate.COMES_OUT)

    assert done.state is JobState.DONE
    assert point.came_out == {b"first": 1}
    again.close()


def test_a_page_that_waits_in_the_systems_queue_is_never_sent_again(
    queue: PrintQueue, point: Point
) -> None:
    job = queue.add("Nhãn", "labels", THROUGH_THE_SYSTEM, PAGES[:1])

    for _ in range(3):
        waiting = sent(queue, job, point, Fate.STAYS_IN_THE_SYSTEM)
        assert (waiting.state, waiting.reason) == (JobState.SENDING, Reason.PAUSED)
    assert len(point.system) == 1

    assert sent(queue, job, point, Fate.COMES_OUT).state is JobState.DONE
    assert point.came_out == {b"first": 1}


def test_cancelling_takes_a_page_out_of_the_systems_queue(queue: PrintQueue, point: Point) -> None:
    job = queue.add("Nhãn", "labels", THROUGH_THE_SYSTEM, PAGES)
    sent(queue, job, point, Fate.STAYS_IN_THE_SYSTEM)

    queue.cancel(job.id)
    cancelled = sent(queue, job, point, Fate.COMES_OUT)

    assert cancelled.state is JobState.CANCELLED
    assert point.system == {}
    assert not point.came_out.total()


def test_what_cannot_be_taken_out_of_the_systems_queue_is_not_called_cancelled(
    queue: PrintQueue, point: Point
) -> None:
    job = queue.add("Nhãn", "labels", THROUGH_THE_SYSTEM, PAGES[:1])
    sent(queue, job, point, Fate.STAYS_IN_THE_SYSTEM)

    queue.cancel(job.id)

    assert sent(queue, job, point, Fate.NOTHING_SENT).state is JobState.SENDING


def test_what_the_system_printed_before_it_was_cancelled_came_out(
    queue: PrintQueue, point: Point
) -> None:
    job = queue.add("Nhãn", "labels", THROUGH_THE_SYSTEM, PAGES[:1])
    sent(queue, job, point, Fate.STAYS_IN_THE_SYSTEM)
    finish(point, *point.system, printed=True)

    queue.cancel(job.id)

    assert sent(queue, job, point, Fate.COMES_OUT).state is JobState.DONE


def test_what_did_not_come_out_is_taken_back_before_it_is_sent_again(
    queue: PrintQueue, point: Point
) -> None:
    job = queue.add("Nhãn", "labels", THROUGH_THE_SYSTEM, PAGES[:1])
    sent(queue, job, point, Fate.STAYS_IN_THE_SYSTEM)
    queue.course.broke_off(job.id, 0, Reason.OTHER, "")
    queue.settle(job.id, came_out=False)

    sent(queue, job, point, Fate.NOTHING_SENT)  # the system cannot be reached
    assert len(point.system) == 1
    sent(queue, job, point, Fate.COMES_OUT)

    assert point.system == {}
    assert point.came_out == {b"first": 1}


def test_while_a_page_is_sent_cancelling_ends_with_that_page(
    queue: PrintQueue, point: Point
) -> None:
    job = queue.add("Nhãn", "labels", RAW, PAGES)
    assert queue.course.begins(job.id, 0)

    during = queue.cancel(job.id)
    queue.course.came_out(job.id, 0)

    assert during.state is JobState.SENDING
    assert queue.job(job.id).state is JobState.CANCELLED
    assert [page.state for page in queue.job(job.id).pages] == [
        PageState.DONE,
        PageState.CANCELLED,
    ]


def test_a_page_cancelled_at_the_last_moment_is_not_sent(queue: PrintQueue, point: Point) -> None:
    job = queue.add("Nhãn", "labels", RAW, PAGES)
    queue.cancel(job.id)

    send_next(queue.course, job, point.transport)  # with what the thread knew before

    assert not point.came_out.total()
    assert queue.job(job.id).state is JobState.CANCELLED


def test_a_fault_of_a_transport_leaves_the_page_uncertain_and_is_told(
    queue: PrintQueue, point: Point
) -> None:
    job = queue.add("Nhãn", "labels", RAW, PAGES)

    with pytest.raises(ZeroDivisionError):
        sent(queue, job, point, Fate.FAULT)

    assert queue.job(job.id).state is JobState.UNCERTAIN


def test_a_printer_without_a_way_stops_the_job(queue: PrintQueue) -> None:
    job = queue.add("Nhãn", "labels", RAW, PAGES)

    def no_way(_printer: object) -> None:
        raise NothingSent(Reason.NOT_HERE)

    send_next(queue.course, job, no_way)  # type: ignore[arg-type]

    assert queue.job(job.id).state is JobState.STOPPED


@pytest.mark.parametrize("harm", ["changed", "gone"])
def test_damaged_bytes_are_never_printed(
    tmp_path: Path, queue: PrintQueue, point: Point, harm: str
) -> None:
    job = queue.add("Nhãn", "labels", RAW, PAGES)
    page = tmp_path / "queue" / job.id / "page-0001"
    page.write_bytes(b"\x00" * 5) if harm == "changed" else page.unlink()

    stopped = sent(queue, job, point, Fate.COMES_OUT)

    assert (stopped.state, stopped.reason) == (JobState.STOPPED, Reason.OTHER)
    assert not point.came_out.total()
    assert queue.cancel(job.id).is_over
