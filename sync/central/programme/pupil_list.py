"""An approved list as schools and the Department of Education write it: rows become pupils.

Each line keeps what is wrong with it; nothing is dropped unsaid, and nothing is guessed that would
make of one pupil another.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from station.codes import BadCode, CodeKind, parse_scan
from station.lists.headers import found_header, numbered, plain
from station.lists.sheet import Row, is_rounded, read_sheet
from station.people import person_name
from station.phone import phone_number
from station.reference import OrganisationKind, Reference, Table
from station.text import BadText, clean
from sync.central.programme.applications import age_on
from sync.central.programme.checking import OLDEST, YOUNGEST
from sync.central.programme.communes import communes

LEAST_HEADERS = 2
LINE, WORDS = 200, 500  # characters of a cell
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\Z", re.ASCII)
NUMBER_DIGITS, LOST_ZEROS = 12, (10, 11)  # Excel takes the zeros in front of a number away

T = TypeVar("T")


class Column(StrEnum):
    """What a column can say."""

    NAME = "name"
    BORN = "born"
    NUMBER = "number"
    SCHOOL = "school"
    SCHOOL_CLASS = "school_class"
    LEVEL = "level"
    UNIT = "unit"
    ADDRESS = "address"
    GUARDIAN = "guardian"
    RELATION = "relation"
    PHONE = "phone"
    NEED = "need"
    WANTS = "wants"
    PUBLISH = "publish"
    CODE = "code"


class Trouble(StrEnum):
    """What is wrong with a line; those of `STOPS` keep it from being taken."""

    NO_NAME = "no_name"
    NOT_A_NAME = "not_a_name"
    NO_LEVEL = "no_level"
    NO_SCHOOL = "no_school"
    NOT_TOLD_APART = "not_told_apart"  # neither birth date nor number: anybody of that name
    BAD_TEXT = "bad_text"
    AGE = "age"
    NOT_A_DAY = "not_a_day"
    NOT_A_NUMBER = "not_a_number"
    NOT_A_PHONE = "not_a_phone"
    NOT_A_CODE = "not_a_code"
    SCHOOL_UNKNOWN = "school_unknown"
    UNIT_UNKNOWN = "unit_unknown"
    NOBODY_TO_TELL = "nobody_to_tell"  # neither guardian nor phone


STOPS = frozenset(
    {
        Trouble.NO_NAME, Trouble.NOT_A_NAME, Trouble.NO_LEVEL, Trouble.BAD_TEXT, Trouble.AGE,
        Trouble.NOT_A_CODE, Trouble.NO_SCHOOL, Trouble.NOT_TOLD_APART,
    }
)  # fmt: skip


class NoHeader(Exception):
    """No row names the columns."""


class Line(Struct, frozen=True, omit_defaults=True):
    """One pupil as the list says it."""

    row: int  # of the file
    name: str
    born_on: date | None = None
    number: str = ""
    school: str | None = None
    school_written: str = ""
    school_class: str = ""
    level: str = ""
    unit: str | None = None
    address: str = ""
    guardian: str = ""
    relation: str = "parent"
    phone: str = ""
    need: str = ""
    wants: str | None = None
    publish: bool = False
    code: str = ""  # of an application that is registered already
    troubles: tuple[Trouble, ...] = ()

    @property
    def stops(self) -> bool:
        """Whether it cannot be taken as it is."""
        return not STOPS.isdisjoint(self.troubles)


class ListWords(Struct, frozen=True, forbid_unknown_fields=True):
    """How schools name things."""

    columns: dict[Column, tuple[str, ...]]
    levels: dict[str, tuple[str, ...]]
    relations: dict[str, tuple[str, ...]]
    kinds: dict[str, tuple[str, ...]]
    yes: tuple[str, ...]


@cache
def list_words() -> ListWords:
    """The words of the resources."""
    text = resources.files("resources").joinpath("pupil-lists.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text), ListWords)


class PupilList(Struct, frozen=True):
    """A file that was read."""

    digest: bytes  # of its bytes
    lines: tuple[Line, ...]


def read_list(data: bytes, reference: Reference, day: date, school: str | None = None) -> PupilList:
    """Every row that names a pupil; raises UnreadableList or NoHeader.

    `school`: of lines that name none.
    """
    rows = read_sheet(data).rows
    place, mapped = found_header(rows, list_words().columns)
    if len(mapped) < LEAST_HEADERS or Column.NAME not in mapped:
        raise NoHeader
    reader = _Reader(reference, day, school, mapped)
    lines = (
        reader.line(number, row) for number, row in numbered(rows, place + 1) if reader.says(row)
    )
    return PupilList(sha256(data).digest(), tuple(lines))


class _Reader:
    """Reads rows of one list."""

    def __init__(
        self, reference: Reference, day: date, school: str | None, mapped: Mapping[Column, int]
    ) -> None:
        self._day, self._school, self._mapped = day, school, mapped
        schools = reference.organisations(OrganisationKind.SCHOOL, day)
        self._levels = {one.id: one.level for one in schools}
        self._schools = {
            plain(word): one.id for one in schools for word in (one.vi, one.en, one.short)
        }
        self._units = {
            plain(word): unit.code
            for unit in communes(reference, day)
            for word in (unit.name, unit.full_name)
        }
        self._written = {one.id: one.vi for one in schools}
        self._known_levels = {one.id for one in reference.entries(Table.LEVELS)}
        self._troubles: list[Trouble] = []

    def says(self, row: Row) -> bool:
        """Whether a row is of a pupil: sums and signatures under the table are of none.

        A name with anything else, or a birth date with anything else where the name is missing.
        """
        if any(self._cell(row, column) for column in (Column.NUMBER, Column.CODE)):
            return True
        others = (Column.SCHOOL_CLASS, Column.SCHOOL, Column.PHONE, Column.LEVEL)
        said = [self._cell(row, one) for one in (Column.NAME, Column.BORN)]
        return all(said) or (any(said) and any(self._cell(row, one) for one in others))

    def line(self, number: int, row: Row) -> Line:
        """One row."""
        self._troubles = []
        written = self._text(row, Column.SCHOOL)
        school = self._school_of(written)
        if school is None and not written:
            self._troubles.append(Trouble.NO_SCHOOL)
        guardian, phone = self._name(row, Column.GUARDIAN), self._phone(row)
        if not guardian and not phone:
            self._troubles.append(Trouble.NOBODY_TO_TELL)
        born_on, personal, code = self._born(row), self._number(row), self._code(row)
        if not (born_on or personal or code):
            self._troubles.append(Trouble.NOT_TOLD_APART)
        said: dict[str, Any] = {
            "name": self._pupil(row),
            "born_on": born_on,
            "number": personal,
            "school": school,
            "school_written": written or self._written.get(school or "", ""),
            "school_class": self._text(row, Column.SCHOOL_CLASS),
            "level": self._level(row, school),
            "unit": self._unit(row),
            "address": self._text(row, Column.ADDRESS),
            "guardian": guardian,
            "relation": self._among(row, Column.RELATION, list_words().relations) or "parent",
            "phone": phone,
            "need": self._text(row, Column.NEED, WORDS),
            "wants": self._among(row, Column.WANTS, list_words().kinds),
            "publish": plain(self._cell(row, Column.PUBLISH)) in list_words().yes,
            "code": code,
        }
        return Line(number, **said, troubles=tuple(dict.fromkeys(self._troubles)))

    # ---- cells ----

    def _cell(self, row: Row, column: Column) -> str:
        place = self._mapped.get(column)
        return row[place].strip() if place is not None and place < len(row) else ""

    def _text(self, row: Row, column: Column, limit: int = LINE) -> str:
        cell = self._cell(row, column)
        return self._tried(lambda: clean(cell, limit), Trouble.BAD_TEXT, "")

    def _name(self, row: Row, column: Column) -> str:
        cell = self._text(row, column)
        return self._tried(lambda: person_name(cell), Trouble.NOT_A_NAME, "")

    def _pupil(self, row: Row) -> str:
        name = self._name(row, Column.NAME)
        if not name and Trouble.NOT_A_NAME not in self._troubles:
            self._troubles.append(Trouble.NO_NAME)
        return name

    def _born(self, row: Row) -> date | None:
        cell = self._cell(row, Column.BORN)
        if not cell:
            return None
        born_on = self._tried(lambda: _day(cell), Trouble.NOT_A_DAY, None)
        if born_on is not None and not YOUNGEST <= age_on(born_on, self._day) <= OLDEST:
            self._troubles.append(Trouble.AGE)
        return born_on

    def _number(self, row: Row) -> str:
        cell = self._cell(row, Column.NUMBER)
        digits = "".join(c for c in cell if c.isascii() and c.isdigit())
        if len(digits) in LOST_ZEROS and digits == cell:
            digits = digits.zfill(NUMBER_DIGITS)
        if cell and (len(digits) != NUMBER_DIGITS or is_rounded(cell)):
            self._troubles.append(Trouble.NOT_A_NUMBER)
            return ""
        return digits

    def _phone(self, row: Row) -> str:
        cell = self._cell(row, Column.PHONE)
        if cell.isascii() and cell.isdigit() and len(cell) == 9:  # Excel took its zero away
            cell = f"0{cell}"
        return self._tried(lambda: phone_number(cell), Trouble.NOT_A_PHONE, "")

    def _school_of(self, written: str) -> str | None:
        if not written:
            return self._school
        word = plain(written)
        ways = (word, f"truong {word}", word.removeprefix("truong "))
        found = next((self._schools[way] for way in ways if way in self._schools), None)
        if found is None:
            self._troubles.append(Trouble.SCHOOL_UNKNOWN)
        return found

    def _level(self, row: Row, school: str | None) -> str:
        level = self._among(row, Column.LEVEL, list_words().levels) or self._levels.get(
            school or ""
        )
        level = level or _longest(self._cell(row, Column.SCHOOL), list_words().levels)
        if level not in self._known_levels:
            self._troubles.append(Trouble.NO_LEVEL)
        return level or ""

    def _unit(self, row: Row) -> str | None:
        cell = self._cell(row, Column.UNIT)
        found = self._units.get(plain(cell)) if cell else None
        if cell and found is None:
            self._troubles.append(Trouble.UNIT_UNKNOWN)
        return found

    def _code(self, row: Row) -> str:
        cell = self._cell(row, Column.CODE)
        if not cell:
            return ""
        try:
            code = parse_scan(cell)
        except BadCode:
            code = None
        if code is None or code.kind is not CodeKind.CASE:
            self._troubles.append(Trouble.NOT_A_CODE)
            return ""
        return code.text

    def _among(self, row: Row, column: Column, words: Mapping[str, tuple[str, ...]]) -> str | None:
        return _longest(self._cell(row, column), words)

    def _tried(self, read: Callable[[], T], trouble: Trouble, otherwise: T) -> T:
        try:
            return read()
        except (BadText, ValueError):
            self._troubles.append(trouble)
            return otherwise


def _longest(cell: str, words: Mapping[str, tuple[str, ...]]) -> str | None:
    """The id whose longest word the cell contains."""
    text = f" {plain(cell)} "
    found: Iterator[tuple[int, str]] = (
        (len(word), id_) for id_, known in words.items() for word in known if f" {word} " in text
    )
    return max(found, default=(0, None))[1]


def _day(cell: str) -> date:
    """A day as lists write it; raises ValueError."""
    written = _DAY.match(cell)
    if written is None:
        return date.fromisoformat(cell)
    day, month, year = map(int, written.groups())
    return date(year, month, day)
