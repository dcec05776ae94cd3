import pytest
from PySide6.QtWidgets import QApplication

from ui import theme
from ui.garbage import GarbageCollector


@pytest.fixture(scope="session", autouse=True)
def look(qapp: QApplication) -> None:
    theme.apply(qapp)
    GarbageCollector(qapp)
