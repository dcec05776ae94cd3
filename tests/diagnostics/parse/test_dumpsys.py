import pytest

from diagnostics.endings import UnreadableReport
from diagnostics.parse.df import Space, parse_df
from diagnostics.parse.dumpsys import count_accounts, has_device_owner, parse_battery

BATTERY = """Current Battery Service state:
  AC powered: false
  USB powered: true
  status: 2
  health: 3
  present: true
  level: 84
  scale: 100
  voltage: 4063
  temperature: 326
  technology: Li-ion
  mSavedBatteryAsoc: 77
  level: 5
"""
ACCOUNTS = """User UserInfo{0:Someone:13}:
  Accounts: 2
    Account {name=someone@example.org, type=com.google}
    Account {name=someone, type=com.chat}

  AccountId, Action_Type, timestamp, UID, TableName, Key
  Accounts History
User UserInfo{10:Guest:0}:
  Accounts: 1
    Account {name=guest, type=com.google}
"""


def test_the_battery_service_tells_level_health_and_warmth() -> None:
    battery, on_mains = parse_battery(BATTERY)

    assert battery is not None
    assert (battery.charge_percent, battery.health_word, battery.status) == (
        84,
        "overheat",
        "charging",
    )
    assert (battery.temperature_tenths_c, battery.voltage_mv) == (326, 4063)
    assert battery.health_percent == 77.0
    assert battery.cycles is None
    assert on_mains is True


@pytest.mark.parametrize("line", ["temperature: 0", "temperature: warm", "temperature: "])
def test_a_thermometer_that_is_missing_tells_no_warmth(line: str) -> None:
    battery, _ = parse_battery(BATTERY.replace("temperature: 326", line))

    assert battery is not None
    assert battery.temperature_tenths_c is None


def test_frost_is_a_temperature() -> None:
    battery, _ = parse_battery(BATTERY.replace("326", "-45"))

    assert battery is not None
    assert battery.temperature_tenths_c == -45


def test_an_empty_bay_holds_no_battery() -> None:
    battery, on_mains = parse_battery(BATTERY.replace("present: true", "present: false"))

    assert (battery, on_mains) == (None, True)


def test_an_unlearned_health_is_not_known() -> None:
    battery, _ = parse_battery(BATTERY.replace("mSavedBatteryAsoc: 77", "mSavedBatteryAsoc: -1"))

    assert battery is not None
    assert battery.health_percent is None


def test_accounts_of_all_users_are_counted() -> None:
    assert count_accounts(ACCOUNTS) == 3


def test_no_account_is_zero_and_no_answer_is_no_count() -> None:
    assert count_accounts("User UserInfo{0:Owner:13}:\n  Accounts: 0\n") == 0
    with pytest.raises(UnreadableReport):
        count_accounts("Can't find service: account")


@pytest.mark.parametrize(
    ("policy", "owned"),
    [
        ("  Device Owner: \n    admin=ComponentInfo{org.acme/.Admin}\n", True),
        ("  Device Owner: null\n", False),
        ("  Profile Owner (User 150):\n    package=com.acme.folder\n", False),
        ("", False),
    ],
)
def test_only_the_owner_of_the_whole_device_is_one(policy: str, owned: bool) -> None:
    assert has_device_owner("Current Device Policy Manager state:\n" + policy) is owned


def test_a_policy_that_was_not_shown_says_nothing() -> None:
    with pytest.raises(UnreadableReport):
        has_device_owner("Permission Denial: can't dump DevicePolicyManagerService")


NEW_DF = """Filesystem      1K-blocks    Used Available Use% Mounted on
/dev/block/dm-5   1000000  400000    600000  40% /data
"""
OLD_DF = """Filesystem               Size     Used     Free   Blksize
/data                   11.5G     5.2G     6.3G   4096
"""
FULL_DF = """Filesystem 512-blocks Used Available Use% Mounted on
tmpfs 10 10 0 100% /data
"""


@pytest.mark.parametrize(
    ("text", "space"),
    [
        (NEW_DF, Space(1_024_000_000, 614_400_000)),
        (OLD_DF, Space(115 * 2**30 // 10, 63 * 2**30 // 10)),
        (FULL_DF, Space(5120, 0)),
    ],
)
def test_sizes_are_read_from_old_and_new_tables(text: str, space: Space) -> None:
    assert parse_df(text, "/data") == space


@pytest.mark.parametrize("text", ["", "df: /data: Permission denied", "Filesystem\n/data x y z"])
def test_a_table_without_the_folder_is_unreadable(text: str) -> None:
    with pytest.raises(UnreadableReport):
        parse_df(text, "/data")


@pytest.mark.parametrize("parse", [parse_battery, has_device_owner])
def test_the_answer_of_no_service_is_unreadable(parse: object) -> None:
    assert callable(parse)
    with pytest.raises(UnreadableReport):
        parse("Can't find service: battery")
