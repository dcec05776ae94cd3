"""As high as what stands in it; on a small or magnified screen it scrolls, and follows the keys."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget
from typing_extensions import override

LEAST = 120  # pixels that are always seen of it


class FittingScroll(QScrollArea):
    """Takes no focus of its own: Tab goes through what stands in it."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside = inside
        self.setWidget(inside)
        for ground in (inside, self.viewport()):
            ground.setAutoFillBackground(False)
        qt = QApplication.instance()
        if isinstance(qt, QApplication):
            qt.focusChanged.connect(self._follow)

    @override
    def sizeHint(self) -> QSize:
        return self._inside.sizeHint()

    @override
    def minimumSizeHint(self) -> QSize:
        """As wide as what stands in it and its bar: nothing goes to the side."""
        least, bar = self._inside.minimumSizeHint(), self.verticalScrollBar().sizeHint()
        return QSize(least.width() + bar.width(), min(least.height(), LEAST))

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        layout = self._inside.layout()
        if layout is None or not layout.hasHeightForWidth():
            return self.sizeHint().height()
        return layout.totalHeightForWidth(width)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()  # what is wrong with a field takes a line more
        return super().eventFilter(watched, event)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        """What is wrong is shown where the keys are put, also by no Tab."""
        if now is not None and self._inside.isAncestorOf(now):
            self.ensureWidgetVisible(now)
