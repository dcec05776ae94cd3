"""How the invented point gives: cases come, devices are kept, schools fetch them and sign."""

from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from station import handover, packing, returns
from station.device import Stage
from station.direct_gifts import GiveDirectly, Promise, give_directly, promise
from station.ledger import Moment
from station.operators import Operator
from station.people import Donor, Person
from station.ports import DeviceFilter, PointStore
from station.refusals import Refusal
from ui.demo.calendar import Calendar, Life
from ui.demo.invented import full_name, pupil
from ui.demo.people import CLERK, GIVER, acting
from ui.papers.making import make_wanted
from ui.paperwork.names import WHOLE_BATCH
from ui.paperwork.readings import wanted_of

SCHOOLS: Final = {
    "truong-th-go-dau": "primary",
    "truong-thcs-go-dau": "lower-secondary",
    "truong-thpt-go-dau": "upper-secondary",
    "truong-th-thanh-duc": "primary",
    "truong-thcs-thanh-duc": "lower-secondary",
}
UNITS: Final = {"truong-th-thanh-duc": "25657", "truong-thcs-thanh-duc": "25657"}
COMPUTERS: Final = ("laptop", "desktop", "aio", "tablet")
PACKED_ONE_IN: Final = 3  # two of three lie packed when somebody looks
PAPERS_OF: Final = timedelta(days=12)


class Giving:
    """Lives of cases and of what is kept for them."""

    def __init__(self, calendar: Calendar, kept_back: int) -> None:
        self._calendar, self._kept_back = calendar, kept_back
        self._by = acting(GIVER)

    def cases(self, at: datetime, each_week: int) -> Life:
        """Week after week the Department's list brings some more pupils."""
        while True:
            for school in self._calendar.rng.choices(tuple(SCHOOLS), k=each_week):
                at = self._calendar.soon(at, 3)
                yield at, self._by, partial(handover.enter_case, self._case(school))
            at = self._calendar.later(at, 7)

    def keeping(self, at: datetime) -> Life:
        """Every other day what is ready is kept for those who wait longest."""
        while True:
            at = self._calendar.later(at, 2)
            yield at, self._by, self._keep_some

    def schools(self, at: datetime) -> Life:
        """Every few days one school fetches what is kept for its pupils, and signs later."""
        while True:
            for school in SCHOOLS:
                at = self._calendar.later(at, 3)
                out = yield at, self._by, partial(self._school_takes, school)
                for place, code in enumerate(out):
                    self._calendar.begin(self._line(code, self._calendar.later(at, 4), place))

    def gifts(self, at: datetime) -> Life:
        """Now and then a donor chooses the pupil: past the point, or with a device that is here."""
        while True:
            at = self._calendar.later(at, 8)
            yield at, self._by, self._gift

    def _gift(self, store: PointStore, by: Operator, when: Moment) -> None:
        waiting = store.cases(waiting=True)[-2:]
        if len(waiting) < 2:
            return
        donor = Donor(name=full_name(self._calendar.rng))
        past = GiveDirectly(
            kind="laptop", case=waiting[0].code, donor=donor, model="Latitude E5440"
        )
        give_directly(past, store, by, when)
        for device in store.longest_waiting((Stage.READY,), 1):
            if device.promised is None and device.head is None:
                promise(Promise(device=device.code, case=waiting[1].code), store, by, when)

    def _case(self, school: str) -> handover.EnterCase:
        rng = self._calendar.rng
        return handover.EnterCase(
            level=SCHOOLS[school],
            school=school,
            unit=UNITS.get(school, "25654"),
            wants=rng.choice(("laptop", "laptop", "desktop", None)),
            pupil=pupil(rng, SCHOOLS[school]),
        )

    def _keep_some(self, store: PointStore, by: Operator, when: Moment) -> None:
        waiting = list(store.cases(waiting=True))
        ready = store.longest_waiting((Stage.READY,), 60)
        free = [one for one in ready if one.kind in COMPUTERS and one.head is None and not one.hold]
        for device in free[: max(len(free) - self._kept_back, 0)]:
            case = next((c for c in waiting if c.wants in {None, device.kind}), None)
            if case is None:
                continue
            with suppress(Refusal):  # the monitor of its set may still be on the bench
                kept = handover.Reserve(device=device.code, case=case.code)
                handover.reserve(kept, store, by, when)
                waiting.remove(case)
                if len(waiting) % PACKED_ONE_IN:
                    packing.pack(packing.Pack(device=device.code), store, by, when)

    def _school_takes(
        self, school: str, store: PointStore, by: Operator, when: Moment
    ) -> tuple[str, ...]:
        rows = store.devices(DeviceFilter(stages=(Stage.RESERVED,)), limit=200)
        kept = [row.device for row in rows if row.device.head is None and not row.device.hold]
        schools = {one.code: _school_of(store, one.case) for one in kept}
        codes = tuple(one.code for one in kept if schools[one.code] == school)[:20]
        if not codes:
            return ()
        teacher = Person(name=full_name(self._calendar.rng), title="Giáo viên")
        batch = handover.HandOverBatch(school=school, devices=codes, receiver=teacher)
        out = handover.hand_over_batch(batch, store, by, when)
        if self._calendar.now - when.at < PAPERS_OF:  # the older ones are in folders
            make_wanted(store, by, when, wanted_of(WHOLE_BATCH, (out.batch,)), None)
        return codes

    def _line(self, code: str, at: datetime, place: int) -> Life:
        result = "signed"
        if self._calendar.rng.random() < 0.14:
            result = self._calendar.rng.choice(("proxy", "absent", "undelivered"))
        command = handover.ConfirmHandover(device=code, result=result)
        yield at, self._by, partial(handover.confirm_handover, command)
        if result == "signed" and self._calendar.rng.random() < 0.05:
            yield from self._broken(code, self._calendar.later(at, 9 + place))

    def _broken(self, code: str, at: datetime) -> Life:
        back = returns.TakeBackForRepair(device=code, reason="broke-in-use")
        yield at, acting(CLERK), partial(returns.take_back_for_repair, back)


def _school_of(store: PointStore, case: str | None) -> str | None:
    found = store.case(case) if case else None
    return found.school if found else None
