"""What each profile runs and for how long: data in `resources/profiles.toml`, never code."""

import tomllib
from importlib import resources
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from diagnostics.profile import Profile
from station.coded import CodedId

Positive = Annotated[int, Meta(gt=0)]
Natural = Annotated[int, Meta(ge=0)]
Percent = Annotated[int, Meta(gt=0, le=100)]


class Budget(Struct, frozen=True, forbid_unknown_fields=True):
    """The time of one test; `resources/profiles.toml` says what each field means."""

    seconds: Positive
    limit_s: Positive
    idle_s: Natural = 0
    recover_s: Natural = 0
    whole: bool = False

    @property
    def estimate_s(self) -> int:
        """How long it takes, as far as nobody knows better."""
        return self.idle_s + self.seconds + self.recover_s

    def __post_init__(self) -> None:
        """Refuse a limit that ends every run."""
        if self.estimate_s > self.limit_s:
            raise ValueError(f"{self.estimate_s} s do not fit into {self.limit_s}")


class MemoryShare(Struct, frozen=True, forbid_unknown_fields=True):
    """How much of the free memory a test may take."""

    reserve_mib: Positive
    share_percent: Percent


class Profiles(Struct, frozen=True, forbid_unknown_fields=True):
    """The profiles, each with its tests by check."""

    id: str
    on_battery_at_most_s: Positive
    memory: MemoryShare
    triage: dict[CodedId, Budget]
    standard: dict[CodedId, Budget]
    burn_in: dict[CodedId, Budget]

    def of(self, profile: Profile) -> dict[CodedId, Budget]:
        """The tests of one profile; facts alone need none."""
        chosen: dict[Profile, dict[CodedId, Budget]] = {
            Profile.FACTS: {},
            Profile.TRIAGE: self.triage,
            Profile.STANDARD: self.standard,
            Profile.BURN_IN: self.burn_in,
        }
        return chosen[profile]


def load() -> Profiles:
    """The profiles of the resources; the file is ours, and a mistake in it is a bug."""
    source = resources.files("resources").joinpath("profiles.toml")
    return msgspec.convert(tomllib.loads(source.read_text("utf-8")), Profiles)
