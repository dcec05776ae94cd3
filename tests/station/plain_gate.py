"""A second, plain reading of the release gate, against which the station's own is compared."""

from collections.abc import Iterable

from station import events as e
from station.checks import CheckResult, Outcome
from station.reference import ReleaseRules, load

UNTESTED, STALE = "untested", "stale"


class Sheet:
    """One device's inspection sheet, filled in line by line from its events."""

    def __init__(self) -> None:
        self.kind = ""
        self.serial: str | None = None
        self.confirmed = False
        self.locks: tuple[str, ...] = ()
        self.lines = 0
        self.outcomes: dict[str, Outcome | str] = {}
        self.faulty: set[str] = set()  # failed, and not passed since
        self.by_hand: set[str] = set()
        self.clean_disks: dict[str | None, bool] | None = None
        self.listed = False  # a report said which disks there are
        self.removed: set[str | None] = set()
        self.erased_on_line = 0
        self.disks_changed_on_line = 0
        self.system: tuple[int, bool] | None = None  # line, first boot seen
        self.kit: tuple[str, ...] = ()
        self.kit_checked = self.graded = False

    def read(self, said: e.Said) -> None:  # noqa: C901 -- one line a kind
        """Fill in one line."""
        self.lines += 1
        match said:
            case e.Received():
                self.kind, self.serial, self.locks = said.kind, said.serial, said.locks
                self.confirmed, self.kit = said.serial_known_by == "second-scan", said.kit
            case e.Described():
                self._described(said)
            case e.ChecksRecorded():
                self._report(said)
            case e.CheckEnteredByHand():
                self._tried(said.result, by_hand=True)
            case e.StorageErased() | e.StorageRemoved():
                self._disk(said)
            case e.SystemInstalled():
                self.system = self.lines, said.first_boot_seen
            case e.WorkDone() | e.PartTaken() | e.PartFitted():
                self.outcomes |= {check: STALE for check in said.stale if check in self.outcomes}
                if "sto.type" in said.stale:
                    self.disks_changed_on_line = self.lines
            case e.KitChecked():
                self.kit, self.kit_checked = said.present, True
            case e.Graded():
                self.graded = True
            case e.ReturnedToStock():
                self._returned()

    def open(self) -> set[str]:
        """What the device still lacks under the newest rules for its kind."""
        rules = load().release_policies[-1].kinds[self.kind]
        wanted = {
            "serial": self.serial is not None and self.confirmed,
            "locks": not self.locks,  # where a check looks for them, it says that there are none
            "erasure": not rules.erasure or self._erased(tablet=rules.setup_screen),
            "system": not rules.system or self._usable(),
            "kit": self.kit_checked and set(rules.kit) <= set(self.kit),
            "grade": self.graded or not rules.grade,
        } | {check: self._passed(check, rules) for check in rules.checks}
        wanted |= {check: False for check in rules.faults if check in self.faulty}
        return {name for name, met in wanted.items() if not met}

    def _described(self, said: e.Described) -> None:
        self.kind = said.kind or self.kind
        self.locks = self.locks if said.locks is None else said.locks
        if said.serial is not None:
            same = said.serial == self.serial and self.confirmed
            self.serial, self.confirmed = said.serial, same or said.serial_known_by == "second-scan"

    def _report(self, said: e.ChecksRecorded) -> None:
        for result in said.results:
            self._tried(result, by_hand=False)
        if said.machine.serial is not None:
            self.serial = self.serial or said.machine.serial
            self.confirmed = self.serial == said.machine.serial
        if said.machine.disks is not None:
            self.listed = True
            seen = {disk.serial: False for disk in said.machine.disks}
            self.clean_disks = seen | (self.clean_disks or {})

    def _tried(self, result: CheckResult, *, by_hand: bool) -> None:
        before = self.outcomes.get(result.check, UNTESTED)
        if result.outcome is Outcome.UNKNOWN and before not in {UNTESTED, STALE}:
            persons = by_hand or result.check in self.by_hand
            if persons or before is Outcome.FAIL or result.reason == "wifi_not_measured":
                return
        self.outcomes[result.check] = result.outcome
        failed = result.outcome is Outcome.FAIL
        (self.faulty.add if failed else self.faulty.discard)(result.check)
        (self.by_hand.add if by_hand else self.by_hand.discard)(result.check)

    def _disk(self, said: e.StorageErased | e.StorageRemoved) -> None:
        gone = isinstance(said, e.StorageRemoved) or said.disk.serial in self.removed
        clean = gone or (isinstance(said, e.StorageErased) and said.passed)
        self.clean_disks = (self.clean_disks or {}) | {said.disk.serial: clean}
        if isinstance(said, e.StorageRemoved):
            self.removed.add(said.disk.serial)
            self.disks_changed_on_line = self.lines
        elif said.passed:
            self.erased_on_line = self.lines

    def _returned(self) -> None:
        disks = {disk: disk in self.removed for disk in self.clean_disks or ()}
        self.clean_disks, self.system = disks or None, None
        self.outcomes.clear()
        self.faulty.clear()
        self.kit_checked = self.graded = False

    def _erased(self, *, tablet: bool) -> bool:
        if self.clean_disks is None or not (self.clean_disks if tablet else self.listed):
            return False
        return all(self.clean_disks.values())

    def _usable(self) -> bool:
        since = max(self.erased_on_line, self.disks_changed_on_line)
        return self.system is not None and self.system[0] > since and self.system[1]

    def _passed(self, check: str, rules: ReleaseRules) -> bool:
        outcome = self.outcomes.get(check, UNTESTED)
        if outcome in {UNTESTED, STALE}:
            return False
        allowed = check not in self.by_hand or check in rules.by_hand
        if allowed and outcome in {Outcome.PASS, Outcome.WARN, Outcome.NOT_APPLICABLE}:
            return True
        return self.kit_checked and any(item in self.kit for item in rules.stand_ins(check))


def open_conditions(history: Iterable[e.Said]) -> set[str]:
    """What a device with this history still lacks."""
    sheet = Sheet()
    for said in history:
        sheet.read(said)
    return sheet.open()
