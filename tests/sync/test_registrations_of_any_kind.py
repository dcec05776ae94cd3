"""Registrations that are almost right: each field is kept, or refused by its name."""

from collections.abc import Callable
from secrets import token_hex
from typing import Any

import httpx
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sync import wire
from sync.central.problems import REASONS
from tests.sync.service_process import ServiceProcess
from tests.sync.test_channels import a_pupil, an_offer

REFUSED = ("unreadable_body", "bad_registration", "consent_missing")
WORDS = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "<script>alert(1)</script>", "=1+1", "\x00", "a\x07b", "\u202egnp", "x" * 200,
            "é" * 201, "Hoµng", "0912345678", "+84912345678", "1" * 5_000, "٠٩١٢٣٤٥٦٧٨", "\u200b",
            "laptop",
            "2017-02-30", "0001-01-01", "9999-12-31", "99999", "H9001234560", "M9001234562",
        ]
    ),
)  # fmt: skip
ANYTHING = st.recursive(
    st.one_of(
        WORDS, st.none(), st.booleans(), st.integers(-(2**63), 2**63), st.floats(allow_nan=False)
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)


@pytest.mark.parametrize(
    ("path", "right"), [("/v1/offers", an_offer), ("/v1/applications", a_pupil)]
)
@pytest.mark.parametrize("packed", [False, True], ids=["json", "msgpack"])
def test_whatever_stands_in_a_field_is_kept_or_refused_by_its_name(
    sqlite_process: ServiceProcess,
    path: str,
    right: Callable[[], dict[str, Any]],
    packed: bool,
) -> None:
    fields = {
        "/v1/offers": "organisation address form place station expected_on part note case",
        "/v1/applications": "school_written school_class unit address wants need",
    }
    names = sorted({*right(), *fields[path].split(), "unknown"})
    token = sqlite_process.give_token("offers", "applications")
    kind = wire.CONTENT_TYPE if packed else "application/json"
    encode = msgspec.msgpack.encode if packed else msgspec.json.encode

    with httpx.Client(base_url=sqlite_process.address, timeout=60) as client:

        @settings(max_examples=150, suppress_health_check=list(HealthCheck))
        @given(st.dictionaries(st.sampled_from(names), ANYTHING, min_size=1, max_size=3))
        def brought(changes: dict[str, Any]) -> None:
            try:
                body = encode(right() | changes)
            except (UnicodeEncodeError, OverflowError):
                return  # no such body can be sent
            headers = {
                "Authorization": f"Bearer {token}",
                "Content-Type": kind,
                "Accept": "application/json",
                "Idempotency-Key": token_hex(8),
            }
            answer = client.post(path, content=body, headers=headers)
            assert answer.status_code in {200, 400}, (changes, answer.text)
            if answer.status_code == 400:
                said = answer.json()
                assert said["code"] in REFUSED, (changes, said)
                assert said["code"] in REASONS
                if said["code"] == "bad_registration":
                    assert said["field"] in {*names, "consents", "text_version"}, said

        brought()
