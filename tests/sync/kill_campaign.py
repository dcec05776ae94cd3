"""Killing a point's process and the service's while they speak; and what becomes of it all."""

import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

from msgspec import Struct

from station import transfer
from station.codes import CodeKind, make
from station.documents import CASE, AllottedCase
from tests.station import child, life
from tests.station.conftest import LEAD, NOON
from tests.sync import converged
from tests.sync.points import Point
from tests.sync.programme import Programme
from tests.sync.syncing_day import Promises, one_round, promises

AWAY, HERE = 13, 12  # the second point sends devices to the first
PATIENCE_S = 60.0
LONGEST_S = 0.5  # until a kill


class Survived(Struct, frozen=True):
    """What all the kills came to."""

    recorded: int
    answered: int
    lost: int


class Campaign:
    """One point in a process of its own, another in this one, and a service between them."""

    def __init__(self, programme: Programme, points: dict[int, Point], seed: int) -> None:
        self.programme, self.points = programme, points
        self.chance = Random(seed)  # noqa: S311 -- moments to kill at, no secret
        self.file = points[HERE].file.with_name("told")
        self._cases = 0
        points[HERE].store.close()

    # ---- a day with accidents ----

    @contextmanager
    def day(self) -> Iterator[subprocess.Popen[str]]:
        """The point works in a process, which is killed at the end if it is not dead yet."""
        before = self._told()
        arguments = (self.points[HERE].url, self.programme.process.address, self.file)
        process = child.start("tests.sync.syncing_day", *arguments)
        try:
            self._wait_for_news(process, before)
            yield process
        finally:
            process.send_signal(signal.SIGKILL)
            process.communicate()

    def kill_point(self) -> None:
        """The power goes at a random moment of a day."""
        with self.day():
            self._sleep()

    def kill_service_often(self, times: int) -> None:
        """The service dies and comes again under a point that works on."""
        with self.day() as process:
            for _ in range(times):
                self._sleep()
                self.programme.process.kill()
                self.programme.process.start()
                assert process.poll() is None, "the point ended by itself"

    def others_work(self) -> None:
        """The Department allots a case, and the second point sends a device."""
        self._cases += 1
        case = make(CodeKind.CASE, 1, self._cases)
        self.programme.publish(HERE, CASE, case, AllottedCase(level="primary"))
        away = self.points[AWAY]
        device = life.receive(away.store, kind="monitor", note="Gửi sang điểm bên")
        transfer.send(transfer.Send(device=device, place="point-012"), away.store, LEAD, NOON)
        one_round(away.store, self.programme.process.address)

    def _sleep(self) -> None:
        time.sleep(self.chance.uniform(0, LONGEST_S))

    def _told(self) -> int:
        return self.file.stat().st_size if self.file.exists() else 0

    def _wait_for_news(self, process: "subprocess.Popen[str]", before: int) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while self._told() == before:
            assert process.poll() is None, "the day ended by itself"
            assert time.monotonic() < deadline, "nothing was recorded"
            time.sleep(0.01)

    # ---- what is left of it ----

    def survived(self) -> Survived:
        """Everybody syncs to the end; what was promised is there, once, on both sides."""
        self.points[HERE].open()
        self.until_quiet()
        told = promises(self.file)
        kept = converged.kept_by(self.programme.engine)
        acknowledged = converged.Acknowledged()
        acknowledged.numbers |= told.answered
        for point in self.points.values():
            acknowledged.read(point)
        converged.assert_once_and_in_order(kept)
        converged.assert_all_arrived(self.points.values(), kept, acknowledged, set())
        converged.assert_people_where_needed(self.programme.engine, self.points, kept)
        converged.assert_stores_are_sound(self.points.values())
        return Survived(len(told.recorded), len(told.answered), self._lost(told, kept))

    def until_quiet(self) -> None:
        """Rounds until nobody has news."""
        before = None
        while (after := [point.mark() for point in self.points.values()]) != before:
            before = after
            for point in self.points.values():
                point.whole_round()

    @staticmethod
    def _lost(told: Promises, kept: list[converged.Kept]) -> int:
        there = {one.entry.hash for one in kept}
        return len((told.recorded | told.answered.keys()) - there)
