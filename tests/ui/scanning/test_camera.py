"""Frames as a webcam gives them: drawn here, decoded as real ones are."""

import math

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtMultimedia import QVideoFrame
from pytestqt.qtbot import QtBot

from labels.symbols import code128_modules, qr_rows
from ui.background import Background
from ui.scanning.camera import FrameReader
from ui.scanning.pictures import SAME_S, Repeats, read_code

CODE = "0120003457"


def label(code: str, turned: float = 0, qr: bool = False) -> QImage:
    """A label held before the camera, a little askew."""
    picture = QImage(640, 480, QImage.Format.Format_RGB32)
    picture.fill(QColor("#8a8f94"))
    rows = qr_rows(code) if qr else (code128_modules(code),) * 30
    painter = QPainter(picture)
    painter.translate(QPointF(320, 240))
    painter.rotate(turned)
    module = 5 if qr else 3
    width, height = len(rows[0]) * module, len(rows) * module
    painter.translate(-width / 2, -height / 2)
    painter.fillRect(-40, -30, width + 80, height + 60, Qt.GlobalColor.white)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark == "1":
                painter.fillRect(x * module, y * module, module, module, Qt.GlobalColor.black)
    painter.end()
    return picture


@pytest.mark.parametrize("turned", [0, 7, -12])
@pytest.mark.parametrize("qr", [True, False])
def test_a_label_before_the_camera_is_read(turned: float, qr: bool) -> None:
    assert read_code(label(CODE, turned, qr)) == CODE


def test_a_picture_without_a_code_says_nothing() -> None:
    empty = QImage(640, 480, QImage.Format.Format_RGB32)
    empty.fill(QColor("white"))

    assert read_code(empty) is None
    assert read_code(QImage()) is None


def test_a_code_that_stays_is_told_once_until_it_was_away() -> None:
    repeats = Repeats()

    told = [repeats.is_new(CODE, at) for at in (0.0, 0.5, 1.9, 3.8)]
    away = repeats.is_new(CODE, 3.8 + SAME_S)

    assert told == [True, False, False, False]
    assert away
    assert repeats.is_new("0120003515", 6)


def test_frames_are_decoded_off_the_window_thread_and_told_once(qtbot: QtBot) -> None:
    background, now = Background("camera"), [0.0]
    reader = FrameReader(background, lambda: now[0])
    heard: list[str] = []
    shown: list[QImage] = []
    reader.scanned.connect(heard.append)
    reader.shown.connect(shown.append)

    for code in (CODE, CODE, "0120003515"):
        now[0] += 0.5
        with qtbot.waitSignal(reader.shown):
            reader.look(QVideoFrame(label(code)))
    background.close()

    assert heard == [CODE, "0120003515"]
    assert math.isclose(shown[0].width() / shown[0].height(), 640 / 480)
