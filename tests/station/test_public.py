import msgspec
import pytest

from station import events as e
from station.public import FIELDS, public_form
from tests.station.public_files import DEVICE

NEVER = {"by", "note", "donor", "pupil", "receiver", "person", "content", "name", "erasure_consent"}
LEADS_TO_A_PUPIL = {"case", "about", "also", "school", "unit", "level", "batch", "lot", "offer"}
TELLS_THE_MACHINE = {"serial", "machine", "disk", "key"}


def test_every_kind_says_what_of_it_is_public() -> None:
    assert set(FIELDS) == set(e.KINDS.values())


@pytest.mark.parametrize("kind", FIELDS, ids=lambda kind: kind.__name__)
def test_only_fields_of_the_kind_are_shown_and_none_that_names_a_person(kind: type[e.Said]) -> None:
    shown = set(FIELDS[kind])

    assert shown <= set(kind.__struct_fields__)
    assert not shown & (NEVER | LEADS_TO_A_PUPIL | TELLS_THE_MACHINE)


@pytest.mark.parametrize("kind", FIELDS, ids=lambda kind: kind.__name__)
def test_no_field_that_can_hold_a_ref_is_shown(kind: type[e.Said]) -> None:
    for field in msgspec.structs.fields(kind):
        if field.name in FIELDS[kind]:
            assert "Ref" not in str(field.type)


def test_what_is_withheld_is_not_in_the_public_form() -> None:
    said = e.Received(kind="laptop", serial="5CG1234XYZ", lot="L0120000013", by="op.1")

    assert public_form(said)["kind"] == "laptop"
    assert "5CG1234XYZ" not in str(public_form(said))
    assert "L0120000013" not in str(public_form(said))


def test_a_correction_shows_the_public_fields_it_replaces_and_no_others() -> None:
    fields = msgspec.msgpack.encode({"model": "E7480", "serial": "SECRET1", "lot": "L0120000013"})
    said = e.Corrected(
        target=bytes(32), target_kind="Received", fields=fields, reason="typo", also=(DEVICE,)
    )

    assert public_form(said)["fields"] == {"model": "E7480"}
    assert "SECRET1" not in str(public_form(said))


def test_a_correction_of_a_newer_kind_shows_no_field() -> None:
    fields = msgspec.msgpack.encode({"model": "E7480"})
    said = e.Corrected(target=bytes(32), target_kind="Teleported", fields=fields, reason="typo")

    assert public_form(said)["fields"] == {}


def test_data_that_is_not_here_shows_nothing() -> None:
    assert public_form(None) == {}
