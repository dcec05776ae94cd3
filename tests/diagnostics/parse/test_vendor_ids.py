import re
from importlib import resources

import pytest

from diagnostics.parse.vendor_ids import pci_maker, pnp_maker, split_maker

FOLDER = resources.files("resources").joinpath("hardware")


@pytest.mark.parametrize(
    ("pnp_id", "maker"),
    [
        ("DEL", "Dell Inc."),
        ("BNQ", "BenQ Corporation"),  # in no register, on many screens
        ("RTK", None),  # withdrawn
        ("@@@", None),
        (None, None),
    ],
)
def test_a_screens_id_has_the_maker_it_was_given_to(pnp_id: str, maker: str | None) -> None:
    assert pnp_maker(pnp_id) == maker


def test_a_cards_id_begins_with_its_makers() -> None:
    assert pci_maker("8086:1916") == "Intel Corporation"
    assert pci_maker("ffff:1916") is None
    assert pci_maker(None) is None


@pytest.mark.parametrize(
    ("text", "split"),
    [
        ("Intel Corporation HD 7", ("Intel Corporation", "HD 7")),
        ("Dell Device", ("Dell", "Device")),
        ("Hewlett-Packard Company HD 7", ("Hewlett-Packard Company", "HD 7")),
        ("VIA Technologies, Inc. CN1 [AC 9]", ("VIA Technologies, Inc.", "CN1 [AC 9]")),
        ("ACME Graphics Inc HD 7", ("ACME Graphics Inc", "HD 7")),  # in no list
        ("Intel Corporation", ("Intel Corporation", "")),
        ("HD 7", (None, "HD 7")),
        ("", (None, "")),
    ],
)
def test_a_name_splits_after_its_maker(text: str, split: tuple[str | None, str]) -> None:
    assert split_maker(text) == split


@pytest.mark.parametrize(
    ("name", "line"),
    [("pnp-ids.tsv", r"[A-Z0-9@_]{3}\t\S.*\S"), ("pci-makers.tsv", r"[0-9a-f]{4}\t\S.*")],
)
def test_the_lists_are_sorted_and_well_formed(name: str, line: str) -> None:
    lines = FOLDER.joinpath(name).read_text("utf-8").splitlines()

    assert len(lines) > 2000
    assert lines == sorted(set(lines))
    assert all(re.fullmatch(line, entry) for entry in lines)
