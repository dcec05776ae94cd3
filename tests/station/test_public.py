from collections.abc import Callable

import msgspec
import pytest

from station import events as e
from station import ledger
from station.codes import CodeKind, make
from station.ledger import ChainId, Header
from station.public import BETWEEN_DEVICE_AND_PUPIL, FIELDS, Showing, public_form, showing
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


def an_event(subject: str, said: e.Said | None, kind: str = "") -> e.Event:
    named = kind or type(said).__name__
    header = Header(1, ChainId(12, 7), 1, subject, b"", named, 1_633_928_400_000, 420)
    return e.Event(ledger.NO_HASH, header, said)


@pytest.mark.parametrize("kind", FIELDS, ids=lambda kind: kind.__name__)
def test_every_kind_that_names_a_case_is_veiled_where_it_is_of_a_device(kind: type[e.Said]) -> None:
    if kind is not e.ActWithdrawn and "case" in kind.__struct_fields__:
        assert kind.__name__ in BETWEEN_DEVICE_AND_PUPIL


@pytest.mark.parametrize("kind", [CodeKind.CASE, CodeKind.OFFER, CodeKind.PAPER])
def test_nothing_is_shown_of_cases_offers_and_papers(kind: CodeKind) -> None:
    assert showing(an_event(make(kind, 12, 1), e.Noted())) is Showing.NOTHING


def corrected(target_kind: str) -> e.Said:
    return e.Corrected(target=bytes(32), target_kind=target_kind, fields=b"", reason="typo")


def withdrawn(target_kind: str) -> e.Said:
    return e.ActWithdrawn(target=bytes(32), target_kind=target_kind)


@pytest.mark.parametrize("changed", [corrected, withdrawn])
def test_a_change_is_shown_as_what_it_changes(changed: Callable[[str], e.Said]) -> None:
    assert showing(an_event(DEVICE, changed("Received"))) is Showing.WHOLE
    assert showing(an_event(DEVICE, changed("HandedOver"))) is Showing.MONTH
    withheld = an_event(DEVICE, None, type(changed("Received")).__name__)
    assert showing(withheld) is Showing.MONTH


def test_what_names_a_pupils_event_as_the_one_before_it_is_not_shown_at_its_place() -> None:
    event = an_event(DEVICE, e.LabelPrinted())

    assert showing(event) is Showing.WHOLE
    assert showing(event, behind_a_pupil=True) is Showing.MONTH
