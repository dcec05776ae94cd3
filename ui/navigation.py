"""The left side: whose app this is, the pages with their F-keys, what waits and who works."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from station.words import _, _n
from ui import chips
from ui.buttons import link_button, with_shortcut
from ui.icons import BUTTON_ICON, button_icon, pixmap
from ui.sign_button import Sign, SignButton
from ui.theme import LIGHT, Role, font, words
from ui.tips import plain

WIDTH = 212
NARROW_WIDTH = 68  # the words stand under their icons
ENTRY_HEIGHT = 40
NARROW_HEIGHT = 54
SIDE = 6
NARROW_SIDE = 3
NARROW_SIGN = 44  # the chip's icon, and that there is more
ICON = 20


@dataclass(frozen=True)
class Entry:
    """One page's line in the navigation."""

    key: str
    title: str
    icon: str
    shortcut: str  # such as F2, "" without one


class Navigation(QFrame):
    """The column of entries; emits the key of the page somebody wants."""

    wanted = Signal(str)
    operator_change = Signal()
    prints_wanted = Signal()

    def __init__(self, programme: str, point: str, entries: Sequence[Entry]) -> None:
        super().__init__()
        self.setObjectName("navigation")
        self.setFixedWidth(WIDTH)
        self._entries = {entry.key: _EntryButton(entry) for entry in entries}
        self.sync = SignButton("syncSign", "Ctrl+Shift+S")
        self.sync.clicked.connect(lambda: self.wanted.emit(self.sync.sign.page))
        self.sync.hide()
        self._prints = _prints_button()
        self._prints.clicked.connect(self.prints_wanted)
        self._waiting = 0
        self._operator = _operator_button()
        self._operator.clicked.connect(self.operator_change)
        self._narrow, self._who = False, ("", "")
        self._names: list[QLabel] = []
        layout = self._column = QVBoxLayout(self)
        layout.setContentsMargins(SIDE, 14, SIDE, 12)
        layout.setSpacing(4)
        self._name(layout, programme, point)
        self._list(layout)
        layout.addStretch()
        layout.addWidget(self._prints)
        layout.addLayout(_indented(self.sync))
        layout.addWidget(self._operator)

    def show_narrow(self, narrow: bool) -> None:
        """In a small window, as on a magnified screen, leave the room to the page."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        side = NARROW_SIDE if narrow else SIDE
        self.setFixedWidth(NARROW_WIDTH if narrow else WIDTH)
        self._column.setContentsMargins(side, 14, side, 12)
        for button in self._entries.values():
            button.show_narrow(narrow)
        for label in self._names:
            label.setVisible(not narrow)
        self._show_prints()
        self._fit_sign()
        self._show_operator()

    def mark(self, key: str) -> None:
        """Show which page is open; Tab stops at its entry alone and arrows go on from there."""
        for other, button in self._entries.items():
            button.setChecked(other == key)
            here = Qt.FocusPolicy.TabFocus if other == key else Qt.FocusPolicy.NoFocus
            button.setFocusPolicy(here)  # never by click: the scan box keeps its focus

    def hide_entries(self, keys: Collection[str]) -> None:
        """Leave out what is of no use here; its page still opens by a scan."""
        for key, button in self._entries.items():
            button.setVisible(key not in keys)

    def show_sync(self, sign: Sign) -> None:
        """Say how sending stands; the sign is the way to its page."""
        self.sync.show_sign(sign)
        self._fit_sign()
        self.sync.show()

    def show_prints(self, count: int) -> None:
        """Say how many prints are not out yet; the sign is the way to them."""
        self._waiting = count
        self._show_prints()

    def show_operator(self, name: str, role: str) -> None:
        """Say who works here now; the button is the way to somebody else."""
        self._who = (name, role)
        self._show_operator()

    def _show_operator(self) -> None:
        whole = " · ".join(self._who)
        fitted = "\n".join(self._fit(line) for line in self._who)
        self._operator.setText("" if self._narrow else fitted)
        self._operator.setAccessibleName(whole)
        self._operator.setToolTip(plain(_("{operator}: change operator").format(operator=whole)))

    def _show_prints(self) -> None:
        count, keys = self._waiting, self._prints.shortcut()
        told = _n("{count} print waits", "{count} prints wait", count).format(count=count)
        self._prints.setText(str(count) if self._narrow else told)
        self._prints.setAccessibleName(told)
        self._prints.setToolTip(with_shortcut(told, keys.toString()))
        self._prints.setShortcut(keys)  # setText drops it
        self._prints.setVisible(count > 0)

    def _fit_sign(self) -> None:
        """In a small window the chip's colour and icon say it; the tooltip says the rest."""
        room = NARROW_SIGN
        whole = chips.width(self.sync.sign.word)
        self.sync.setMinimumWidth(min(whole, room) if self._narrow else 0)
        self.sync.setMaximumWidth(min(whole, room) if self._narrow else whole)

    def _fit(self, line: str) -> str:
        metrics = self._operator.fontMetrics()
        room = WIDTH - 72  # the sides of the button and its icon
        return metrics.elidedText(line, Qt.TextElideMode.ElideRight, room).replace("&", "&&")

    def _name(self, layout: QVBoxLayout, programme: str, point: str) -> None:
        for text, role in ((programme, Role.CARD_TITLE), (point, Role.MUTED)):
            label = words(text, role)
            label.setContentsMargins(8, 0, 0, 0)
            label.setWordWrap(True)
            layout.addWidget(label)
            self._names.append(label)
        layout.addSpacing(10)

    def _list(self, layout: QVBoxLayout) -> None:
        group = QButtonGroup(self)
        for key, button in self._entries.items():
            group.addButton(button)
            layout.addWidget(button)
            button.clicked.connect(lambda _checked=False, key=key: self.wanted.emit(key))


