"""The window opens as it was left; on a screen that is gone it opens as at the first time."""

import logging
from base64 import b64decode, b64encode
from binascii import Error as NoBase64
from pathlib import Path

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QWidget

from station.files import put_hint

logger = logging.getLogger(__name__)

MOST_BYTES = 2_000  # Qt writes less than a hundred
NAME = "window.state"


def restore_window(window: QWidget, folder: Path) -> bool:
    """Give the window its size and place; False where nothing was kept, or nothing that fits."""
    try:
        kept = (folder / NAME).read_bytes()
        state = b64decode(kept, validate=True) if len(kept) <= MOST_BYTES else b""
    except (OSError, NoBase64, ValueError):
        return False
    return bool(state) and window.restoreGeometry(QByteArray(state))


def keep_window(window: QWidget, folder: Path) -> None:
    """Note size and place; that it fails must not keep anybody from going home."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        put_hint(folder / NAME, b64encode(window.saveGeometry().data()))
    except OSError as error:
        logger.warning("window_state_not_kept: %r", error)
