import pytest

from station import sets, transfer
from station.codes import grouped
from station.printed import Party
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import CLERK, NOON
from tests.ui.papers.lives import everything
from ui.papers.history import NothingToSay
from ui.papers.transfer_manifest import transfer_manifest


def elsewhere(store: SqlStore) -> str:
    """Another point than ours."""
    return next(p.id for p in store.reference.points(NOON.day) if p.id != "point-012")


def test_what_left_together_stands_on_one_manifest(store: SqlStore) -> None:
    devices = tuple(life.ready_laptop(store, f"S{n}") for n in range(2))
    place = elsewhere(store)
    command = transfer.SendTogether(devices=devices, place=place)
    out = transfer.send_together(command, store, CLERK, NOON)

    facts = transfer_manifest(store, out.batch)

    destination = store.reference.place(place, NOON.day).word()
    assert facts.subject == out.batch
    assert facts.giver == Party("VNPT Tây Ninh", "Lê Thị Lan", "Nhân viên tiếp nhận")
    assert (facts.destination, facts.receiver) == (destination, Party(destination))
    assert [row.code for row in facts.devices] == list(devices)
    assert [(row.condition, row.kit) for row in facts.devices] == [("Loại B", "Bộ sạc")] * 2
    assert transfer_manifest(store, devices[1]) == facts
    assert "Nguyễn Thị Hòa" not in everything(facts)


def test_a_set_is_sent_whole(store: SqlStore) -> None:
    head, screen = life.ready_laptop(store, "S1"), life.ready_laptop(store, "S2")
    sets.join_set(sets.JoinSet(head=head, member=screen), store, CLERK, NOON)
    transfer.send(transfer.Send(device=head, place=elsewhere(store)), store, CLERK, NOON)

    for code in (head, screen):
        facts = transfer_manifest(store, code)

        assert facts.subject == head
        assert [row.code for row in facts.devices] == [head, screen]
        assert [row.remark for row in facts.devices] == ["", f"Thuộc bộ máy {grouped(head)}"]


def test_what_never_left_has_no_manifest(store: SqlStore) -> None:
    with pytest.raises(NothingToSay):
        transfer_manifest(store, life.receive(store))
