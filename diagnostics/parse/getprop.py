"""An Android device by its properties: getprop has `[key]: [value]`, build.prop `key=value`."""

import re
from collections.abc import Mapping

from diagnostics.endings import UnreadableReport
from diagnostics.parse.decoding import text_of
from station.machine import Bios, Board, Cpu, Machine, Security, System, Tablet
from station.placeholders import fact

_PRINTED = re.compile(r"\[([\w.\-:@]{1,200})\]: \[(.*)\]\s*")
_SAVED = re.compile(r"([a-z][\w.\-:@]{1,200})\s{0,8}=\s{0,8}(.*)")
_ISO_DAY = re.compile(r"20[0-9]{2}-[01][0-9]-[0-3][0-9]")
_KIND = re.compile(r"\btablet\b")
_MAKER = ("manufacturer", "brand")
_PARTITIONS = ("", "system.", "vendor.", "odm.", "product.")  # newer ones repeat themselves by each
_LOCKED = {"1": True, "0": False, "locked": True, "unlocked": False}
_BOOT_COLOURS = ("green", "yellow", "orange", "red")
_ENCRYPTED = {"encrypted": True, "unencrypted": False}
_64_BIT, _32_BIT = ("arm64", "x86_64", "mips64"), ("armeabi", "x86", "mips")

Properties = Mapping[str, str]


def parse_getprop(text: str) -> Machine:
    """What the properties say; raises UnreadableReport where there is none of the system's own."""
    said = properties(text)
    if not any(key.startswith("ro.") for key in said):
        raise UnreadableReport("no Android properties")
    return Machine(
        system=_system(said),
        board=Board(model=fact(said.get("ro.product.board"))),
        bios=Bios(version=fact(said.get("ro.bootloader") or said.get("ro.boot.bootloader"))),
        cpus=_cpus(said),
        security=Security(
            disk_encrypted=_ENCRYPTED.get(said.get("ro.crypto.state", "")),
            mdm_enrolled=True if said.get("ro.device_owner") == "true" else None,
        ),
        tablet=_tablet(said),
    )


def properties(text: str) -> dict[str, str]:
    """Every property by its key; of one that stands twice the first, as Android itself has it."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        match = _PRINTED.fullmatch(line) or _SAVED.fullmatch(line)
        if match:
            found.setdefault(match[1], match[2].strip())
    return found


def _product(said: Properties, *names: str) -> str | None:
    """A product's name, by the first of the partitions and words that holds a fact."""
    keys = (f"ro.product.{part}{name}" for name in names for part in _PARTITIONS)
    return next((found for key in keys if (found := fact(said.get(key)))), None)


def _system(said: Properties) -> System:
    kind = _KIND.search(said.get("ro.build.characteristics", ""))
    return System(
        manufacturer=_product(said, *_MAKER),
        model=_product(said, "model", "device") or fact(said.get("ro.build.product")),
        version=_product(said, "marketname"),
        serial_number=fact(said.get("ro.serialno")) or fact(said.get("ro.boot.serialno")),
        sku=fact(said.get("ro.boot.hardware.sku")),
        chassis_type="Tablet" if kind else None,
    )


def _cpus(said: Properties) -> tuple[Cpu, ...]:
    """The chip by the names that its maker gave it; older systems name only the platform."""
    name = fact(said.get("ro.soc.model")) or fact(said.get("ro.board.platform"))
    kinds = said.get("ro.product.cpu.abilist") or said.get("ro.product.cpu.abi", "")
    cpu = Cpu(name=name, manufacturer=fact(said.get("ro.soc.manufacturer")), bits=_bits(kinds))
    return () if cpu == Cpu() else (cpu,)


def _bits(kinds: str) -> int | None:
    if any(kind in kinds for kind in _64_BIT):
        return 64
    return 32 if any(kind in kinds for kind in _32_BIT) else None


def _tablet(said: Properties) -> Tablet:
    boot = said.get("ro.boot.verifiedbootstate")
    patch = said.get("ro.build.version.security_patch", "")
    flash = said.get("ro.boot.flash.locked") or said.get("ro.boot.vbmeta.device_state", "")
    return Tablet(
        android_version=fact(said.get("ro.build.version.release")),
        security_patch=patch if _ISO_DAY.fullmatch(patch) else None,
        verified_boot=boot if boot in _BOOT_COLOURS else None,
        bootloader_locked=_LOCKED.get(flash),
    )


def facts_of(data: bytes) -> Machine:
    """The facts of a saved `getprop` or build.prop."""
    return parse_getprop(text_of(data))
