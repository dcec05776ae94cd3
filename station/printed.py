"""What a label and a paper say, described before anyone draws them.

`labels/` draws these values; tests compare them; reprints are made from them again.
"""

from datetime import date, time

from msgspec import Struct


class Label(Struct, frozen=True):
    """What is stuck on a device, an accessory, a part, a lot or a shelf."""

    code: str  # ten digits, or a prefix and ten digits
    qr: str  # a device's tracking address, ending in "/" + code; else the code alone
    kind: str  # in Vietnamese words: "Máy tính xách tay"
    name: str  # maker and model, or what is written on a shelf; may be empty
    programme: str  # the programme's short name
    owner: str = ""  # an accessory's: the code of the device that it belongs to


class Party(Struct, frozen=True):
    """One side of a paper: an organisation and the person who signs for it."""

    organisation: str = ""
    person: str = ""
    title: str = ""
    address: str = ""
    phone: str = ""


class HandedDevice(Struct, frozen=True):
    """One row of the table of devices."""

    code: str
    kind: str
    name: str
    serial: str
    configuration: str
    condition: str
    kit: str
    remark: str = ""  # on a school's paper, the case that the device is for


class Letterhead(Struct, frozen=True):
    """The top of a paper of a state body (Nghị định 30/2020)."""

    parent_agency: str  # upper line, such as UBND TỈNH TÂY NINH
    agency: str  # lower line, bold
    place: str  # before the date: Tây Ninh
    number_symbol: str  # after "Số: ……/", such as BB-SKHCN


class HandoverMinutes(Struct, frozen=True):
    """Biên bản bàn giao: who gave what to whom, when and where."""

    letterhead: Letterhead
    paper_code: str  # the internal code; the records office issues the number
    event_hash: str  # hex; the first 12 digits are printed
    programme: str
    grounds: tuple[str, ...]  # "Căn cứ …" lines
    day: date
    place: str
    giver: Party
    receiver: Party
    pupil: str  # name, class and school in one line; empty for a hand-over to a school
    devices: tuple[HandedDevice, ...]
    copies: int  # at least one for either party
    acknowledgement: str  # "chờ gửi" or the service's number
    reprint: int = 0  # 0 = the original; n = the n-th reprint
    hour: time | None = None  # None: not known, as when it is entered later from paper
