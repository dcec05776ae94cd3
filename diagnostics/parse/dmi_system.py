"""The machine and its mainboard: SMBIOS structures 1, 2 and 3 as dmidecode words them."""

from diagnostics.parse.dmi_blocks import Block
from station.machine import Board, System
from station.placeholders import fact

_NONE = Block()
_NO_KIND = frozenset({"Unknown", "<OUT OF SPEC>"})
_MAINBOARD = "Motherboard"


def system(systems: list[Block], enclosures: list[Block]) -> System:
    """The machine as a whole. The specification allows one system; its first enclosure holds it."""
    said = systems[0] if systems else _NONE
    enclosure = enclosures[0] if enclosures else _NONE
    uuid = fact(said.get("UUID"))
    manufacturer = fact(said.get("Manufacturer") or said.get("Vendor"))
    version = fact(said.get("Version"))
    return System(
        manufacturer=manufacturer,
        model=known_model(
            manufacturer, fact(said.get("Product Name") or said.get("Product")), version
        ),
        version=version,
        serial_number=fact(said.get("Serial Number")),
        uuid=uuid.lower() if uuid else None,
        sku=fact(said.get("SKU Number")),
        asset_tag=fact(enclosure.get("Asset Tag")),
        chassis_type=_kind(enclosure.get("Type") or enclosure.get("Chassis Type")),
        chassis_serial_number=fact(enclosure.get("Serial Number")),
    )


def board(boards: list[Block]) -> Board:
    """The mainboard: of several boards the first that calls itself one, else the first."""
    mainboards = (each for each in boards if each.get("Type") == _MAINBOARD)
    said = next(mainboards, boards[0] if boards else _NONE)
    return Board(
        manufacturer=fact(said.get("Manufacturer") or said.get("Vendor")),
        model=fact(said.get("Product Name") or said.get("Product")),
        version=fact(said.get("Version")),
        serial_number=fact(said.get("Serial Number")),
        asset_tag=fact(said.get("Asset Tag")),
    )


def known_model(manufacturer: str | None, model: str | None, version: str | None) -> str | None:
    """The model; of a Lenovo that lost its type code the version, the name people know it by."""
    if model is None and (manufacturer or "").upper() == "LENOVO":
        return version
    return model


def _kind(said: str) -> str | None:
    """The kind of enclosure in dmidecode's words; "Other" is an answer of the specification."""
    return None if not said or said in _NO_KIND else said
