import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QStandardItem, QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QTableView, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from ui import chips
from ui.buttons import primary_button
from ui.cards import Card, EmptyState, FigureCard, PageHead
from ui.chip_delegate import TONE_ROLE
from ui.chips import Chip
from ui.column_fit import REST, SQUEEZED
from ui.field import Field
from ui.tables import ROW_HEIGHT, Listing, dress_table
from ui.theme import Tone
from ui.timeline import Moment, Timeline


@pytest.mark.parametrize("tone", Tone)
def test_a_chip_says_its_verdict_by_word_icon_and_colour(qtbot: QtBot, tone: Tone) -> None:
    chip = Chip(tone, "Cần lưu ý")
    qtbot.addWidget(chip)
    chip.resize(chip.sizeHint())

    image = chip.grab().toImage()
    colours = {
        image.pixelColor(x, y).name().upper()
        for x in range(image.width())
        for y in range(image.height())
    }
    assert {tone.ink, tone.ground} <= colours
    assert chip.accessibleName() == "Cần lưu ý"


def test_a_chip_grows_with_its_word(qtbot: QtBot) -> None:
    chip = Chip(Tone.OK, "Đạt")
    qtbot.addWidget(chip)
    before = chip.sizeHint().width()

    chip.show_verdict(Tone.FAIL, "Còn dính tài khoản Google")

    assert chip.sizeHint().width() > before
    assert (chip.tone, chip.word) == (Tone.FAIL, "Còn dính tài khoản Google")


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_a_figure_card_opens_by_keyboard_and_mouse(qtbot: QtBot, key: Qt.Key) -> None:
    card = FigureCard("máy chờ kiểm tra", "11", "lâu nhất 3 ngày")
    qtbot.addWidget(card)
    card.show()
    opened: list[str] = []
    card.clicked.connect(lambda: opened.append("list"))

    QTest.keyClick(card, key)
    QTest.mouseClick(card, Qt.MouseButton.LeftButton)

    assert len(opened) == 2
    assert card.accessibleName() == "11 máy chờ kiểm tra"
    assert card.accessibleDescription() == "lâu nhất 3 ngày"


def test_a_mouse_on_the_words_of_a_figure_card_is_a_mouse_on_the_card(qtbot: QtBot) -> None:
    card = FigureCard("máy", "1")
    qtbot.addWidget(card)
    card.show()

    assert card.childAt(card.rect().center()) is None


def test_a_card_without_a_title_has_no_empty_line(qtbot: QtBot) -> None:
    card = Card()
    qtbot.addWidget(card)
    card.show()
    assert not card.title.isVisible()

    card.set_title("Lịch sử")
    assert card.title.isVisible()
    assert card.accessibleName() == "Lịch sử"


def test_a_long_page_title_does_not_widen_the_window(qtbot: QtBot) -> None:
    head = PageHead("Dell Latitude E7450 " * 20, "nhận từ " * 50)
    qtbot.addWidget(head)

    assert head.minimumSizeHint().width() < 300


def test_an_ampersand_on_a_button_is_an_ampersand(qtbot: QtBot) -> None:
    button = primary_button("In tem & phiếu", shortcut="Ctrl+P")
    qtbot.addWidget(button)

    assert button.text() == "In tem && phiếu"
    assert button.shortcut().toString() == "Ctrl+P"
    assert button.toolTip() == "In tem & phiếu (Ctrl+P)"


def test_a_field_says_what_is_wrong_beside_it_and_then_its_hint_again(qtbot: QtBot) -> None:
    field = Field("Số sê-ri", QLineEdit(), hint="Quét hoặc gõ")
    qtbot.addWidget(field)
    field.show_error("Số này đã có: mở hồ sơ đó.")
    assert field.error == "Số này đã có: mở hồ sơ đó."
    assert field.control.accessibleDescription() == "Số này đã có: mở hồ sơ đó."
    assert field.control.property("wrong") is True

    field.clear_error()
    assert field.error == ""
    assert "Quét hoặc gõ" in _texts(field)


def test_a_timeline_shows_its_moments_in_order(qtbot: QtBot) -> None:
    timeline = Timeline([Moment("08:00", "cũ")])
    qtbot.addWidget(timeline)
    timeline.show_moments([Moment("11/10 09:12", "Kiểm tra", "Minh"), Moment("10/10", "In tem")])

    assert _texts(timeline) == ["11/10 09:12", "Kiểm tra", "Minh", "10/10", "In tem"]


