"""Schools and what they may take: by school, how much of it is packed, which batches are out."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct, structs

from ui.giving.handover_lists import GivenLine

_LATE = date.max


class SchoolLine(Struct, frozen=True):
    """A school and what it may take now."""

    school: str
    lines: tuple[GivenLine, ...]

    @property
    def packed(self) -> tuple[GivenLine, ...]:
        """What lies packed for it."""
        return tuple(line for line in self.lines if line.device.packed)

    @property
    def leaving(self) -> tuple[GivenLine, ...]:
        """What goes if it is fetched now: what is packed, or all where nothing is."""
        return self.packed or self.lines

    def with_packed(self, code: str, packed: bool) -> "SchoolLine":
        """The same, once this device lies packed, or does so no more."""
        lines = (
            structs.replace(line, device=structs.replace(line.device, packed=packed))
            if line.device.code == code
            else line
            for line in self.lines
        )
        return structs.replace(self, lines=tuple(lines))


class Batch(Struct, frozen=True):
    """A batch that a school took along, and the lines of it that are not signed yet."""

    code: str
    school: str
    lines: tuple[GivenLine, ...]

    @property
    def unsaid(self) -> tuple[GivenLine, ...]:
        """The lines nobody said anything of yet."""
        return tuple(line for line in self.lines if line.device.undelivered is None)


def by_school(promised: Iterable[GivenLine]) -> tuple[SchoolLine, ...]:
    """Promised devices by the pupils' school, to pack first; what is on hold stays here."""
    free = [line for line in promised if line.case.school and not line.device.hold]
    schools = dict.fromkeys(line.case.school for line in free if line.case.school)
    return tuple(
        SchoolLine(school, _to_pack_first(line for line in free if line.case.school == school))
        for school in schools
    )


def batches_out(at_school: Iterable[GivenLine]) -> tuple[Batch, ...]:
    """The batches with open lines, the one that is out longest first."""
    lines = [line for line in at_school if line.device.batch]
    codes = sorted({line.device.batch for line in lines if line.device.batch})
    found = [
        Batch(code, own[0].school or "", own)
        for code in codes
        if (own := tuple(line for line in lines if line.device.batch == code))
    ]
    return tuple(sorted(found, key=lambda one: (one.lines[0].device.since or _LATE, one.code)))


def _to_pack_first(lines: Iterable[GivenLine]) -> tuple[GivenLine, ...]:
    return tuple(sorted(lines, key=lambda line: line.device.packed))
