"""The intake page of a real window, a key pressed in it, and the clock of a TCP printer.

Prints the milliseconds from each key press to the first bytes of the label, the first one first.
"""

import sys
import time
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from labels.printer import Language, Printer, Route
from station import words
from tests.bench.label_listener import LabelListener
from tests.station.conftest import CLERK
from tests.ui.desks import desk_at, point_store
from tests.ui.workplaces import LOOPBACK, PLAIN
from ui.background import Background
from ui.command import prepare
from ui.intake.page import IntakePage
from ui.places import Places
from ui.prints.print_desk import WARM_AFTER_MS
from ui.prints.printers import NamedPrinter, Printers, write_printers
from ui.workplace import Workplace

LABELS = 6
COMMIT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def measure(page: IntakePage, listener: LabelListener, number: int) -> float:
    """Fill in the form, press the key, and wait for the label."""
    page.counter.form.kind.choose("laptop")
    page.counter.form.kind.activated.emit(page.counter.form.kind.currentIndex())
    page.counter.form.serial.line.setText(f"8XK2F3{number}")
    QTest.qWait(500)  # a person types; the tidying after the label before is over
    listener.arrived = 0.0
    began = time.perf_counter()
    QTest.keyClick(page.counter.form.serial.line, Qt.Key.Key_Return, COMMIT)
    while not listener.arrived:
        QApplication.processEvents()
        time.sleep(0.0005)
        if time.perf_counter() - began > 20:
            raise TimeoutError(number)
    return (listener.arrived - began) * 1000


def main(folder: Path) -> None:
    """A point with a TSPL printer on the network that answers when it is asked."""
    qt = prepare(sys.argv[:1], PLAIN)
    words.use("vi")
    with (
        LabelListener() as listener,
        point_store(folder) as store,
        desk_at(store, CLERK) as desk,
    ):
        printer = Printer(route=Route.TCP, address=listener.address, language=Language.TSPL)
        named = Printers(printers=(NamedPrinter("tem", printer),), labels_on="tem")
        write_printers(folder / "printers.json", named)
        slow = Background("slow")
        place = Workplace(
            desk,
            store,
            slow,
            Places(folder, folder / "state"),
            settings=PLAIN,
            standing=store.standing(),
            names=store.operators(),
            where=LOOPBACK,
        )
        place.show()
        place.window.show_page("intake")
        QTest.qWait(WARM_AFTER_MS + 3_000)  # the press is warm, as a minute after the start
        page = place.window.page("intake")
        assert isinstance(page, IntakePage)
        taken = [measure(page, listener, number) for number in range(LABELS)]
        place.close()
        slow.close()
    del qt
    print(" ".join(f"{milliseconds:.1f}" for milliseconds in taken))  # noqa: T201 -- read by the bench


main(Path(sys.argv[1]))
