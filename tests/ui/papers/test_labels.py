import pytest

from station import intake, labelling
from station.codes import BadCode, CodeKind
from station.labelled import ItemRole
from station.printed import Label
from station.store.store import SqlStore
from station.words import use
from tests.station import life
from tests.station.conftest import CLERK, NOON
from tests.ui.papers.lives import visit
from ui.papers.labels import label_of


def labelled(store: SqlStore, role: ItemRole, **fields: str) -> str:
    command = labelling.LabelItem(role=role, **fields)
    return labelling.label_item(command, store, CLERK, NOON).header.subject


def test_a_devices_label_is_vietnamese_whatever_the_screen_speaks(store: SqlStore) -> None:
    use("en")
    code = life.receive(store)

    assert label_of(store, code) == Label(
        code=code,
        qr=f"https://maytinhcu.example/t/{code}",
        kind="Máy tính xách tay",
        name="Dell Latitude E7450",
        programme="Máy tính cũ",
    )


def test_a_chargers_label_says_whose_it_is(store: SqlStore) -> None:
    device = life.receive(store)
    code = labelled(store, ItemRole.ACCESSORY, item="charger", device=device, name="19,5 V 65 W")

    assert label_of(store, code) == Label(
        code, code, "Bộ sạc", "19,5 V 65 W", "Máy tính cũ", owner=device
    )


def test_a_part_and_a_shelf_have_labels_of_their_own(store: SqlStore) -> None:
    part = labelled(store, ItemRole.PART, item="ssd-240gb")
    shelf = labelled(store, ItemRole.SHELF, name="Kệ A3")

    assert label_of(store, part) == Label(part, part, "Ổ SSD 240 GB", "", "Máy tính cũ")
    assert label_of(store, shelf) == Label(shelf, shelf, "Kệ", "Kệ A3", "Máy tính cũ")


def test_a_lots_label_names_the_day_and_not_the_donor(store: SqlStore) -> None:
    lot = visit(store, intake.NewDevice(kind="laptop")).lot

    assert label_of(store, lot) == Label(lot, lot, "Lô thiết bị", "11/10/2021", "Máy tính cũ")


def test_a_code_that_was_only_set_aside_has_a_blank_label(store: SqlStore) -> None:
    command = labelling.ReserveCodes(of=CodeKind.DEVICE, count=1, purpose="roll")
    (code,) = labelling.reserve_codes(command, store, CLERK, NOON)

    label = label_of(store, code)

    assert (label.kind, label.name, label.owner) == ("", "", "")
    assert label.qr == f"https://maytinhcu.example/t/{code}"


def test_what_is_no_code_has_no_label(store: SqlStore) -> None:
    with pytest.raises(BadCode):
        label_of(store, "8XK2F32")
