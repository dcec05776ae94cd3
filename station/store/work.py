"""One transaction at the store: what the use cases see as `Work`."""

from sqlalchemy import Connection, select

from station import events, ledger, people, refusals
from station.case import Case
from station.codes import LAST_NUMBER, CodeKind, make, parse
from station.device import Device, Stage
from station.labelled import LabelledItem
from station.lot import Lot
from station.offer import Offer
from station.operators import Operator
from station.paper import Paper
from station.parts import Parts
from station.ports import Delegation, TaskRow
from station.reference import Reference
from station.store import drafts, queries
from station.store import tables as t
from station.store.appender import Appender, new_number
from station.store.entries import COLUMNS, item_of, items_about
from station.store.projector import serial_key
from station.store.sealed import Sealed
from station.text import fold

_GONE = (Stage.RETIRED,)


class SqlWork:
    """Implements `station.ports.Work`. `finish` writes what is still in memory."""

    def __init__(
        self,
        connection: Connection,
        sealed: Sealed,
        reference: Reference,
        by: Operator,
        when: ledger.Moment,
    ) -> None:
        if when.occurred is not None and when.occurred.day < reference.programme.began_on:
            raise refusals.BeforeTheProgramme(when.occurred.day)
        self.reference, self.when = reference, when
        self._connection, self._people = connection, sealed.people
        self._attachments, self._keys = sealed.attachments, sealed.keys
        self._appender = Appender(connection, by, when)
        self._projector = self._appender.projector
        self.station, self.laptop = self._appender.station, self._appender.laptop
        self._require_time(when)
        self.record = self._appender.record
        self.finish = self._appender.finish

    def find_device(self, code: str) -> Device | None:
        """The device, or None when the code was never received."""
        state = self._projector.state(code)
        return state if isinstance(state, Device) and state.known else None

    def device(self, code: str) -> Device:
        """The device; raises UnknownDevice."""
        device = self.find_device(code)
        if device is None:
            raise refusals.UnknownDevice(code)
        return device

    def case(self, code: str) -> Case:
        """The case; raises UnknownCase."""
        state = self._projector.state(code)
        if not isinstance(state, Case) or not state.known:
            raise refusals.UnknownCase(code)
        return state

    def lot(self, code: str) -> Lot:
        """The lot or batch; raises UnknownLot."""
        state = self._projector.state(code)
        if not isinstance(state, Lot) or not state.known:
            raise refusals.UnknownLot(code)
        return state

    def parts(self, item: str) -> Parts:
        """How many of an item the books show; zero for one never counted."""
        state = self._projector.state(item)
        return state if isinstance(state, Parts) else Parts(item)

    def labelled(self, code: str) -> LabelledItem:
        """The labelled thing that is no device; raises UnknownItem."""
        state = self._projector.state(code)
        if not isinstance(state, LabelledItem) or not state.known:
            raise refusals.UnknownItem(code)
        return state

    def paper(self, code: str) -> Paper:
        """The paper; raises UnknownPaper."""
        state = self._projector.state(code)
        if not isinstance(state, Paper) or not state.known:
            raise refusals.UnknownPaper(code)
        return state

    def offer(self, code: str) -> Offer:
        """What a donor announced; raises UnknownOffer."""
        state = self._projector.state(code)
        if not isinstance(state, Offer) or not state.known:
            raise refusals.UnknownOffer(code)
        return state

    def drop_draft(self, place: str) -> None:
        """Forget what a page held: this transaction commits it."""
        drafts.drop(self._connection, place)

    def is_new(self, code: str) -> bool:
        """Whether nothing ever happened to what has this code."""
        return self._projector.is_new(code)

    def is_set_aside(self, code: str) -> bool:
        """Whether this code was reserved here, to be printed before it is used."""
        return queries.is_set_aside(self._connection, parse(code))

    def holder_of_serial(self, serial: str, maker: str | None) -> Device | None:
        """The live device under this serial; another maker's same number is another machine."""
        self._projector.flush()
        wanted = select(t.device.c.code).where(
            t.device.c.serial_key == serial_key(serial), t.device.c.stage.not_in(_GONE)
        )
        for (code,) in self._connection.execute(wanted.order_by(t.device.c.position)):
            device = self.device(code)
            if not maker or not device.maker or _brand(device.maker) == _brand(maker):
                return device
        return None

    def next_code(self, kind: CodeKind) -> str:
        """A code of this point that was never given out; a laptop would give out the point's."""
        if self.laptop:
            raise refusals.NotOnLaptop
        while True:
            number = self._projector.reserve_number(kind)
            if number > LAST_NUMBER:
                raise refusals.NumbersUsedUp(self.station)
            code = make(kind, self.station, number)
            if self._projector.is_new(code):  # else a pre-printed label came before
                return code

    def free_numbers(self, kind: CodeKind, count: int) -> int:
        """The first of so many numbers in a row that were never given out."""
        if self.laptop:
            raise refusals.NotOnLaptop
        first = self._projector.free_numbers(kind, count)
        if first + count - 1 > LAST_NUMBER:
            raise refusals.NumbersUsedUp(self.station)
        return first

    def event(self, hash_: bytes) -> events.Event:
        """An event of the local log; raises UnknownEvent."""
        row = self._connection.execute(select(*COLUMNS).where(t.log.c.hash == hash_)).one_or_none()
        item = item_of(row) if row else None
        if not isinstance(item, events.Event):
            raise refusals.UnknownEvent(hash_.hex())
        return item

    def events_about(self, code: str) -> tuple[events.Event, ...]:
        """Every event about a code or that names it, oldest first."""
        self._projector.flush()
        items = items_about(self._connection, code)
        return tuple(item for item in items if isinstance(item, events.Event))

    def keep(self, content: people.Content) -> events.Ref:
        """Put a person or typed words into the people store."""
        return self._people.keep(self._connection, content)

    def content(self, ref_id: bytes) -> people.Content | None:
        """A people row; None when it was purged or is of another point."""
        return self._people.content(self._connection, ref_id)

    def purge(self, ref_id: bytes) -> events.Ref | None:
        """Empty a people row for good; its Ref, None when there is nothing to empty."""
        return self._people.purge(self._connection, ref_id)

    def attach(self, data: bytes) -> bytes:
        """Put a file into the attachments; events name it by its hash."""
        return self._attachments.put(self._connection, data)

    def purge_file(self, hash_: bytes) -> None:
        """Empty a file for good, here and at the service."""
        self._attachments.purge(self._connection, hash_)

    def attached(self, hash_: bytes) -> bytes | None:
        """A file of the attachments; None when it is not here or was purged."""
        return self._attachments.get(self._connection, hash_)

    def is_released(self, hash_: bytes) -> bool:
        """Whether this file may leave already."""
        wanted = select(t.released.c.position).where(t.released.c.hash == hash_)
        return self._connection.execute(wanted).first() is not None

    def task(self, event: bytes) -> TaskRow:
        """What must be settled about an event; raises NothingToSettle."""
        self._projector.flush()
        task = next((one for one in queries.tasks(self._connection) if one.event == event), None)
        if task is None:
            raise refusals.NothingToSettle(event.hex())
        return task

    def delegate_key(self) -> tuple[ledger.ChainId, bytes]:
        """A chain nobody has, and the public key of it; the private one is sealed here."""
        chain = ledger.ChainId(self.station, new_number())
        return chain, self._keys.make(self._connection, chain).public

    def delegation(self, chain: ledger.ChainId) -> Delegation:
        """A laptop's chain; raises UnknownDelegation."""
        found = queries.delegation_of(self._connection, chain)
        if found is None:
            raise refusals.UnknownDelegation(chain)
        return found

    def lent_to(self, code: str) -> ledger.ChainId | None:
        """The chain of the laptop that took a device or case along."""
        state = self._projector.state(code)
        return state.lent_to if isinstance(state, Device | Case) else None

    def came_home(self, chain: ledger.ChainId) -> int:
        """The last seq of a laptop's chain that came home; 0 when none did."""
        return queries.own_chains(self._connection).get((chain.station, chain.number), 0)

    def _require_time(self, when: ledger.Moment) -> None:
        """A laptop writes until its time is over; what it wrote can still come home."""
        if not self.laptop:
            return
        chain = self._appender.chain
        if when.at.timestamp() > self.delegation(chain).expires_s:
            raise refusals.LaptopExpired(chain)


def _brand(maker: str) -> str:
    """The first word: a sticker says Dell where the firmware says Dell Inc."""
    return fold(maker).split(" ")[0]
