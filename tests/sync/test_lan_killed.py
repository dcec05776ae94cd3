"""The power goes while a report arrives: what was acknowledged is there, and lands once."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from diagnostics.shelf import Shelf
from sync import pairing
from sync.lan import Sent, Unreachable, Why, send_report
from sync.lan_discovery import Station
from sync.lan_wire import digest_of
from tests.station import child
from tests.sync.lan_point import HERE, report


@contextmanager
def receiver(folder: Path, code: str, dies: str = "") -> Iterator[tuple[Station, "Process"]]:
    process = child.start("tests.sync.receiver_process", folder, code, dies)
    assert process.stdout is not None
    try:
        yield Station(HERE, int(process.stdout.readline())), process
    finally:
        process.kill()
        process.communicate()


Process = subprocess.Popen[str]


def test_a_report_is_there_when_the_station_dies_right_after_its_answer(tmp_path: Path) -> None:
    code, data = pairing.draw_code(), report()

    with receiver(tmp_path, code) as (station, process):
        assert send_report(data, code, [station]) == Sent(station)
        process.kill()

    assert Shelf(tmp_path).read(digest_of(data).hex()) == data


def test_a_report_whose_answer_was_lost_is_sent_again_and_lands_once(tmp_path: Path) -> None:
    code, data = pairing.draw_code(), report()
    with receiver(tmp_path, code, "before_the_answer") as (station, _process):
        assert send_report(data, code, [station]) == Unreachable(station, Why.BROKEN_OFF)

    with receiver(tmp_path, pairing.draw_code()) as (station, _process):
        assert send_report(data, code, [station]) == Sent(station)

    assert Shelf(tmp_path).digests() == {digest_of(data).hex()}
    assert Shelf(tmp_path).read(digest_of(data).hex()) == data
