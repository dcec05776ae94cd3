"""Rows of a list as devices, each with what is wrong with it; nothing is dropped unsaid."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache

from msgspec import Struct, structs

from station.device import Device
from station.events import MachineFact
from station.identity import witnesses_of
from station.lists.headers import plain
from station.lists.sheet import Row, is_rounded
from station.notes import optional_serial
from station.offer import Offer
from station.people import DeviceList, ListedDevice
from station.ports import PointStore, Store
from station.reference import Reference, Table
from station.text import BadText, Placeholder, fold
from ui.office_list.columns import Column, Headed, Mapped, list_words

MOST_OF_ONE = 500  # devices that one row counts
ASKED_AT_ONCE = 100


class Trouble(StrEnum):
    """What is wrong with a line; those of `STOPS` keep the list from being recorded."""

    KIND_UNKNOWN = "kind_unknown"
    NO_NUMBER = "no_number"  # where it says how many
    TOO_MANY = "too_many"
    SERIAL_TWICE = "serial_twice"
    SERIAL_OF_MANY = "serial_of_many"
    SERIAL_HERE = "serial_here"
    SERIAL_EXPECTED = "serial_expected"  # by another list, or by this one read before
    PLACEHOLDER = "placeholder"
    ROUNDED = "rounded"
    NOT_A_SERIAL = "not_a_serial"


STOPS = frozenset({Trouble.KIND_UNKNOWN, Trouble.NO_NUMBER, Trouble.TOO_MANY})
UNUSED = frozenset({Trouble.ROUNDED, Trouble.NOT_A_SERIAL, Trouble.SERIAL_OF_MANY})
"""What stood in the column of serial numbers and is kept as a remark."""

NAMING = (Column.KIND, Column.MAKER, Column.MODEL, Column.SERIAL)
LONG_NAME = 4  # words; "Máy tính xách tay" alone is the kind


class ListLine(Struct, frozen=True):
    """One row of the file as we understand it."""

    number: int  # of the row in the file
    device: ListedDevice
    count: int = 1
    troubles: tuple[Trouble, ...] = ()
    here: str = ""  # the device that has this serial number already
    expected: str = ""  # the offer whose list names it already
    raw: str = ""  # the row as it stands in the file

    @property
    def stops(self) -> bool:
        """Whether it must be put right, or left out, first."""
        return not STOPS.isdisjoint(self.troubles)


def read_lines(
    headed: Headed, mapped: Mapped, reference: Reference, usual_kind: str = ""
) -> tuple[ListLine, ...]:
    """Every row that names a device; a row of sums or signatures under the table is none."""
    lines = [
        _line(number, row, mapped, reference, usual_kind)
        for number, row in headed.rows
        if _is_device(row, mapped)
    ]
    return _marked(lines)


def with_those_known(lines: Sequence[ListLine], store: PointStore) -> tuple[ListLine, ...]:
    """The same lines; of a serial number that is here or expected already it is said where."""
    offers: dict[str, str] = {}
    for offer in store.expected_offers():
        offers |= {fold(device.serial): offer.code for device in _listed(offer, store)}
    return tuple(_expected(line, offers) for line in with_those_here(lines, store))


def with_those_here(lines: Sequence[ListLine], store: Store) -> tuple[ListLine, ...]:
    """The same lines; a serial number that stands at the point already leads to its device."""
    serials = list(dict.fromkeys(line.device.serial for line in lines if line.device.serial))
    holders: dict[str, str] = {}
    for first in range(0, len(serials), ASKED_AT_ONCE):
        holders |= _holders(serials[first : first + ASKED_AT_ONCE], store)
    return tuple(_held(line, holders) for line in lines)


def as_list(lines: Sequence[ListLine]) -> DeviceList:
    """What is kept: a row that counts ten is ten devices."""
    return DeviceList(tuple(line.device for line in lines for _one in range(line.count)))


def kind_of(text: str, reference: Reference) -> str:
    """The kind that a cell names, by its own word or by what people call it; "" for none."""
    words = f" {plain(text)} "
    named = {
        entry.id: (entry.id, entry.word("vi"), entry.word("en"))
        for entry in reference.entries(Table.KINDS)
    }
    more = list_words().kinds
    found = [
        (len(plain(word)), id_)
        for id_, own in named.items()
        for word in (*own, *more.get(id_, ()))
        if f" {plain(word)} " in words
    ]
    return max(found)[1] if found else ""


def _is_device(row: Row, mapped: Mapped) -> bool:
    """A row that says nothing in any column but remarks and counts names no device.

    While nobody knows which column names one, every row may be one.
    """
    named = [column for column in NAMING if column in mapped]
    return not named or any(_cell(row, mapped, column) for column in named)


def _line(number: int, row: Row, mapped: Mapped, reference: Reference, usual_kind: str) -> ListLine:
    named, model = _cell(row, mapped, Column.KIND), _cell(row, mapped, Column.MODEL)
    kind = kind_of(named, reference) if named else kind_of(model, reference) or usual_kind
    count, about_count = _count(_cell(row, mapped, Column.COUNT))
    written = _cell(row, mapped, Column.SERIAL)
    serial, about_serial = _serial(written, count)
    remark = _cell(row, mapped, Column.REMARK)
    if about_serial in UNUSED:  # it stays readable
        remark = "; ".join(filter(None, (remark, written)))
    device = ListedDevice(
        kind=kind,
        maker=_cell(row, mapped, Column.MAKER),
        model=model or _rest(named, kind),
        serial=serial,
        remark=remark,
    )
    about_kind = None if kind else Trouble.KIND_UNKNOWN
    troubles = tuple(one for one in (about_kind, about_count, about_serial) if one is not None)
    raw = " · ".join(filter(None, row))
    return ListLine(number, device, count, troubles, raw=raw)


def _rest(named: str, kind: str) -> str:
    """A cell like "Máy tính để bàn HP 280 G3" names the model too: keep it whole."""
    more = set(plain(named).split()) - _kind_words()
    return named if kind and more and len(named.split()) > LONG_NAME else ""


@cache
def _kind_words() -> frozenset[str]:
    """What "Bộ máy vi tính để bàn" is made of, however long."""
    lists = list_words()
    said = (*lists.bare, *(word for words in lists.kinds.values() for word in words))
    return frozenset(one for word in said for one in plain(word).split())


def _serial(cell: str, count: int) -> tuple[str, Trouble | None]:
    if is_rounded(cell):
        return "", Trouble.ROUNDED
    try:
        serial = optional_serial(cell) or ""
    except Placeholder:
        return "", Trouble.PLACEHOLDER
    except BadText:
        return "", Trouble.NOT_A_SERIAL
    if serial and count > 1:
        return "", Trouble.SERIAL_OF_MANY
    return serial, None


def _count(cell: str) -> tuple[int, Trouble | None]:
    if not cell:
        return 1, None
    number = plain(cell).split(" ")[0]
    if not number.isascii() or not number.isdigit() or int(number[:9]) < 1:
        return 1, Trouble.NO_NUMBER
    count = int(number[:9])
    return (count, None) if count <= MOST_OF_ONE else (1, Trouble.TOO_MANY)


def _marked(lines: Sequence[ListLine]) -> tuple[ListLine, ...]:
    """Say where one serial number stands on several lines."""
    often = Counter(fold(line.device.serial) for line in lines if line.device.serial)
    return tuple(
        structs.replace(line, troubles=(*line.troubles, Trouble.SERIAL_TWICE))
        if often[fold(line.device.serial)] > 1
        else line
        for line in lines
    )


def _holders(serials: Sequence[str], store: Store) -> dict[str, str]:
    wanted = {
        witness.mark: serial
        for serial in serials
        for witness in witnesses_of(MachineFact(serial=serial))
    }
    found = store.devices_with(tuple(wanted))
    return dict(_named(found, wanted))


def _named(devices: Sequence[Device], wanted: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for device in devices:
        fact = MachineFact(serial=device.serial)
        for witness in witnesses_of(fact):
            if witness.mark in wanted:
                yield wanted[witness.mark], device.code


def _held(line: ListLine, holders: Mapping[str, str]) -> ListLine:
    code = holders.get(line.device.serial, "")
    if not code:
        return line
    return structs.replace(line, here=code, troubles=(*line.troubles, Trouble.SERIAL_HERE))


def _cell(row: Row, mapped: Mapped, column: Column) -> str:
    place = mapped.get(column)
    return row[place].strip() if place is not None and place < len(row) else ""


def _listed(offer: Offer, store: PointStore) -> tuple[ListedDevice, ...]:
    """What an office's list announced; nothing where it gave none, or its row is gone."""
    content = store.content(offer.lines) if offer.lines else None
    return content.lines if isinstance(content, DeviceList) else ()


def _expected(line: ListLine, offers: Mapping[str, str]) -> ListLine:
    code = offers.get(fold(line.device.serial), "") if line.device.serial else ""
    if not code or line.here:
        return line
    return structs.replace(line, expected=code, troubles=(*line.troubles, Trouble.SERIAL_EXPECTED))
