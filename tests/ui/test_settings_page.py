from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from station.operators import Operator, Role
from station.people import OperatorName
from station.store.store import SqlStore
from tests.station.conftest import CLERK, LEAD
from tests.ui.desks import NAMES, desk_at
from tests.ui.workplaces import workplace_at
from ui.choice import Choice
from ui.desk import Desk
from ui.settings import (
    Settings,
    UnreadableSettings,
    is_service_address,
    read_settings,
    write_settings,
)
from ui.settings_page import SettingsPage
from ui.sign_in import SignIn
from ui.workplace import Workplace

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def operator() -> Operator:
    return LEAD


@pytest.fixture
def desk(store: SqlStore, operator: Operator) -> Iterator[Desk]:
    with desk_at(store, operator) as desk:
        yield desk


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The settings file of a PC that speaks English and works at a database of its own."""
    file = tmp_path / "config" / "settings.json"
    write_settings(file, Settings(language="en", database="elsewhere.db"))
    return file


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, file: Path) -> SettingsPage:
    page = SettingsPage(desk, file)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: bool(page.people.listed.model.lines))
    qtbot.waitUntil(page.pc.isEnabled)
    return page


def line(page: QWidget, name: str) -> QLineEdit:
    found = page.findChild(QLineEdit, name)
    assert found is not None
    return found


def choose(page: QWidget, name: str, id_: str) -> None:
    found = page.findChild(Choice, name)
    assert found is not None
    found.choose(id_)


def click(qtbot: QtBot, page: QWidget, name: str) -> None:
    button = page.findChild(QPushButton, name)
    assert button is not None
    qtbot.mouseClick(button, LEFT)


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


def listed(page: SettingsPage) -> list[str]:
    return [known.name for known in page.people.listed.model.lines]


def add(qtbot: QtBot, page: SettingsPage, name: str, role: Role) -> None:
    line(page, "operatorName").setText(name)
    choose(page, "operatorRole", role)
    click(qtbot, page, "addOperator")


# ---- this PC ----


def test_language_and_address_are_kept_for_the_next_start(
    qtbot: QtBot, page: SettingsPage, file: Path
) -> None:
    choose(page, "settingsLanguage", "vi")
    line(page, "settingsService").setText(" https://thietbi.example.vn ")

    with qtbot.waitSignal(page.said) as said:
        click(qtbot, page, "saveSettings")

    assert "next start" in str(said.args)
    kept = read_settings(file)
    assert (kept.language, kept.service) == ("vi", "https://thietbi.example.vn")


def test_saving_leaves_what_is_not_on_the_page_as_the_file_says(
    qtbot: QtBot, page: SettingsPage, file: Path
) -> None:
    with qtbot.waitSignal(page.said):
        click(qtbot, page, "saveSettings")

    assert read_settings(file) == Settings(language="en", database="elsewhere.db")


def test_a_language_that_is_none_is_refused(file: Path) -> None:
    file.write_text('{"language": "fr"}')

    with pytest.raises(UnreadableSettings):
        read_settings(file)


def test_an_address_that_is_none_is_refused_beside_its_field(
    qtbot: QtBot, page: SettingsPage, file: Path
) -> None:
    line(page, "settingsService").setText("thietbi.example.vn")

    click(qtbot, page, "saveSettings")

    assert any("begins with http://" in text for text in texts(page))
    assert read_settings(file).service == ""


@pytest.mark.parametrize(
    "address",
    ["http://10.0.0.5:8470", "https://thietbi.example.vn", "https://example.vn/may-tinh/"],
)
def test_an_address_of_a_service(address: str) -> None:
    assert is_service_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "example.vn",
        "ftp://example.vn",
        "http://",
        "http://:8470",
        "http://a b",
        "http://[::1",
        "http://example.vn:cổng",
        "http://example.vn:99999",
        "http://máy.vn",
        "http://example.vn\n",
    ],
)
def test_no_address_of_a_service(address: str) -> None:
    assert not is_service_address(address)


def test_a_folder_that_cannot_be_written_to_is_explained(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "config").write_text("a file where a folder should be")
    page = SettingsPage(desk, tmp_path / "config" / "settings.json")
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(page.pc.isEnabled)

    click(qtbot, page, "saveSettings")

    qtbot.waitUntil(lambda: any("cannot be saved" in text for text in texts(page.pc)))


# ---- the people of the point ----


def test_everybody_stands_in_the_list_with_a_role(page: SettingsPage) -> None:
    model = page.people.listed.model
    rows = [(model.index(at, 0).data(), model.index(at, 1).data()) for at in range(4)]

    assert sorted(name for name, _role in rows) == sorted(NAMES.values())
    assert ("Trần Thị Mai", "Head of the point") in rows


def test_a_new_person_gets_an_id_that_nobody_has(
    qtbot: QtBot, page: SettingsPage, store: SqlStore
) -> None:
    before = {known.id for known in store.operators()}

    add(qtbot, page, "Võ Văn Tư", Role.BENCH)

    qtbot.waitUntil(lambda: "Võ Văn Tư" in listed(page))
    (new,) = [known for known in store.operators() if known.id not in before]
    assert (new.name, new.role) == ("Võ Văn Tư", Role.BENCH)
    assert new.id.startswith("op.")
    assert len(store.operators()) == len(before) + 1
    assert line(page, "operatorName").text() == ""


def test_a_name_is_needed_and_a_role_too(qtbot: QtBot, page: SettingsPage, store: SqlStore) -> None:
    click(qtbot, page, "addOperator")
    assert "Type the name as people call it here." in texts(page)

    line(page, "operatorName").setText("Võ Văn Tư")
    click(qtbot, page, "addOperator")

    assert "Please choose." in texts(page)
    assert len(store.operators()) == len(NAMES)


def test_a_renamed_person_keeps_id_and_role(
    qtbot: QtBot, page: SettingsPage, store: SqlStore
) -> None:
    page.people.listed.choose(CLERK.id)
    click(qtbot, page, "renameOperator")
    dialog = page.findChild(QWidget, "rename_dialog")
    assert dialog is not None
    line(dialog, "newName").setText("Lê Thị Lan Anh")

    click(qtbot, dialog, "confirm")

    qtbot.waitUntil(lambda: "Lê Thị Lan Anh" in listed(page))
    assert OperatorName(CLERK.id, "Lê Thị Lan Anh", CLERK.role) in store.operators()
    assert len(store.operators()) == len(NAMES)


def test_who_left_signs_in_no_more_and_may_come_back(
    qtbot: QtBot, page: SettingsPage, store: SqlStore
) -> None:
    page.people.listed.choose(CLERK.id)
    with qtbot.waitSignal(page.said) as said:
        click(qtbot, page, "releaseOperator")
    assert "signs in no more" in str(said.args)

    qtbot.waitUntil(lambda: page.people.release.text() == "Works here again")
    offered = SignIn(store.operators())
    qtbot.addWidget(offered)
    names = [offered.list.item(row).text() for row in range(offered.list.count())]
    assert len(names) == len(NAMES) - 1

    with qtbot.waitSignal(page.said):
        click(qtbot, page, "releaseOperator")
    assert not any(known.gone for known in store.operators())


def test_a_name_cannot_become_empty(qtbot: QtBot, page: SettingsPage, store: SqlStore) -> None:
    page.people.listed.choose(CLERK.id)
    click(qtbot, page, "renameOperator")
    dialog = page.findChild(QWidget, "rename_dialog")
    assert dialog is not None
    line(dialog, "newName").setText("  ")

    click(qtbot, dialog, "confirm")

    qtbot.waitUntil(lambda: any("nothing new" in text for text in texts(dialog)))
    assert NAMES[CLERK] in [known.name for known in store.operators()]


@pytest.mark.parametrize("operator", [CLERK])
def test_others_see_the_list_and_change_nothing(page: SettingsPage) -> None:
    assert len(listed(page)) == len(NAMES)
    assert not page.people.add.isVisibleTo(page)
    page.people.listed.choose(LEAD.id)
    assert not page.people.rename.isEnabled()
    assert "Head of the point" in page.people.rename.toolTip()
    assert "Only the head of the point adds and renames people." in texts(page)


def test_rights_follow_who_works_here(page: SettingsPage, desk: Desk) -> None:
    page.people.listed.choose(LEAD.id)
    assert page.people.add.isVisibleTo(page)
    assert page.people.rename.isEnabled()

    desk.sign_in(CLERK)

    assert not page.people.add.isVisibleTo(page)
    assert not page.people.rename.isEnabled()


# ---- the window ----


@pytest.fixture
def workplace(qtbot: QtBot, desk: Desk, store: SqlStore, tmp_path: Path) -> Iterator[Workplace]:
    with workplace_at(qtbot, desk, store, tmp_path) as place:
        place.show()
        place.window.show_page("settings")
        yield place


def settings_page(workplace: Workplace) -> SettingsPage:
    page = workplace.window.page("settings")
    assert isinstance(page, SettingsPage)
    return page


def test_a_new_person_signs_in_without_a_restart(qtbot: QtBot, workplace: Workplace) -> None:
    page = settings_page(workplace)
    add(qtbot, page, "Võ Văn Tư", Role.BENCH)
    qtbot.waitUntil(lambda: "Võ Văn Tư" in listed(page))

    offered: list[str] = []

    def sign_in() -> bool:
        dialog = workplace.window.findChild(SignIn)
        if dialog is None or not dialog.isVisible():
            return False
        offered.extend(dialog.list.item(row).text() for row in range(dialog.list.count()))
        dialog.list.setCurrentRow(offered.index("Võ Văn Tư · Technician"))
        dialog.go.click()
        return True

    workplace.window.operator_change.emit()
    qtbot.waitUntil(sign_in)

    qtbot.waitUntil(lambda: workplace.desk.operator.role is Role.BENCH)
    operator = workplace.window.findChild(QPushButton, "operator")
    assert operator is not None
    assert operator.accessibleName() == "Võ Văn Tư · Technician"


def test_the_navigation_names_a_renamed_person_anew(
    qtbot: QtBot, workplace: Workplace, store: SqlStore
) -> None:
    store.add_operator(OperatorName(LEAD.id, "Trần Thị Mai Hương", LEAD.role))

    settings_page(workplace).refresh()

    operator = workplace.window.findChild(QPushButton, "operator")
    assert operator is not None
    qtbot.waitUntil(lambda: "Mai Hương" in operator.accessibleName())


def test_settings_stand_after_sync_and_parts_under_the_bench(workplace: Workplace) -> None:
    workplace.window.show_page("bench")
    button = workplace.window.findChild(QPushButton, "openParts")
    assert button is not None

    button.click()

    assert workplace.window.current_page == "parts"


def test_a_setting_is_found_by_any_of_its_words_and_led_to(
    qtbot: QtBot, page: SettingsPage
) -> None:
    page.search.field.setText("roll")

    assert page.search.found == ["Printers"]
    with qtbot.waitSignal(page.open_page) as led:
        qtbot.keyClick(page.search.field, Qt.Key.Key_Return)
    assert led.args == ["printers"]
    page.search.field.setText("sync")
    assert page.search.found[0] == "Sync"
    assert len(page.search.found) > 1
    for none in ("zzz", "inter oll"):  # of no word the begin
        page.search.field.setText(none)
        assert page.search.found == []
