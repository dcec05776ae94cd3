"""Persons and typed words: what may be masked, exported and purged, and never enters an event."""

import msgspec
from msgspec import Struct, structs

from station.operators import Role
from station.phone import phone_number
from station.text import PhoneAsName, clean, fold, looks_like_phone

FIELD_LIMIT = 10_000  # characters in one field
NAMES = ("name", "guardian")
PHONES = ("phone", "guardian_phone")


class Text(Struct, frozen=True, tag="text"):
    """Words somebody typed: a note, a declared fault, a reason."""

    text: str


class Donor(Struct, frozen=True, tag="donor"):
    """Who gave: an organisation or a person."""

    name: str
    organisation: bool = False
    phone: str = ""
    address: str = ""
    may_process: bool = False  # consent to keep this
    may_publish: bool = False  # consent to show the name


ORGANISATION, PERSON = "organisation", "person"  # kinds of donors, as reports tell them apart


def donor_kind(donor: Donor | None) -> str | None:
    """What events may say of who gave: an organisation or a person; None where nobody is known."""
    if donor is None:
        return None
    return ORGANISATION if donor.organisation else PERSON


class Pupil(Struct, frozen=True, tag="pupil"):
    """Who receives, and who stands for them."""

    name: str
    school_class: str = ""
    guardian: str = ""
    guardian_phone: str = ""
    relation: str = ""


class Person(Struct, frozen=True, tag="person"):
    """Somebody who signed or fetched something."""

    name: str
    title: str = ""
    phone: str = ""


class OperatorName(Struct, frozen=True, tag="operator"):
    """The name behind an operator's opaque id."""

    id: str
    name: str
    role: Role
    gone: bool = False  # works here no more; what was recorded keeps its name


class PaperContent(Struct, frozen=True, tag="paper"):
    """The description of a paper as its maker encoded it: names are in it, so it is sealed."""

    document: bytes


class Secret(Struct, frozen=True, tag="secret"):
    """A password the donor told; shown at the bench, purged with the erasure, never sent."""

    word: str


class ListedDevice(Struct, frozen=True, omit_defaults=True):
    """One line of an office's list."""

    kind: str = ""
    maker: str = ""
    model: str = ""
    serial: str = ""
    remark: str = ""


class DeviceList(Struct, frozen=True, tag="list"):
    """What an office says it will bring, line by line."""

    lines: tuple[ListedDevice, ...]


TRAVELLING = ("donor", "person", "pupil", "text")
"""The kinds of rows that leave a point; operators' names and papers never do."""

Content = Text | Donor | Pupil | Person | OperatorName | PaperContent | Secret | DeviceList

_encoder = msgspec.msgpack.Encoder()
_decoder: msgspec.msgpack.Decoder[Content] = msgspec.msgpack.Decoder(Content)


def cleaned(content: Content) -> Content:
    """Every typed field composed, trimmed and checked; raises BadText."""
    if isinstance(content, DeviceList):
        return DeviceList(tuple(map(_cleaned_line, content.lines)))
    typed = {
        name: clean(value, FIELD_LIMIT, multiline=isinstance(content, Text))
        for name, value in structs.asdict(content).items()
        if type(value) is str
    }
    for name in NAMES:
        person_name(typed.get(name, ""))
    phones = {name: phone_number(typed[name]) for name in PHONES if name in typed}
    return structs.replace(content, **typed | phones)


def _cleaned_line(line: ListedDevice) -> ListedDevice:
    typed = {name: clean(word, FIELD_LIMIT) for name, word in structs.asdict(line).items()}
    return ListedDevice(**typed)


def person_name(text: str) -> str:
    """A name as it is kept; raises BadText, as for a telephone number."""
    name = clean(text, FIELD_LIMIT)
    if looks_like_phone(name):
        raise PhoneAsName
    return name


def encode(content: Content) -> bytes:
    """The bytes that are encrypted and hashed."""
    return _encoder.encode(content)


def decode(data: bytes) -> Content:
    """Read what `encode` wrote."""
    return _decoder.decode(data)


def search_key(content: Content) -> str:
    """Folded words by which a row is found; empty for rows nobody searches."""
    match content:
        case Donor():
            return fold(f"{content.name} {_digits(content.phone)}")
        case Pupil():
            return fold(f"{content.name} {content.guardian} {_digits(content.guardian_phone)}")
    return ""


def _digits(phone: str) -> str:
    """A phone number as it is searched for, however it was spaced."""
    return "".join(c for c in phone if c.isdecimal())
