"""Plain books kept beside the station: where everything is, by a second reading of the events."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple, TypeVar

from station import events as e
from station.codes import CodeKind, make
from station.ledger import ChainId
from station.operators import Operator, Role
from tests.station.plain_gate import open_conditions

T = TypeVar("T")

# from where an event may happen, and where it leads
WAY: dict[type[e.Said], tuple[str, str]] = {
    e.TakenToBench: ("received ready", "on_bench"),
    e.MadeReady: ("on_bench", "ready"),
    e.Reserved: ("ready", "reserved"),
    e.ReservationReleased: ("reserved", "ready"),
    e.TakenBackForRepair: ("handed_over", "in_repair_for_pupil"),
    e.GivenBack: ("in_repair_for_pupil", "handed_over"),
    e.ReturnedToStock: ("handed_over with_school in_repair_for_pupil", "received"),
    e.SentTo: ("received on_bench ready", "in_transit"),
    e.Retired: ("received on_bench ready", "retired"),
    e.HandoverWithdrawn: ("handed_over with_school", "reserved"),
    e.LineReopened: ("handed_over with_school", "with_school"),
}
BENCH = "on_bench in_repair_for_pupil"
HERE = "received on_bench ready reserved in_repair_for_pupil"
STAYS: dict[type[e.Said], str] = {
    e.Described: HERE,
    e.ChecksRecorded: BENCH,
    e.CheckEnteredByHand: BENCH,
    e.StorageErased: BENCH,
    e.StorageRemoved: BENCH,
    e.SystemInstalled: BENCH,
    e.WorkDone: BENCH,
    e.PartTaken: f"{BENCH} retired",
    e.PartFitted: BENCH,
    e.Graded: BENCH,
    e.KitChecked: HERE,
    e.PutOnHold: HERE,
    e.Resumed: HERE,
    e.Joined: "received on_bench ready",
    e.PutOnShelf: f"{HERE} retired",
    e.WasteGiven: "retired",
    e.Packed: "reserved",
    e.Unpacked: "reserved",
    e.Promised: "received on_bench ready",
    e.PromiseReleased: "received on_bench ready",
}
ROLES: dict[type[e.Said], str] = {
    e.Received: "intake",
    e.Refused: "intake",
    e.Described: "intake bench",
    e.TakenToBench: "bench",
    e.ChecksRecorded: "bench",
    e.CheckEnteredByHand: "bench",
    e.StorageErased: "bench",
    e.StorageRemoved: "bench",
    e.SystemInstalled: "bench",
    e.WorkDone: "bench",
    e.PartFitted: "bench",
    e.PartTaken: "bench",
    e.Graded: "bench",
    e.MadeReady: "bench",
    e.CaseEntered: "handover",
    e.Reserved: "handover",
    e.ReservationReleased: "handover",
    e.HandedOver: "handover",
    e.HandoverConfirmed: "handover",
    e.GivenBack: "bench handover",
    e.ReturnedToStock: "handover",
    e.SentTo: "intake handover",
    e.ArrivedFrom: "intake handover",
    e.Retired: "bench",
    e.WasteGiven: "bench handover",
    e.CodesReserved: "intake",
    e.ItemLabelled: "intake bench",
    e.ItemPaired: "intake bench handover",
    e.SignedCopyAttached: "intake handover",
    e.Packed: "handover",
    e.Unpacked: "handover",
    e.Promised: "intake handover",
    e.PromiseReleased: "",
    e.HandoverWithdrawn: "handover",
    e.LineReopened: "handover",
    e.LaptopDelegated: "handover",
    e.DelegationEnded: "handover",
}


class Books:
    """Reads the events of each act; an assertion fails where one should not have happened."""

    def __init__(self) -> None:
        self.stage: dict[str, str] = {}
        self.history: dict[str, list[e.Event]] = {}
        self.head_of: dict[str, str] = {}
        self.case_of: dict[str, str] = {}
        self.promised: dict[str, str] = {}  # whose a device is by its donor's choice
        self.packed: set[str] = set()
        self.held: set[str] = set()
        self.stock: Counter[str] = Counter()
        self.waived: dict[str, set[str]] = {}
        self.claims: dict[str, bytes] = {}
        self.sent_ready: set[str] = set()
        self.labelled: set[str] = set()  # a label is on it
        self.aside: set[str] = set()  # codes that were printed before
        self.owner: dict[str, str | None] = {}  # of each labelled thing
        self.shelf_of: dict[str, str] = {}
        self.waste: set[str] = set()
        self.lent: dict[str, ChainId] = {}  # devices and cases that a laptop has along
        self.before: dict[bytes, _Page] = {}  # each event's device, as it was
        self.papers: Counter[str] = Counter()  # reprints
        self.scans: set[tuple[str, bytes]] = set()

    def read(self, act: Sequence[e.Event], by: Operator) -> None:
        """Enter what one act recorded."""
        self._one_set_for_a_case_without(act)
        for event in act:
            assert event.said is not None
            assert by.role is Role.LEAD or by.role in ROLES.get(type(event.said), by.role)
            self._enter(event, event.said)

    def void(self, claim: bytes) -> None:
        """The service says no to a claim."""
        for device in [device for device, event in self.claims.items() if event == claim]:
            self.stage[device] = "ready"
            self.packed.discard(device)
            del self.case_of[device], self.claims[device]

    def said_of(self, device: str) -> list[e.Said]:
        """What the device's events say, as corrected."""
        return [event.said for event in self.history[device] if event.said is not None]

    def came_home(self, device: str) -> bool:
        """Whether it was brought back from the school, by its lines as corrected."""
        home = False
        for said in self.said_of(device):
            if isinstance(said, e.HandoverConfirmed):
                signed = said.result in {"signed", "proxy"}
                home = not signed and (home or said.back)
            elif isinstance(said, e.HandedOver | e.LineReopened | e.ReturnedToStock):
                home = False
        return home

    def _one_set_for_a_case_without(self, act: Sequence[e.Event]) -> None:
        for event in act:
            if isinstance(event.said, e.Reserved):
                assert event.said.case not in self.case_of.values(), "the case has a device"
        kept = {event.header.subject for event in act if isinstance(event.said, e.Reserved)}
        heads = {self.head_of.get(device, device) for device in kept}
        assert len(heads) <= 1, "two devices that are no set"

    def _enter(self, event: e.Event, said: e.Said) -> None:
        device = event.header.subject
        self.before[event.hash] = self._page(device)
        self._laptops(event, said)
        if type(said) in STAYS:
            assert self.stage[device] in STAYS[type(said)].split(), (device, said)
        if type(said) in WAY:
            before, after = WAY[type(said)]
            assert self.stage[device] in before.split(), (device, said)
            self.stage[device] = after
        if isinstance(said, e.MadeReady | e.Reserved | e.HandedOver | e.SentTo | e.GivenBack):
            assert device not in self.held, "it was on hold"
        self._way(device, said)
        self._ties(event, said)
        self._promises(device, said)
        self._parts(said)
        self._labels(event, said)
        self._shelves(device, said)
        self._papers(device, said)
        self._take_back(device, said)
        self._note(device, event, said)
        self._gate(device, said)

    def _laptops(self, event: e.Event, said: e.Said) -> None:
        """What a laptop has along rests here."""
        rests = not isinstance(said, e.LabelPrinted | e.DelegationEnded | e.PaperMade)
        assert not (rests and self.lent.keys() & set(event.touches)), "a laptop has it along"
        if isinstance(said, e.LaptopDelegated):
            stages = {self.stage.get(code, "ready") for code in said.about}
            assert stages <= {"ready", "reserved", "with_school"}
            assert not self.held & set(said.about)
            self.lent |= dict.fromkeys(said.about, said.chain)
        elif isinstance(said, e.DelegationEnded):
            self.lent = {code: chain for code, chain in self.lent.items() if chain != said.chain}

    def _note(self, device: str, event: e.Event, said: e.Said) -> None:
        lines = self.history.setdefault(device, [])
        if isinstance(said, e.Corrected):
            at = [line.hash for line in lines].index(said.target)
            wrong = lines[at]
            assert wrong.said is not None
            lines[at] = e.Event(wrong.hash, wrong.header, e.replaced(wrong.said, said.fields))
            if said.target_kind == "HandoverConfirmed":
                self.stage[device] = self._stage_again(device)
        if isinstance(said, e.ActWithdrawn):
            at = [line.hash for line in lines].index(said.target)
            assert lines[at].said is not None, "taken back twice"
            lines[at] = e.Event(lines[at].hash, lines[at].header, None)
        lines.append(event)

    def _page(self, device: str) -> "_Page":
        return _Page(
            self.stage.get(device),
            self.head_of.get(device),
            self.case_of.get(device),
            self.claims.get(device),
            self.shelf_of.get(device),
            device in self.held,
        )

    def _take_back(self, device: str, said: e.Said) -> None:  # noqa: C901 -- one line a kind
        """The device's page as it was; nothing that moves it came since."""
        if not isinstance(said, e.ActWithdrawn):
            return
        line = next(line for line in self.history[device] if line.hash == said.target)
        was = self.before[said.target]
        match line.said:
            case e.Noted() | e.PhotoTaken() | e.Counted() | e.CallPlanned():
                return
            case e.PutOnShelf():
                _put(self.shelf_of, device, was.shelf)
            case e.PartFitted():
                self.stock[line.said.item] += 1
            case e.WasteGiven():
                _put(self.shelf_of, device, was.shelf)
                self.waste.remove(device)
            case e.Parted():
                _put(self.head_of, device, was.head)
            case e.GivenBack():
                _put(self.shelf_of, device, was.shelf)
                self.stage[device] = was.stage or ""
            case e.ReturnedToStock():
                assert said.case is None or said.case not in self.case_of.values() or was.head
                _put(self.case_of, device, was.case)
                _put(self.claims, device, was.claim)
                self.stage[device] = was.stage or ""
            case _:
                self.stage[device] = was.stage or ""
                (self.held.add if was.held else self.held.discard)(device)

    def _stage_again(self, device: str) -> str:
        """Where the device is by its lines, read once more from the first."""
        stage = "received"
        for said in self.said_of(device):
            if type(said) in WAY:
                stage = WAY[type(said)][1]
            elif isinstance(said, e.HandedOver):
                stage = "with_school" if said.to == "school" else "handed_over"
            elif isinstance(said, e.HandoverConfirmed) and said.result in {"signed", "proxy"}:
                stage = "handed_over"
            elif isinstance(said, e.ArrivedFrom):
                stage = "ready" if device in self.sent_ready else "received"
        return stage

    def _way(self, device: str, said: e.Said) -> None:
        match said:
            case e.Received():
                assert device not in self.stage, "the code was given out before"
                self.stage[device] = "received"
            case e.SentTo():
                ready = isinstance(self._last_step(device), e.MadeReady | e.ReservationReleased)
                (self.sent_ready.add if ready else self.sent_ready.discard)(device)
            case e.ArrivedFrom():
                assert self.stage[device] == "in_transit"
                self.stage[device] = "ready" if device in self.sent_ready else "received"
            case e.HandedOver():
                assert self.stage[device] == "reserved"
                self.stage[device] = "with_school" if said.to == "school" else "handed_over"
            case e.HandoverConfirmed():
                assert self.stage[device] == "with_school"
                if said.result in {"signed", "proxy"}:
                    self.stage[device] = "handed_over"

    def _last_step(self, device: str) -> e.Said | None:
        """What last moved the device from one stage to another."""
        steps = (said for said in reversed(self.said_of(device)) if self._moves(said))
        return next(steps, None)

    def _moves(self, said: e.Said) -> bool:
        return type(said) in WAY or isinstance(said, e.ArrivedFrom | e.HandedOver)

    def _ties(self, event: e.Event, said: e.Said) -> None:  # noqa: C901 -- one line a kind
        device = event.header.subject
        match said:
            case e.Joined():
                assert device not in self.head_of
                assert said.head != device
                assert said.head not in self.head_of, "a member heads no set"
                self.head_of[device] = said.head
            case e.Parted():
                del self.head_of[device]
            case e.Reserved():
                self.case_of[device] = said.case
                self.claims[device] = event.hash
            case e.HandoverWithdrawn():
                assert said.case == self.case_of[device], "another pupil's device"
                assert said.claim is not None
                self.claims[device] = said.claim
            case e.ReservationReleased() | e.ReturnedToStock():
                del self.case_of[device]
                self.claims.pop(device, None)
            case e.HandedOver():
                assert said.case == self.case_of[device], "another pupil's device"
                self.claims.pop(device)
            case (
                e.HandoverConfirmed()
                | e.TakenBackForRepair()
                | e.GivenBack()
                | e.LineReopened()
                | e.Packed()
            ):
                assert said.case == self.case_of[device], "another pupil's device"
            case e.PutOnHold():
                self.held.add(device)
            case e.Resumed():
                self.held.remove(device)
            case e.Retired():
                self.held.discard(device)

    def _promises(self, device: str, said: e.Said) -> None:
        match said:
            case e.Promised():
                assert self.promised.setdefault(device, said.case) == said.case
            case e.PromiseReleased():
                assert self.promised.pop(device) == said.case
            case e.Reserved():
                assert self.promised.get(device, said.case) == said.case, "another's gift"
            case e.Packed():
                assert device not in self.packed
                self.packed.add(device)
            case e.Unpacked():
                self.packed.remove(device)
            case e.ReservationReleased() | e.HandedOver():
                self.packed.discard(device)

    def _parts(self, said: e.Said) -> None:
        match said:
            case e.PartTaken(into=None):
                self.stock[said.item] += 1
            case e.PartFitted(out_of=None):
                assert self.stock[said.item] > 0, "a part that is not there"
                self.stock[said.item] -= 1

    def _labels(self, event: e.Event, said: e.Said) -> None:
        subject = event.header.subject
        match said:
            case e.CodesReserved():
                numbers = range(said.first, said.first + said.count)
                codes = {make(CodeKind(said.of), 12, number) for number in numbers}
                assert not codes & (self.aside | self.stage.keys() | self.owner.keys())
                self.aside |= codes
            case e.Received():
                assert said.preprinted or subject not in self.aside, "given out twice"
                if said.preprinted:
                    self.labelled.add(subject)
            case e.LabelPrinted():
                self.labelled.add(subject)
            case e.ItemLabelled() | e.ItemPaired():
                first = isinstance(said, e.ItemLabelled)
                assert first != (subject in self.owner)
                assert said.device is None or self.stage[said.device] in HERE.split()
                self.owner[subject] = said.device

    def _shelves(self, device: str, said: e.Said) -> None:
        match said:
            case e.PutOnShelf():
                assert device not in self.waste
                self.shelf_of[device] = said.shelf
            case e.SentTo() | e.HandedOver() | e.GivenBack():
                self.shelf_of.pop(device, None)
            case e.WasteGiven():
                assert device not in self.waste, "it was given away before"
                self.shelf_of.pop(device, None)
                self.waste.add(device)
            case e.PartTaken():
                assert device not in self.waste, "out of what is not here"

    def _papers(self, paper: str, said: e.Said) -> None:
        match said:
            case e.PaperMade():
                assert paper not in self.papers
                assert all(code in self.stage or code in self.aside for code in said.about)
                self.papers[paper] = 0
            case e.PaperReprinted():
                self.papers[paper] += 1
                assert said.copy == self.papers[paper]
            case e.SignedCopyAttached():
                assert (paper, said.scan) not in self.scans
                self.scans.add((paper, said.scan))

    def _gate(self, device: str, said: e.Said) -> None:
        """Nothing passes the gate unless it is met, or a lead's override stands in the event."""
        if isinstance(said, e.MadeReady):
            assert len(said.overrides) <= 1
            self.waived[device] = {override.condition for override in said.overrides}
        if isinstance(said, e.MadeReady | e.Reserved | e.HandedOver):
            lacking = open_conditions(self.said_of(device)) - self.waived[device]
            assert not lacking, (device, lacking)


class _Page(NamedTuple):
    stage: str | None
    head: str | None
    case: str | None
    claim: bytes | None
    shelf: str | None
    held: bool


def _put(book: dict[str, T], device: str, value: T | None) -> None:
    if value is None:
        book.pop(device, None)
    else:
        book[device] = value
