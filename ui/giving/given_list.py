"""A list of devices that belong to pupils' cases: promised, at school or given."""

from collections.abc import Callable, Sequence

from station.codes import Code, CodeKind, grouped
from station.device import Device
from station.reference import Table
from station.words import _
from ui.cards import EmptyState
from ui.coded_words import coded, listed
from ui.day_words import age_words
from ui.desk import Desk
from ui.device_words import device_name
from ui.gate_words import next_step
from ui.giving.handover_lists import GivenLine
from ui.giving.pupil_words import pupil_word, school_word
from ui.line_list import LineList
from ui.line_table import Column
from ui.theme import Tone

STEP_WIDTH = 190


def given_list(desk: Desk, empty: EmptyState, *, with_step: bool = False) -> LineList[GivenLine]:
    """Make the list; with the step where its lines stand at different ones."""
    code = Column[GivenLine](_("Device code"), lambda line: grouped(line.device.code), width=118)
    school = Column[GivenLine](_("School"), _school(desk), width=90)
    columns = (
        (code, _pupil_column(0), school, _step_column(desk))
        if with_step
        else (code, _device_column(desk), _pupil_column(110), school, _age_column(desk))
    )
    return LineList(columns, lambda line: line.device.code, empty)


def packing_list(desk: Desk, empty: EmptyState) -> LineList[GivenLine]:
    """Devices for a school: whose each is, and whether it lies packed."""
    columns = (
        Column[GivenLine](_("Device code"), lambda line: grouped(line.device.code), width=118),
        Column[GivenLine](_("Pupil"), _pupil_and_class),
        Column[GivenLine](_("Device"), lambda line: set_word(line.device, desk), width=180),
        Column[GivenLine](
            _("Packed"),
            lambda line: packing_step(line, desk)[1],
            lambda line: packing_step(line, desk)[0],
            width=150,
        ),
    )
    return LineList(columns, lambda line: line.device.code, empty)


def packing_step(line: GivenLine, desk: Desk) -> tuple[Tone, str]:
    """Whether it lies packed, or what keeps it from it."""
    if line.device.hold:
        return Tone.WARN, coded(Table.REASONS, line.device.hold, desk.reference)
    if line.device.packed:
        return Tone.OK, _("Packed")
    if line.device.kit_missing:
        missing = listed(
            coded(Table.KIT_ITEMS, item, desk.reference) for item in line.device.kit_missing
        )
        return Tone.WARN, _("Missing: {items}").format(items=missing)
    return Tone.UNKNOWN, _("To be packed")


def scanned_key(lines: Sequence[GivenLine], code: Code) -> str | None:
    """The key of the line a scan means: by device, by a member of its set, or by case."""
    if code.kind is CodeKind.CASE:
        found = (line for line in lines if line.case.code == code.text)
    else:
        found = (line for line in lines if code.text in line.codes)
    return next((line.device.code for line in found), None)


def set_word(device: Device, desk: Desk) -> str:
    """The device's name, and how many more belong to its set."""
    name = device_name(device, desk.reference)
    return f"{name} + {len(device.members)}" if device.members else name


def kit_words(device: Device, desk: Desk) -> str:
    """What must lie beside the device when it goes."""
    items = listed(coded(Table.KIT_ITEMS, item, desk.reference) for item in device.kit)
    return _("With it: {items}").format(items=items) if items else _("Nothing goes with it")


def _device_column(desk: Desk) -> Column[GivenLine]:
    return Column(_("Device"), lambda line: set_word(line.device, desk))


def _pupil_column(width: int) -> Column[GivenLine]:
    return Column(_("Pupil"), lambda line: pupil_word(line.pupil), width=width)


def _pupil_and_class(line: GivenLine) -> str:
    parts = (pupil_word(line.pupil), line.pupil.school_class)
    return " · ".join(part for part in parts if part)


def _age_column(desk: Desk) -> Column[GivenLine]:
    def age(line: GivenLine) -> str:
        today = desk.now().day
        return age_words(line.device.since or today, today)

    return Column(_("Waiting"), age, width=86)


def _step_column(desk: Desk) -> Column[GivenLine]:
    def step(line: GivenLine) -> tuple[Tone, str]:
        return next_step(line.device, desk.reference, desk.now())

    return Column(
        _("Stage"), lambda line: step(line)[1], lambda line: step(line)[0], width=STEP_WIDTH
    )


def _school(desk: Desk) -> Callable[[GivenLine], str]:
    return lambda line: school_word(line.school, desk.reference, desk.now().day)
