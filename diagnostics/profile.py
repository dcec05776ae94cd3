"""How much of a machine is examined: only its facts, or tests for three minutes up to a night."""

from enum import StrEnum


class Profile(StrEnum):
    """A choice of tests; what each of them gets of time is data in `resources/profiles.toml`."""

    FACTS = "facts"  # read what the machine says, measure nothing
    TRIAGE = "triage"  # at most three minutes
    STANDARD = "standard"
    BURN_IN = "burn_in"  # unattended: every block of every disk, hours of load
