"""Names, offices, machines and their ailments: all invented, all of the kind a point meets."""

import tomllib
from functools import cache
from importlib import resources
from random import Random
from typing import Final

import msgspec
from msgspec import Struct, structs

from station.machine import Battery, Cpu, Disk, Machine, MemoryModule, Reading, Section, System
from station.people import Donor, Pupil

FAMILIES: Final = ("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô")
MIDDLES: Final = ("Văn", "Thị", "Ngọc", "Minh", "Thanh", "Hoàng", "Kim", "Quốc", "Gia", "Bảo")
GIVENS: Final = (
    "An", "Bình", "Châu", "Dung", "Giang", "Hà", "Hạnh", "Hiếu", "Hòa", "Hương", "Khang", "Khoa",
    "Lan", "Linh", "Mai", "My", "Nam", "Ngân", "Nhân", "Phúc", "Quân", "Sơn", "Thảo",
    "Thịnh", "Trâm", "Trang", "Trúc", "Tú", "Uyên", "Vy", "Xuân", "Yến",
)  # fmt: skip
OFFICES: Final = (
    "Công ty TNHH Hòa Bình",
    "Công ty CP Mía đường Thạnh Đức",
    "Bệnh viện Đa khoa Gò Dầu",
    "Ngân hàng Hợp tác xã – chi nhánh Gò Dầu",
    "Trường Cao đẳng Nghề Tây Ninh",
    "UBND thị trấn Gò Dầu",
    "Công ty May Trảng Bàng",
    "Chi cục Thuế khu vực Gò Dầu – Bến Cầu",
    "Công ty CP Cao su Phước Đức",
    "Hội Doanh nhân trẻ Tây Ninh",
    "Công ty TNHH Gạch men Thanh Bình",
    "Bưu điện huyện Dương Minh Châu",
)
STREETS: Final = ("Quốc lộ 22B", "Hùng Vương", "Lê Hồng Phong", "Dương Văn Nốt", "Trần Thị Sanh")


class Model(Struct, frozen=True):
    """One make of device and what is usually inside."""

    kind: str
    maker: str
    model: str
    processor: str = ""
    cores: int = 2
    memory_mib: int = 0
    disk: str = ""
    disk_gb: int = 0
    rotational: bool = True


def models(kind: str) -> tuple[Model, ...]:
    """The makes of one kind, as `resources/demo-models.toml` lists them."""
    return tuple(model for model in _models() if model.kind == kind)


@cache
def _models() -> tuple[Model, ...]:
    text = resources.files("resources").joinpath("demo-models.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text)["models"], tuple[Model, ...])


def full_name(rng: Random) -> str:
    """A name nobody in particular has."""
    return f"{rng.choice(FAMILIES)} {rng.choice(MIDDLES)} {rng.choice(GIVENS)}"


def phone(rng: Random) -> str:
    """A number that may be dialled in a demonstration only."""
    return f"09{rng.randrange(10)}0 {rng.randrange(1000):03d} {rng.randrange(1000):03d}"


def person(rng: Random) -> Donor:
    """A neighbour with a laptop in a bag."""
    return Donor(
        name=full_name(rng),
        phone=phone(rng),
        address=f"{rng.randrange(1, 400)} {rng.choice(STREETS)}, Gò Dầu",
        may_process=True,
        may_publish=rng.random() < 0.4,
    )


def office(rng: Random, place: int) -> Donor:
    """An organisation with a room full of desktops."""
    name = OFFICES[place % len(OFFICES)]
    return Donor(name, organisation=True, phone=phone(rng), may_process=True, may_publish=True)


YEARS: Final = {
    "primary": range(1, 6),
    "lower-secondary": range(6, 10),
    "upper-secondary": range(10, 13),
}


def pupil(rng: Random, level: str) -> Pupil:
    """A child of no particular family, in a class of its school's level, and who stands for it."""
    return Pupil(
        name=full_name(rng),
        school_class=f"{rng.choice(YEARS[level])}{rng.choice('ABCD')}",
        guardian=full_name(rng),
        guardian_phone=phone(rng),
        relation=rng.choice(("parent", "guardian")),
    )


def serial(rng: Random) -> str:
    """As makers write them."""
    return "".join(
        rng.choice("BCDFGHJKLMNPQRTVWX0123456789") for _ in range(rng.choice((7, 8, 10)))
    )


def machine(model: Model, serial_number: str, rng: Random) -> Machine:
    """What diagnostics would read from such a device: some are worn, a few are failing."""
    gone = rng.random()
    pending = rng.choice((8, 24, 112)) if model.rotational and gone < 0.22 else 0
    disk = Disk(
        name="sda",
        model=model.disk,
        serial_number=f"{serial(rng)}{rng.randrange(100)}",
        capacity_bytes=model.disk_gb * 10**9,
        rotational=model.rotational,
        bus="sata",
        interface="SATA",
        smart=Reading.OK,
        smart_available=True,
        smart_enabled=True,
        smart_passed=True,
        power_on_hours=rng.randrange(4_000, 31_000),
        reallocated=pending // 4,
        pending=pending,
        uncorrectable=0,
        reported_uncorrectable=0,
    )
    return Machine(
        sections=tuple(Section(name, Reading.OK, "demonstration", 1) for name in SECTIONS),
        system=System(manufacturer=model.maker, model=model.model, serial_number=serial_number),
        cpus=(Cpu(name=model.processor, cores=model.cores, bits=64, max_mhz=2_600),),
        memory=(MemoryModule(capacity_mib=model.memory_mib, type="DDR3", slot="DIMM A"),),
        storage=(disk,),
        batteries=(_battery(rng),) if model.kind == "laptop" else (),
    )


def mended(model: Model, serial_number: str, rng: Random) -> Machine:
    """The same device after the bench: a sound SSD, memory enough, a battery that lasts."""
    facts = machine(model, serial_number, rng)
    disk = structs.replace(
        facts.storage[0],
        model="Kingston SA400S37",
        serial_number=f"50026B7{rng.randrange(10**9):09d}",
        capacity_bytes=240_057_409_536,
        rotational=False,
        power_on_hours=3,
        reallocated=0,
        pending=0,
    )
    whole = MemoryModule(capacity_mib=max(model.memory_mib, 4096), type="DDR3", slot="DIMM A")
    new = Battery(name="BAT0", design_capacity_mwh=48_000, full_capacity_mwh=45_000, cycles=4)
    worn = tuple(new if _is_spent(one) else one for one in facts.batteries)
    return structs.replace(
        facts,
        storage=(disk if model.rotational else facts.storage[0],),
        memory=(whole,),
        batteries=worn,
    )


def _is_spent(battery: Battery) -> bool:
    return (battery.full_capacity_mwh or 0) * 2 < (battery.design_capacity_mwh or 0)


SECTIONS: Final = ("system", "cpu", "memory", "storage", "battery")


def _battery(rng: Random) -> Battery:
    design = rng.choice((48_000, 51_000, 62_000))
    left = rng.choice((38, 55, 63, 71, 78, 84, 91))
    return Battery(
        name="BAT0",
        design_capacity_mwh=design,
        full_capacity_mwh=design * left // 100,
        cycles=rng.randrange(80, 700),
        chemistry="lithium-ion",
    )
