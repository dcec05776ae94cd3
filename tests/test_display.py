from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot


def test_windows_are_real_and_take_the_focus(qtbot: QtBot) -> None:
    line = QLineEdit()
    qtbot.addWidget(line)
    with qtbot.waitActive(line):
        line.show()
        line.activateWindow()

    qtbot.keyClicks(QApplication.focusWidget(), "0120003457")

    assert line.text() == "0120003457"
    screen = QGuiApplication.primaryScreen().size()
    assert (screen.width(), screen.height()) == (1366, 768)
