"""Organisations, points, units and policies as the service sends them, over the shipped ones."""

from datetime import date
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.documents import ORGANISATIONS, POLICY, UNITS, Document, ReferenceWords, encode
from station.programme_words import UnreadableWords, overlaid, with_words
from station.reference import UnknownReference, load

TODAY = date(2026, 11, 27)
SCHOOL = """
[[organisations]]
id = "thcs-moi"
kind = "school"
vi = "Trường THCS Mới"
en = "New School"
short = "THCS Mới"

[[points]]
number = 77
organisation = "so-khcn-tay-ninh"
unit = "25459"
vi = "Điểm mới"
en = "New point"
"""
UNIT = (
    "code,parent,kind,name,full_name,valid_from,valid_to\n99999,72,commune,Mới,Xã Mới,2026-01-01,\n"
)


def words(kind: str, id_: str, text: str, version: int = 1) -> Document:
    return Document(kind, id_, version, encode(ReferenceWords(text)))


def test_a_new_school_and_point_are_there_beside_the_shipped_ones() -> None:
    reference = overlaid(load(), [words(ORGANISATIONS, "2026", SCHOOL)])

    assert reference.organisation("thcs-moi", TODAY).short == "THCS Mới"
    assert reference.place("point-077", TODAY).vi == "Điểm mới"
    assert reference.organisation("so-khcn-tay-ninh", TODAY).short
    with pytest.raises(UnknownReference):
        load().organisation("thcs-moi", TODAY)


def test_a_record_of_the_same_name_and_first_day_is_replaced() -> None:
    known = load().organisation("so-khcn-tay-ninh", TODAY)
    text = f"""
[[organisations]]
id = "{known.id}"
kind = "department"
vi = "Tên mới"
en = "New name"
short = "Mới"
valid_from = {known.valid_from}
"""
    reference = overlaid(load(), [words(ORGANISATIONS, "2026", text)])

    assert reference.organisation(known.id, TODAY).vi == "Tên mới"
    assert len(reference.every_organisation) == len(load().every_organisation)


def test_a_new_unit_is_found_and_the_shipped_ones_stay() -> None:
    reference = overlaid(load(), [words(UNITS, "2026", UNIT)])

    assert reference.unit("99999", TODAY).name == "Mới"
    assert reference.children("72", date(2020, 1, 1)) == load().children("72", date(2020, 1, 1))


def test_a_release_policy_holds_from_its_day_on() -> None:
    shipped = resources.files("resources").joinpath("policy", "release-2021-09-10.toml")
    newer = shipped.read_text("utf-8").replace("2021-09-10", "2026-09-01")

    reference = overlaid(load(), [words(POLICY, "release-2026-09-01", newer)])

    assert reference.release_policy(TODAY).valid_from == date(2026, 9, 1)
    assert reference.release_policy(date(2026, 8, 31)) == load().release_policy(TODAY)


def test_words_that_cannot_be_read_change_nothing_and_hold_up_no_others(
    caplog: pytest.LogCaptureFixture,
) -> None:
    bad = words(ORGANISATIONS, "bad", "[[organisations]]\nid = 5")

    reference = overlaid(load(), [bad, words(UNITS, "2026", UNIT)])

    assert reference.unit("99999", TODAY).name == "Mới"
    assert reference.every_organisation == load().every_organisation
    assert "unreadable_words" in caplog.text


def test_kinds_of_a_newer_version_change_nothing() -> None:
    assert overlaid(load(), [Document("moons", "x", 1, b"\x00")]) == load()


@given(st.sampled_from([ORGANISATIONS, UNITS, POLICY]), st.text(max_size=200))
def test_any_text_is_read_or_refused(kind: str, text: str) -> None:
    try:
        with_words(load(), kind, "release-x", text)
    except UnreadableWords:
        return