class _EntryButton(QAbstractButton):
    """Icon, title and F-key; drawn here because no style sheet rule reaches three parts."""

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self._entry = entry
        self.setText(entry.title.replace("&", "&&"))
        self.setAccessibleName(entry.title)
        self.setToolTip(with_shortcut(entry.title, entry.shortcut))
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFixedHeight(ENTRY_HEIGHT)
        self._narrow = False

    def show_narrow(self, narrow: bool) -> None:
        """Stand under the icon, without the key."""
        self._narrow = narrow
        self.setFixedHeight(NARROW_HEIGHT if narrow else ENTRY_HEIGHT)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        if self._narrow:
            return QSize(NARROW_WIDTH - 2 * NARROW_SIDE, NARROW_HEIGHT)
        return QSize(WIDTH - 2 * SIDE, ENTRY_HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        ink = LIGHT.primary if self.isChecked() else LIGHT.text
        picture_ink = LIGHT.primary if self.isChecked() else LIGHT.muted
        if self._narrow:
            self._paint_narrow(painter, ink, picture_ink)
            painter.end()
            return
        top = (self.height() - ICON) // 2
        painter.drawPixmap(10, top, pixmap(self._entry.icon, picture_ink, ICON))
        key_width = self._paint_key(painter)
        room = self.rect().adjusted(36, 0, -10 - key_width, 0)
        painter.setFont(font(Role.STRONG if self.isChecked() else Role.BODY))
        _write(painter, room, ink, self._entry.title, Qt.AlignmentFlag.AlignLeft)
        painter.end()

    def _paint_narrow(self, painter: QPainter, ink: str, picture_ink: str) -> None:
        left = (self.width() - ICON) // 2
        painter.drawPixmap(left, 4, pixmap(self._entry.icon, picture_ink, ICON))
        painter.setFont(font(Role.HINT))
        painter.setPen(QColor(ink))
        room = self.rect().adjusted(0, ICON + 5, 0, 0)
        top = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter
        painter.drawText(room, top | Qt.TextFlag.TextWordWrap, self._entry.title)

    def _paint_ground(self, painter: QPainter) -> None:
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(LIGHT.tint if self.isChecked() else LIGHT.hover))
            painter.drawRoundedRect(self.rect(), 8, 8)
        if self.hasFocus():
            painter.setPen(QPen(QColor(LIGHT.primary), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 7, 7)

    def _paint_key(self, painter: QPainter) -> int:
        painter.setFont(font(Role.HINT))
        room = self.rect().adjusted(0, 0, -6, 0)
        _write(painter, room, LIGHT.muted, self._entry.shortcut, Qt.AlignmentFlag.AlignRight)
        return painter.fontMetrics().horizontalAdvance(self._entry.shortcut)


def _write(painter: QPainter, room: QRect, ink: str, text: str, side: Qt.AlignmentFlag) -> None:
    painter.setPen(QColor(ink))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, shown)


def _indented(widget: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(8, 0, 0, 4)
    row.addWidget(widget)
    row.addStretch()
    return row


def _prints_button() -> QPushButton:
    button = link_button("", "Ctrl+Shift+I")
    button.setObjectName("prints")
    button.setIcon(button_icon("print", LIGHT.primary))
    button.setIconSize(BUTTON_ICON)
    button.hide()
    return button


def _operator_button() -> QPushButton:
    button = QPushButton()
    button.setObjectName("operator")
    button.setIcon(button_icon("person", LIGHT.muted))
    button.setIconSize(BUTTON_ICON)
    button.setFont(font(Role.MUTED))
    button.setAutoDefault(True)  # Enter presses it, as a space does
    return button
