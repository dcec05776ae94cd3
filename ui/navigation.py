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
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from station.words import _, _n
from ui.buttons import link_button, with_shortcut
from ui.icons import BUTTON_ICON, button_icon, pixmap
from ui.sign_button import Sign, SignButton
from ui.theme import LIGHT, Role, font, words

WIDTH = 212
ENTRY_HEIGHT = 40
SIDE = 6
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
        self._operator = _operator_button()
        self._operator.clicked.connect(self.operator_change)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SIDE, 14, SIDE, 12)
        layout.setSpacing(4)
        self._name(layout, programme, point)
        self._list(layout)
        layout.addStretch()
        layout.addWidget(self._prints)
        layout.addLayout(_indented(self.sync))
        layout.addWidget(self._operator)

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
        self.sync.show()

    def show_prints(self, count: int) -> None:
        """Say how many prints are not out yet; the sign is the way to them."""
        told = _n("{count} print waits", "{count} prints wait", count).format(count=count)
        self._prints.setText(told)
        self._prints.setAccessibleName(told)
        self._prints.setVisible(count > 0)

    def show_operator(self, name: str, role: str) -> None:
        """Say who works here now; the button is the way to somebody else."""
        whole = f"{name} · {role}"
        self._operator.setText("\n".join(self._fit(line) for line in (name, role)))
        self._operator.setAccessibleName(whole)
        self._operator.setToolTip(_("{operator}: change operator").format(operator=whole))

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

    @override
    def sizeHint(self) -> QSize:
        return QSize(WIDTH - 2 * SIDE, ENTRY_HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        ink = LIGHT.primary if self.isChecked() else LIGHT.text
        picture_ink = LIGHT.primary if self.isChecked() else LIGHT.muted
        top = (self.height() - ICON) // 2
        painter.drawPixmap(10, top, pixmap(self._entry.icon, picture_ink, ICON))
        key_width = self._paint_key(painter)
        room = self.rect().adjusted(36, 0, -10 - key_width, 0)
        painter.setFont(font(Role.STRONG if self.isChecked() else Role.BODY))
        _write(painter, room, ink, self._entry.title, Qt.AlignmentFlag.AlignLeft)
        painter.end()

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
