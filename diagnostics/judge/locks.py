"""own.locks: what holds a machine to its former owner. Never more than "none that could be seen".

A record at Microsoft, Google or Absolute cannot be seen from the machine itself, so facts alone
find a lock or leave the check open: a person passes it after a first start.
"""

from collections.abc import Iterator

from diagnostics.finding import Finding
from station.checks import Measurement, Outcome
from station.machine import Machine, Security

CHECK = "own.locks"


def locks(machine: Machine) -> Finding:
    """Each lock that was seen, those that stop everything first."""
    stopping = tuple(_stopping(machine))
    if stopping:
        return Finding(CHECK, Outcome.FAIL, stopping, _counts(machine))
    hindering = tuple(_hindering(machine))
    return Finding(CHECK, Outcome.UNKNOWN, (*hindering, "locks_not_all_visible"))


def _stopping(machine: Machine) -> Iterator[str]:
    """Only the former owner can undo these."""
    security = machine.security
    if security.mdm_enrolled:
        yield "lock_company_managed"
    if security.domain_joined:
        yield "lock_company_directory"
    if security.bios_power_on_password:
        yield "lock_power_on_password"
    if any(disk.security_locked for disk in machine.storage):
        yield "lock_disk_password"
    if machine.tablet is not None and machine.tablet.accounts:
        yield "lock_account_present"
    if security.computrace:
        yield "lock_computrace"


def _hindering(machine: Machine) -> Iterator[str]:
    """These are in the way of repair, not of the pupil."""
    security: Security = machine.security
    if security.bios_admin_password:
        yield "lock_bios_password"
    if any(disk.security_enabled and not disk.security_locked for disk in machine.storage):
        yield "lock_disk_password_set"


def _counts(machine: Machine) -> tuple[Measurement, ...]:
    if machine.tablet is None or not machine.tablet.accounts:
        return ()
    return (Measurement("accounts", machine.tablet.accounts),)
