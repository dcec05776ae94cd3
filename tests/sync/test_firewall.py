"""The texts in which Windows keeps its firewall's rules; no Windows ran here."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.firewall import PROFILES, Firewall, firewall_of, judged

APP = r"C:\Program Files\Station\station.exe"
ON = dict.fromkeys(PROFILES, True)
ALLOW = (
    r"v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=6|"
    r"App=C:\PROGRAM FILES\Station\Station.exe|Name=Station|"
)
BLOCK = ALLOW.replace("Allow", "Block")
PRIVATE = ALLOW.replace("|App", "|Profile=Private|App")
HOME_AND_WORK = PRIVATE.replace("|App", "|Profile=Domain|App")
BY_PORT = "v2.10|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=8471|Name=Reports|"


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ([], Firewall.CLOSED),
        ([ALLOW], Firewall.OPEN),
        ([BY_PORT], Firewall.OPEN),
        ([BY_PORT.replace("8471", "80")], Firewall.CLOSED),
        ([PRIVATE], Firewall.PARTLY),
        ([HOME_AND_WORK], Firewall.PARTLY),
        ([ALLOW, BLOCK], Firewall.CLOSED),
        ([ALLOW, BLOCK.replace("|App", "|Profile=Public|App")], Firewall.PARTLY),
        ([ALLOW.replace("TRUE", "FALSE")], Firewall.CLOSED),
        ([ALLOW.replace("Dir=In", "Dir=Out")], Firewall.CLOSED),
        ([ALLOW.replace("Protocol=6", "Protocol=17")], Firewall.CLOSED),
        ([ALLOW.replace("Protocol=6|", "")], Firewall.OPEN),
        ([ALLOW.replace("Station.exe", "other.exe")], Firewall.CLOSED),
        (["v2.10|Action=Allow|Active=TRUE|Dir=In|Name=no program|"], Firewall.CLOSED),
        (["", "|", "v2", "Action", "App=|Active=TRUE|Dir=In"], Firewall.CLOSED),
    ],
)
def test_the_rules_come_to_a_word(rules: list[str], expected: Firewall) -> None:
    assert judged(ON, rules, APP, 8471) is expected


def test_a_firewall_switched_off_blocks_nothing_where_it_is_off() -> None:
    assert judged(dict.fromkeys(PROFILES, False), [], APP, 8471) is Firewall.OPEN
    assert judged(ON | {"Private": False}, [], APP, 8471) is Firewall.PARTLY


@given(rules=st.lists(st.text()))
def test_any_text_comes_to_a_word(rules: list[str]) -> None:
    assert judged(ON, rules, APP, 8471) in Firewall


@pytest.mark.skipif(sys.platform == "win32", reason="there the registry answers")
def test_another_system_is_not_asked() -> None:
    assert firewall_of(8471) is Firewall.UNKNOWN
