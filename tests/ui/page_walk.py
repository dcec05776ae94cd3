"""Walks through every page of a prepared demonstration and tells what is wrong with it, as JSON.

`python -m tests.ui.page_walk FOLDER LANGUAGE`: a process of its own, so that QT_SCALE_FACTOR can
make the screen what a clerk's is.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QWidget,
)

from station.device import Stage
from station.ports import DeviceFilter, PointStore
from tests.ui.english import english_in, said_by
from tests.ui.opened_app import opened
from ui.command import prepare
from ui.elided import ElidedLabel
from ui.hand import Hand
from ui.settings import Settings
from ui.workplace import Workplace

ROUNDS = 3
INPUTS = (QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox, QAbstractItemView)
QTS_OWN = (QLineEdit, QTabBar, QAbstractSpinBox, QComboBox)
SLACK = 2  # dots that rounding may cost


def walk(work: Workplace, hand: Hand, *, vietnamese: bool) -> dict[str, list[str]]:
    """What is wrong, by page; a page on which nothing is does not stand there."""
    found: dict[str, list[str]] = {}
    for name in _shown(work, hand):
        page = work.window.page(work.window.current_page)
        wrong = [f"cut: {text}" for text in cut(work.window)]
        wrong += [f"no name: {widget}" for widget in nameless(page)]
        wrong += [f"two mean {keys}" for keys in ambiguous(work.window)]
        if vietnamese:
            wrong += [f"English: {text}" for text in english_in(set(said_by(page)))]
        if wrong:
            found[name] = sorted(set(wrong))
    return found


def cut(root: QWidget) -> Iterator[str]:
    """The texts in sight that have less room than they need."""
    for widget in root.findChildren(QWidget):
        match widget:
            case QWidget() if not widget.isVisible() or isinstance(widget, ElidedLabel):
                continue
            case QLabel() if _label_is_cut(widget):
                yield widget.text()
            case QTabBar() if _is_narrow(widget):
                yield " | ".join(map(widget.tabText, range(widget.count())))
            case QAbstractButton() if widget.text() and (
                _is_narrow(widget) or _is_overlaid(widget)
            ):
                yield widget.text()


def _is_narrow(widget: QWidget) -> bool:
    return widget.sizeHint().width() > widget.width() + SLACK


def nameless(root: QWidget) -> Iterator[str]:
    """What takes keys and tells a screen reader nothing."""
    for widget in root.findChildren(QWidget):
        if isinstance(widget.parentWidget(), QTS_OWN) or widget.accessibleName():
            continue  # an icon in a field, the arrows of tabs
        takes_keys = isinstance(widget, INPUTS) and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        bare = isinstance(widget, QAbstractButton) and widget.isVisible() and not widget.text()
        if (takes_keys or bare) and widget.window() is root.window():
            yield f"{type(widget).__name__} {widget.objectName()}"


def ambiguous(window: QWidget) -> Iterator[str]:
    """Keys that two things in sight want: Qt then gives them to neither."""
    wanted: defaultdict[str, list[str]] = defaultdict(list)
    for shortcut in window.findChildren(QShortcut):
        at = shortcut.parent()
        everywhere = shortcut.context() != Qt.ShortcutContext.WidgetShortcut
        if everywhere and shortcut.isEnabled() and isinstance(at, QWidget) and at.isVisible():
            for keys in shortcut.keys():  # noqa: SIM118 -- no mapping, but Qt's list
                wanted[keys.toString()].append(shortcut.whatsThis() or at.objectName())
    for button in window.findChildren(QAbstractButton):
        if button.isVisible() and button.isEnabled() and not button.shortcut().isEmpty():
            wanted[button.shortcut().toString()].append(button.text())
    for pressed, owners in wanted.items():
        if len(owners) > 1:
            yield f"{pressed}: {' | '.join(owners)}"


def _label_is_cut(label: QLabel) -> bool:
    if not label.text() or label.textFormat() == Qt.TextFormat.RichText:
        return False
    if label.wordWrap():
        return label.heightForWidth(label.width()) > label.height() + SLACK
    lines = label.text().splitlines()
    needed = max((label.fontMetrics().horizontalAdvance(line) for line in lines), default=0)
    return needed > label.contentsRect().width() + SLACK


def _is_overlaid(button: QAbstractButton) -> bool:
    """Part of it lies outside what its parents show, and no bar scrolls there."""
    parent = button.parentWidget()
    while parent is not None and not parent.isWindow():
        if isinstance(parent.parentWidget(), QScrollArea) or isinstance(
            parent, (QScrollArea, QAbstractItemView)
        ):
            return False
        corner = button.mapTo(parent, button.rect().bottomRight())
        if corner.x() > parent.width() + SLACK or corner.y() > parent.height() + SLACK:
            return True
        parent = parent.parentWidget()
    return False


def _shown(work: Workplace, hand: Hand) -> Iterator[str]:
    """Show page after page, tab after tab, a device of each stage; the name of each."""
    for key in work.window.keys:
        if key == "device":
            continue
        work.window.show_page(key)
        settle(work, hand)
        yield key
        for bar in work.window.page(key).findChildren(QTabBar):
            for place in range(1, bar.count()) if bar.isVisible() else ():
                bar.setCurrentIndex(place)
                settle(work, hand)
                yield f"{key}, {bar.tabText(place)}"
    for stage in Stage:
        codes: list[str] = []
        work.desk.ask(partial(_first, stage), codes.extend, print, owner=work)
        settle(work, hand)
        if codes:
            work.routes.open_device(codes[0])
            settle(work, hand)
            yield f"device {stage}"


def _first(stage: Stage, store: PointStore) -> tuple[str, ...]:
    rows = store.devices(DeviceFilter(stages=(stage,)), limit=1)
    return tuple(row.device.code for row in rows)


def settle(work: Workplace, hand: Hand) -> None:
    """Wait until everything that was asked is answered, and what those answers asked."""
    for _round in range(ROUNDS):
        answers: list[bool] = []
        work.desk.ask(lambda _store: True, answers.append, print, owner=work)
        hand.until(lambda: bool(answers), "the store's answer")  # noqa: B023 -- within the round
    hand.rest(0.05)


def main(folder: Path, language: str) -> int:
    """Tell what is wrong; 0 when the walk came to its end."""
    qt = prepare(["page_walk"], Settings(language="vi" if language == "vi" else "en"))
    app, work, hand = opened(folder, qt.devicePixelRatio())
    found = walk(work, hand, vietnamese=language == "vi")
    app.close()
    print(json.dumps(found, ensure_ascii=False))  # noqa: T201 -- the answer
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
