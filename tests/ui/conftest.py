import pytest
from PySide6.QtWidgets import QApplication

from ui import theme


@pytest.fixture(scope="session", autouse=True)
def look(qapp: QApplication) -> None:
    theme.apply(qapp)
