"""The window opens as it was left, and sanely where nothing or nonsense was kept."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.window_state import NAME, keep_window, restore_window


def test_a_window_opens_as_it_was_left(qtbot: QtBot, tmp_path: Path) -> None:
    left, opened = QWidget(), QWidget()
    qtbot.addWidget(left)
    qtbot.addWidget(opened)
    left.resize(901, 507)
    left.show()

    keep_window(left, tmp_path / "state")

    assert restore_window(opened, tmp_path / "state")
    assert (opened.width(), opened.height()) == (901, 507)


@pytest.mark.parametrize("kept", [None, b"", b"!!!", b"AAAA", b"A" * 5_000, bytes(range(256))])
def test_what_cannot_be_read_changes_nothing(
    qtbot: QtBot, tmp_path: Path, kept: bytes | None
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(640, 480)
    if kept is not None:
        (tmp_path / NAME).write_bytes(kept)

    assert not restore_window(window, tmp_path)
    assert (window.width(), window.height()) == (640, 480)
