"""What the machine is and what was done to it: processor, memory, disks, battery, work, set."""

from collections.abc import Iterable, Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from station import events as e
from station.codes import grouped
from station.device import Device, DiskState
from station.reference import Reference, Table
from station.words import _
from ui.buttons import link_button
from ui.cards import line
from ui.chips import Chip, width
from ui.coded_words import coded, listed
from ui.device.check_rows import memory_words
from ui.device.disk_fields import disk_words
from ui.device.opened import OpenedDevice
from ui.elided import ElidedLabel
from ui.intake.charger_labels import has_charger
from ui.item_words import item_words
from ui.theme import Role, Tone, words

PERMILLE = 10
NOT_KNOWN = "–"
CHIP = 150  # a long method of erasing is cut


class FactsCard(QWidget):
    """A name and a fact a line; each disk says whether data is still on it."""

    open_device = Signal(str)
    secret_wanted = Signal(str)  # what the password opens
    charger_wanted = Signal()  # a label for the charger beside the device

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Machine and work"))
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 4, 0)
        self.body.addStretch()
        self._rows: QWidget | None = None
        self.may_see_secrets = False  # whoever works here now

    def show_device(self, opened: OpenedDevice, reference: Reference) -> None:
        """Show this device's facts."""
        if self._rows is not None:
            self._rows.deleteLater()
            self.body.removeWidget(self._rows)
        self._rows = QWidget()
        grid = QGridLayout(self._rows)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for number, (name, fact) in enumerate(_lines(opened, reference)):
            grid.addWidget(words(name, Role.MUTED), number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(fact, number, 1)
        self._add_set(grid, opened.device)
        self._add_items(grid, opened, reference)
        self._add_secrets(grid, opened.told, reference)
        self.body.insertWidget(0, self._rows)

    def _add_set(self, grid: QGridLayout, device: Device) -> None:
        together = (device.head,) if device.head else device.members
        if together:
            number = grid.rowCount()
            grid.addWidget(words(_("One set with"), Role.MUTED), number, 0)
            grid.addLayout(line(*map(self._link, together)), number, 1)

    def _add_items(self, grid: QGridLayout, opened: OpenedDevice, reference: Reference) -> None:
        """What has a label of its own beside this device, and where it all lies."""
        items: list[QWidget] = [
            words(f"{item_words(item, reference)} {grouped(item.code)}") for item in opened.items
        ]
        if has_charger(opened.device):
            link = link_button(_("Label the charger"), "Ctrl+K")
            link.setObjectName("labelCharger")
            link.clicked.connect(self.charger_wanted)
            items.append(link)
        for name, things in ((_("Labelled"), items), (_("Shelf"), _shelf(opened))):
            if things:
                number = grid.rowCount()
                grid.addWidget(words(name, Role.MUTED), number, 0)
                grid.addLayout(line(*things), number, 1)

    def _add_secrets(self, grid: QGridLayout, told: Iterable[str], reference: Reference) -> None:
        """Passwords the donor told: named here, shown only when somebody asks for one."""
        links = [self._secret(of, reference) for of in told]
        if links:
            number = grid.rowCount()
            grid.addWidget(words(_("Passwords told"), Role.MUTED), number, 0)
            grid.addLayout(line(*links), number, 1)

    def _secret(self, of: str, reference: Reference) -> QWidget:
        word = coded(Table.SECRETS, of, reference)
        link = link_button(_("Show: {what}").format(what=word))
        link.setObjectName(f"secret.{of}")
        link.setEnabled(self.may_see_secrets)
        if not self.may_see_secrets:
            link.setToolTip(_("Only a technician or the head of the point sees passwords."))
        link.clicked.connect(lambda: self.secret_wanted.emit(of))
        return link

    def _link(self, code: str) -> QWidget:
        link = link_button(grouped(code))
        link.setObjectName(f"set.{code}")
        link.clicked.connect(lambda: self.open_device.emit(code))
        return link


def _shelf(opened: OpenedDevice) -> list[QWidget]:
    shelf = opened.device.shelf
    return [words(f"{opened.shelf} ({grouped(shelf)})".lstrip())] if shelf else []


def _lines(opened: OpenedDevice, reference: Reference) -> Iterator[tuple[str, QWidget]]:
    device = opened.device
    kind = reference.tables.kinds.get(device.kind)  # None: of a newer version
    if kind is None or kind.is_computer:
        yield _("Processor, memory"), ElidedLabel(_computer(device))
    if kind is None or kind.has_disk:
        yield _("Disks"), _disks(device, reference)
    if kind is None or kind.has_battery:
        yield _("Battery"), ElidedLabel(_battery(device))
    yield _("Known by"), ElidedLabel(witness_words(device))
    yield _("Work done"), ElidedLabel(work_words(opened, reference) or NOT_KNOWN)


def witness_words(device: Device) -> str:
    """By what the machine is told from others; what nobody compared says so."""
    compared = _("S/N") if device.serial_confirmed else _("S/N not compared: scan it")
    fact = device.machine
    told = (
        compared if device.serial else "",
        _("mainboard") if fact and fact.board_serial else "",
        _("UUID") if fact and fact.uuid else "",
        _("network cards") if fact and fact.macs else "",
        _("disks") if any(disk.serial or disk.wwn for disk in device.disks or ()) else "",
    )
    return listed(part for part in told if part) or _("nothing yet: scan its serial number")


def _computer(device: Device) -> str:
    machine = device.machine
    if machine is None:
        return _("not read yet")
    memory = memory_words(machine.memory_mib) if machine.memory_mib else None
    return " · ".join(part for part in (machine.processor, memory) if part) or NOT_KNOWN


def _battery(device: Device) -> str:
    health = device.machine.battery_health_permille if device.machine else None
    if health is None:
        return NOT_KNOWN
    return _("holds {percent} %").format(percent=health // PERMILLE)


def _disks(device: Device, reference: Reference) -> QWidget:
    """All disks below each other."""
    disks = QWidget()
    grid = QGridLayout(disks)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setVerticalSpacing(2)
    if not device.disks:
        known = _("none seen") if device.disks is not None else _("not read yet")
        grid.addWidget(ElidedLabel(known), 0, 0, 1, 2)
    for number, disk in enumerate(device.disks or ()):
        tone, verdict = disk_verdict(disk, reference)
        chip = Chip(tone, verdict)
        chip.setMinimumWidth(min(width(verdict), CHIP))
        grid.addWidget(chip, number, 0)
        grid.addWidget(ElidedLabel(disk_words(disk)), number, 1)
    grid.setColumnStretch(1, 1)
    return disks


def disk_verdict(disk: DiskState, reference: Reference) -> tuple[Tone, str]:
    """Whether data of a donor can still leave with this disk."""
    if disk.removed:
        return Tone.OK, _("Taken out")
    if disk.erased_by is not None:
        method = coded(Table.ERASURES, disk.erased_by, reference)
        return Tone.OK, _("Erased: {method}").format(method=method)
    if disk.failed:
        return Tone.FAIL, _("Erasure failed")
    return Tone.FAIL, _("Not erased")


def work_words(opened: OpenedDevice, reference: Reference) -> str:
    """Works and parts in the order they were done."""
    return listed(_works(opened, reference))


def _works(opened: OpenedDevice, reference: Reference) -> Iterator[str]:
    for row in opened.timeline:
        if row.event.header.subject != opened.device.code:
            continue  # another device's event that only names this one
        match row.event.said:
            case e.WorkDone(work=work):
                yield coded(Table.WORKS, work, reference)
            case e.PartFitted(item=item):
                yield f"+ {coded(Table.PARTS, item, reference)}"
            case e.PartTaken(item=item):
                yield f"− {coded(Table.PARTS, item, reference)}"
