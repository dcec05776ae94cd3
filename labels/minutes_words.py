"""The words of the handover minutes: an office's own file, checked before anything is printed."""

import tomllib
from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path
from string import Formatter
from typing import Any, Final

import msgspec
from msgspec import Struct

from station.printed import HandoverMinutes


class UnreadableTemplate(Exception):
    """The file of words is no TOML in UTF-8."""

    def __init__(self, file: str, reason: str) -> None:
        self.file, self.reason = file, reason
        super().__init__(f"{file}: {reason}")


class TemplateField(Exception):
    """A text is missing, unknown or not a text, or names a field that the paper does not have."""

    def __init__(self, file: str, text: str, field: str | None = None) -> None:
        self.file, self.text, self.field = file, text, field
        super().__init__(f"{file}: {text}" + (f" {{{field}}}" if field is not None else ""))


class MinutesWords(Struct, frozen=True, kw_only=True):
    """Every word of the paper that is not about this one hand-over."""

    nation: str
    motto: str
    number: str
    place_and_date: str
    date: str
    hour: str
    title: str
    subject: str
    opening: str
    opening_with_hour: str
    giver: str
    receiver: str
    representative: str
    position: str
    capacity: str
    address: str
    phone: str
    to_fill_in: str
    pupil: str
    devices: str
    column_number: str
    column_code: str
    column_device: str
    column_condition: str
    column_kit: str
    column_remark: str
    serial: str
    commitments: tuple[str, ...]
    closing: str
    closing_with_rest: str
    signature_giver: str
    signature_receiver: str
    signature_hint: str
    reprint: str
    foot_code: str
    foot_hash: str
    foot_acknowledgement: str


_FIELDS: Final[Mapping[str, set[str]]] = {
    "number": {"number_symbol"},
    "place_and_date": {"place", "date"},
    "date": {"day", "month", "year"},
    "hour": {"hour", "minute"},
    "subject": {"programme"},
    "opening": {"date", "place"},
    "opening_with_hour": {"hour", "date", "place"},
    "giver": {"name"},
    "receiver": {"name"},
    "representative": {"name"},
    "position": {"title"},
    "capacity": {"title"},
    "address": {"address"},
    "phone": {"phone"},
    "pupil": {"pupil"},
    "devices": {"count"},
    "serial": {"serial"},
    "closing": {"copies", "each"},
    "closing_with_rest": {"copies", "each", "rest"},
    "reprint": {"reprint"},
    "foot_code": {"paper_code"},
    "foot_hash": {"hash"},
    "foot_acknowledgement": {"acknowledgement"},
}


def shipped_words() -> MinutesWords:
    """The words this program comes with."""
    return _read(_paper("handover-minutes.toml").read_text("utf-8"), "handover-minutes.toml")


def read_words(file: Path) -> MinutesWords:
    """An office's own words."""
    try:
        return _read(file.read_text("utf-8-sig"), file.name)  # Notepad puts a mark in front
    except UnicodeDecodeError as error:
        raise UnreadableTemplate(file.name, error.reason) from error


def sample_minutes() -> HandoverMinutes:
    """A made-up hand-over, to look at the layout."""
    text = _paper("handover-minutes.sample.toml").read_text("utf-8")
    return msgspec.toml.decode(text, type=HandoverMinutes)


def _paper(name: str) -> Any:
    return resources.files("resources").joinpath("papers", name)


def _read(text: str, file: str) -> MinutesWords:
    try:
        texts = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UnreadableTemplate(file, str(error)) from error
    for name in sorted(texts.keys() ^ set(MinutesWords.__struct_fields__)):
        raise TemplateField(file, name)
    for name, value in texts.items():
        _check(file, name, value)
    return msgspec.convert(texts, MinutesWords)


def _check(file: str, name: str, value: object) -> None:
    lines = value if name == "commitments" and isinstance(value, list) else [value]
    for line in lines:
        if not isinstance(line, str):
            raise TemplateField(file, name)
        for field in _fields(file, name, line):
            if field not in _FIELDS.get(name, ()):
                raise TemplateField(file, name, field)


def _fields(file: str, name: str, line: str) -> Iterator[str]:
    """The fields a text names; a format or conversion after one is refused with it."""
    try:
        for _, field, form, conversion in Formatter().parse(line):
            if field is not None:
                yield (
                    field + (f"!{conversion}" if conversion else "") + (f":{form}" if form else "")
                )
    except ValueError as error:  # a brace that is not closed
        raise TemplateField(file, name, "") from error
