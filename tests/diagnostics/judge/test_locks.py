import pytest

from station.checks import Outcome
from station.machine import Disk, Reading, Security, Tablet
from tests.diagnostics.judge.judged import closed, found, machine


@pytest.mark.parametrize(
    ("security", "reasons"),
    [
        (Security(mdm_enrolled=True), ("lock_company_managed",)),
        (Security(domain_joined=True), ("lock_company_directory",)),
        (Security(bios_power_on_password=True), ("lock_power_on_password",)),
        (Security(computrace=True), ("lock_computrace",)),
        (
            Security(computrace=True, mdm_enrolled=True),
            ("lock_company_managed", "lock_computrace"),
        ),
    ],
)
def test_a_lock_of_the_former_owner_stops_everything(
    security: Security, reasons: tuple[str, ...]
) -> None:
    finding = found("own.locks", machine(security=security))

    assert (finding.outcome, finding.reasons) == (Outcome.FAIL, reasons)


def test_a_locked_disk_stops_and_a_password_on_an_open_one_hinders() -> None:
    locked = machine(storage=(Disk(name="sda", security_enabled=True, security_locked=True),))
    opened = machine(storage=(Disk(name="sda", security_enabled=True, security_locked=False),))

    assert found("own.locks", locked).reasons == ("lock_disk_password",)
    assert found("own.locks", opened).outcome is Outcome.UNKNOWN
    assert found("own.locks", opened).reasons[0] == "lock_disk_password_set"


def test_an_account_on_a_tablet_stops_and_is_only_counted() -> None:
    finding = found("own.locks", machine(tablet=Tablet(accounts=2)))

    assert (finding.outcome, finding.reasons) == (Outcome.FAIL, ("lock_account_present",))
    assert [(m.name, m.value) for m in finding.measured] == [("accounts", 2)]


@pytest.mark.parametrize("reading", list(Reading))
def test_no_lock_that_was_seen_is_never_passed(reading: Reading) -> None:
    clean = Security(
        computrace=False,
        mdm_enrolled=False,
        domain_joined=False,
        bios_admin_password=False,
        bios_power_on_password=False,
    )

    finding = found("own.locks", closed(machine(security=clean), reading))

    assert finding.outcome is Outcome.UNKNOWN
    assert finding.reasons == ("locks_not_all_visible",)


def test_a_bios_password_is_told_but_a_person_decides() -> None:
    finding = found("own.locks", machine(security=Security(bios_admin_password=True)))

    assert finding.outcome is Outcome.UNKNOWN
    assert finding.reasons[0] == "lock_bios_password"
