"""What a label and a paper say, described before anyone draws them.

`labels/` draws these values; tests compare them.
"""

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


class Letterhead(Struct, frozen=True):
    """The top of a paper of a state body (Nghị định 30/2020)."""

    parent_agency: str  # upper line, such as UBND TỈNH TÂY NINH
    agency: str  # lower line, bold
    place: str  # before the date: Tây Ninh
    number_symbol: str  # the body's own, as in "Số: ……/BB-SKHCN": SKHCN
