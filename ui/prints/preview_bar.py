"""The line above the pages of a preview: which page this is, and how large it is shown."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from station.words import _
from ui.buttons import link_button
from ui.prints.paper_view import STEP, PaperView, Zoom
from ui.theme import Role, words


class PreviewBar(QWidget):
    """Its buttons tell their keys."""

    def __init__(self, view: PaperView) -> None:
        super().__init__()
        self._view = view
        self.fit = link_button(_("Whole page"), "Ctrl+9")
        self.true_size = link_button(_("True size"), "Ctrl+0")
        self.smaller = link_button(_("Smaller"), "Ctrl+-")
        self.larger = link_button(_("Larger"), "Ctrl++")
        self.page = words("", Role.STRONG)
        self.share = words("", Role.MUTED)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.page)
        row.addSpacing(12)
        row.addWidget(self.share, 1)
        for button in (self.fit, self.true_size, self.smaller, self.larger):
            row.addWidget(button)
        self.fit.clicked.connect(view.fit)
        self.true_size.clicked.connect(view.true_size)
        self.smaller.clicked.connect(lambda: view.zoom_by(1 / STEP))
        self.larger.clicked.connect(lambda: view.zoom_by(STEP))
        view.page_changed.connect(lambda _page: self._tell())
        view.zoom_changed.connect(self._tell)

    def _tell(self) -> None:
        view = self._view
        if not view.page_count:
            self.page.clear()
            self.share.clear()
            return
        self.page.setText(
            _("Page {page} of {count}").format(page=view.page + 1, count=view.page_count)
        )
        self.share.setText(size_words(view.zoom, view.share, told=view.scale.told))


def size_words(zoom: Zoom, share: float, *, told: bool) -> str:
    """How large the page is shown, and whether the screen can be believed."""
    if zoom is Zoom.TRUE and told:
        return _("as large as on paper")
    if zoom is Zoom.TRUE:
        return _("the screen does not tell its size: hold a ruler against it")
    if told:
        return _("shown at {share}%").format(share=round(share * 100))
    return _("shown at about {share}%").format(share=round(share * 100))
