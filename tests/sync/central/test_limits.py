"""How often somebody may ask, and who counts as one."""

import pytest

from sync.central.limits import Buckets, TooMany, whose


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("fe80::1%eth0", "fe80::2", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        ("12/4711/", "12/4712/", False),
        ("0/0/a:b", "0/0/a:c", False),
    ],
)
def test_a_house_with_many_addresses_is_one(one: str, other: str, same: bool) -> None:
    assert (whose(one) == whose(other)) is same


def test_new_addresses_of_one_house_bring_no_new_tries() -> None:
    buckets = Buckets(1, 3, clock=lambda: 0.0)
    for place in range(3):
        buckets.take(f"2001:db8::{place:x}")

    with pytest.raises(TooMany):
        buckets.take("2001:db8::ffff")
