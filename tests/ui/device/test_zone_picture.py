import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from station.reference import load
from ui.device.drawings import HEIGHT, VIEWS, WIDTH, views_of, zones_of
from ui.device.zone_picture import Mark, ZonePicture

NAMES = {zone: entry.en for zone, entry in load().tables.zones.items()}


@pytest.fixture
def picture(qtbot: QtBot) -> ZonePicture:
    picture = ZonePicture()
    qtbot.addWidget(picture)
    picture.resize(600, 200)
    picture.show_device(views_of("laptop"), (Mark(1, "keyboard", "major"),), NAMES)
    picture.show()
    return picture


def test_every_kind_of_device_is_drawn_from_zones_that_exist_inside_its_view() -> None:
    tables = load().tables

    assert set(VIEWS) == set(tables.kinds)
    for view in (view for views in VIEWS.values() for view in views):
        for shape in view.shapes:
            assert shape.zone in tables.zones
            assert 0 <= shape.x < shape.x + shape.width <= WIDTH
            assert 0 <= shape.y < shape.y + shape.height <= HEIGHT


def test_every_zone_can_be_told_of_some_kind() -> None:
    drawn = {zone for kind in VIEWS for zone in zones_of(kind)}

    assert drawn == set(load().tables.zones)


def test_arrows_go_round_all_zones_and_a_screen_reader_hears_each(
    qtbot: QtBot, picture: ZonePicture
) -> None:
    seen, heard = [picture.zone], [picture.accessibleName()]
    shapes = sum(len(view.shapes) for view in views_of("laptop"))
    for _step in range(shapes):
        qtbot.keyClick(picture, Qt.Key.Key_Right)
        seen.append(picture.zone)
        heard.append(picture.accessibleName())

    assert seen[0] == seen[-1]
    assert set(seen) == set(zones_of("laptop"))
    assert "Keyboard: 1" in heard


def test_a_click_on_the_drawing_tells_the_zone_that_lies_on_top(
    qtbot: QtBot, picture: ZonePicture
) -> None:
    middle = QPoint(picture.width() // 6, (picture.height() - 20) // 2)  # of the closed laptop

    with qtbot.waitSignal(picture.wanted) as wanted:
        qtbot.mouseClick(picture, Qt.MouseButton.LeftButton, pos=middle)

    assert wanted.args == ["lid"]
