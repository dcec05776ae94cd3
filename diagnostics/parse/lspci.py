"""The PCI bus, from lspci: plain, -v, -vv or -k, with -nn (numbers beside the names) or -n."""

import re
from typing import NamedTuple

from diagnostics.endings import UnreadableReport
from diagnostics.parse.decoding import text_of
from diagnostics.parse.graphics import gpu_of, is_gpu
from diagnostics.parse.sections import sections
from station.machine import Machine, PciDevice
from station.placeholders import fact

_SLOT = r"(?:[0-9a-f]{4,8}:)?[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]"
_DEVICE = re.compile(
    rf"^({_SLOT}) (?:([0-9a-f]{{4}})(?=: )|([^:\n]{{1,99}})): (.{{0,500}})", re.MULTILINE
)
_CLASS_CODE = re.compile(r" \[([0-9a-f]{4})\]$")
_ID = re.compile(r"(?:^|[ ])\[?([0-9a-f]{4}:[0-9a-f]{4})\]?$")
_REMARKS = re.compile(
    r"(?: \((?:rev|prog-if) [^()]*\))+$"
)  # (rev 07) (prog-if 00 [VGA controller])
_DETAIL = re.compile(r"^[ \t]+(Subsystem|Kernel driver in use): (.{0,500})", re.MULTILINE)


class Function(NamedTuple):
    """One function of the bus, with the name of the card it sits on."""

    device: PciDevice
    subsystem: str | None


def parse_lspci(text: str) -> Machine:
    """Every function on the bus, and those that draw as graphics adapters."""
    functions = [_function(head, details) for head, details in sections(_DEVICE, text)]
    if not functions:
        raise UnreadableReport("no PCI device in this output")
    gpus = (gpu_of(f.device, f.subsystem) for f in functions if is_gpu(f.device))
    return Machine(gpus=tuple(gpus), pci=tuple(f.device for f in functions))


def _function(head: re.Match[str], details: str) -> Function:
    slot, number, words, rest = head.groups()
    said: dict[str, str] = {}
    for detail in _DETAIL.finditer(details):
        said.setdefault(detail[1], detail[2].strip())  # the bridge's own comes first
    code = _CLASS_CODE.search(words or "")
    name, pci_id = _name_and_id(_REMARKS.sub("", rest.strip()))
    subsystem, subsystem_id = _name_and_id(said.get("Subsystem", ""))
    device = PciDevice(
        slot=slot,
        class_name=fact(_CLASS_CODE.sub("", words)) if words else None,
        class_code=number or (code[1] if code else None),
        pci_id=pci_id,
        subsystem_id=subsystem_id,
        name=name,
        driver=fact(said.get("Kernel driver in use")),
    )
    return Function(device, subsystem)


def _name_and_id(text: str) -> tuple[str | None, str | None]:
    """The words and the numbers, which stand in brackets or, with -n, alone."""
    number = _ID.search(text)
    words = text[: number.start()] if number else text
    return fact(words), number[1] if number else None


def facts_of(data: bytes) -> Machine:
    """The facts of a saved output."""
    return parse_lspci(text_of(data))