def _texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel)]


def _model(rows: int) -> QStandardItemModel:
    model = QStandardItemModel(0, 2)
    for _ in range(rows):
        verdict = QStandardItem("Không đạt")
        verdict.setData(Tone.FAIL, TONE_ROLE)
        model.appendRow([QStandardItem("Dell Latitude E7450 " * 20), verdict])
    return model


@pytest.fixture
def view(qtbot: QtBot) -> QTableView:
    view = QTableView()
    qtbot.addWidget(view)
    return view


def _shown(view: QTableView, rows: int) -> QTableView:
    model = _model(rows)
    model.setParent(view)
    view.setModel(model)
    dress_table(view, stretch=0, widths={1: 140})
    view.resize(400, 300)
    view.show()
    return view


def test_a_table_has_one_scroll_bar_at_most(view: QTableView) -> None:
    _shown(view, rows=50)

    assert view.verticalScrollBar().isVisible()
    assert not view.horizontalScrollBar().isVisible()
    assert view.columnWidth(1) == 140
    assert view.rowHeight(0) == ROW_HEIGHT


def test_a_column_grows_to_its_words_but_leaves_room_for_the_rest(
    view: QTableView, qtbot: QtBot
) -> None:
    _shown(view, rows=1)
    view.model().setData(view.model().index(0, 1), "Không đạt vì một lý do dài")
    wanted = view.sizeHintForColumn(1)

    qtbot.waitUntil(lambda: view.columnWidth(1) == wanted)
    view.resize(320, 300)

    qtbot.waitUntil(lambda: view.columnWidth(0) == REST)
    assert 140 <= view.columnWidth(1) < wanted


def test_in_a_small_window_wide_columns_give_way_before_the_rest_is_gone(
    view: QTableView, qtbot: QtBot
) -> None:
    _shown(view, rows=1)
    view.resize(230, 300)

    qtbot.waitUntil(lambda: view.columnWidth(1) == SQUEEZED)
    assert view.columnWidth(0) == view.viewport().width() - SQUEEZED > 90


def test_a_figure_keeps_its_three_lines_in_a_window_without_room(qtbot: QtBot, look: None) -> None:
    card = FigureCard("máy chờ kiểm tra", "11", "lâu nhất 3 ngày")
    window = QWidget()
    qtbot.addWidget(window)
    rows = QVBoxLayout(window)
    rows.addWidget(card)
    window.show()

    window.resize(window.minimumSizeHint())

    assert card.height() >= card.sizeHint().height()


def test_a_cell_with_a_tone_is_a_chip_and_others_are_not(view: QTableView) -> None:
    _shown(view, rows=1)
    image = view.viewport().grab().toImage()

    def colours(column: int) -> set[str]:
        cell = view.visualRect(view.model().index(0, column))
        return {
            image.pixelColor(x, y).name().upper()
            for x in range(cell.left(), cell.right())
            for y in range(cell.top(), cell.bottom())
        }

    assert Tone.FAIL.ground in colours(1)
    assert QColor(Tone.FAIL.ground).name().upper() not in colours(0)


def test_a_chip_asks_a_column_for_its_whole_width(view: QTableView) -> None:
    _shown(view, rows=1)

    assert view.sizeHintForColumn(1) >= chips.width("Không đạt")


def test_an_empty_table_says_how_to_fill_it(qtbot: QtBot) -> None:
    view = _shown(QTableView(), rows=0)
    empty = EmptyState("Chưa có máy nào", "Quét tem để bắt đầu.")
    listing = Listing(view, empty)
    qtbot.addWidget(listing)
    assert listing.currentWidget() is empty

    model = view.model()
    model.insertRow(0)
    assert listing.currentWidget() is view
    model.removeRow(0)
    assert listing.currentWidget() is empty


class Windows(QObject):
    """Counts what shows itself as a window."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[QWidget] = []

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        shown = event.type() == QEvent.Type.Show
        if shown and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(watched)
        return False


def test_making_a_card_flashes_no_window(qtbot: QtBot, qapp: QApplication) -> None:
    windows = Windows()
    qapp.installEventFilter(windows)
    for made in (Card("Lịch sử"), EmptyState("Chưa có gì", "Hãy tiếp nhận máy đầu tiên")):
        qtbot.addWidget(made)
    qapp.removeEventFilter(windows)

    assert windows.shown == []
