"""A PySide6 window with nothing in it, for comparison."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from tests.bench.clock import report

app = QApplication([])
window = QWidget()
window.resize(1366, 768)
window.show()
window.repaint()
QTimer.singleShot(0, app.quit)
app.exec()
report()
