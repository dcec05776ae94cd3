"""Every page as a picture: `python -m ui.gallery --out FOLDER`.

The windows are the app's own, on invented points: a busy one, and one on its first morning.
"""

import argparse
import shutil
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

from msgspec import Struct
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QTabBar, QWidget

from station.device import Stage
from station.ledger import Moment
from station.ports import DeviceFilter, PointStore
from station.reference import load
from ui import opening
from ui.app import App, local_time
from ui.command import prepare
from ui.demo.opening import Variant, found_demonstration
from ui.demo.people import LEAD
from ui.hand import Hand, NothingHappened
from ui.places import Places
from ui.settings import Settings
from ui.workplace import Workplace

SIZES: Final = ((1366, 768), (1920, 1080))
SETTLES_S: Final = 0.3  # tables fit their columns
QUESTIONS: Final = 3  # one answer may lead to the next question
TABBED: Final = {"handover": "handoverTabs", "bench": "bench_view"}
OPENED: Final = (
    (Stage.ON_BENCH, "device-on-bench"),
    (Stage.READY, "device-ready"),
    (Stage.HANDED_OVER, "device-given"),
)


class Shown(Struct, frozen=True):
    """One picture that was left."""

    name: str
    file: Path


class Gallery:
    """Walks through the pages of one demonstration and leaves pictures of them."""

    def __init__(self, folder: Path, variant: Variant, out: Path) -> None:
        self._variant, self._out = variant, out
        data = folder / variant
        shutil.rmtree(data, ignore_errors=True)
        settings = Settings(database=str(data / "station.db"), open_papers=False)
        places, when = Places(data, data / "state"), Moment(local_time())
        data.mkdir(parents=True)
        found_demonstration(settings.store_url(), places, load(), variant, when).close()
        self.app = App(settings, places, keys=lambda: opening.DEMONSTRATION_KEY)

    def walk(self) -> Iterator[Shown]:
        """Every page, and what a tab or a device makes of it; both sizes of each."""
        work = self._open()
        hand = Hand(work.window)
        try:
            for key in work.window.keys:
                if key != "device":
                    yield from self._page(work, hand, key)
            if self._variant is Variant.BUSY:
                yield from self._devices(work, hand)
        finally:
            self.app.close()

    def _open(self) -> Workplace:
        self.app.start()
        door = Hand(QWidget())
        names = door.find("operatorNames", QListWidget)
        (lead,) = names.findItems(LEAD.name, Qt.MatchFlag.MatchStartsWith)
        names.setCurrentItem(lead)
        door.click("signIn")
        door.until(lambda: self.app.workplace is not None, "the window")
        if self.app.workplace is None:
            raise NothingHappened("the window")
        return self.app.workplace

    def _page(self, work: Workplace, hand: Hand, key: str) -> Iterator[Shown]:
        work.window.show_page(key)
        yield from self._both(work, hand, key)
        tabs = work.window.page(key).findChild(QTabBar, TABBED.get(key, "-"))
        if isinstance(tabs, QTabBar):
            for place in range(1, tabs.count()):
                tabs.setCurrentIndex(place)
                yield from self._both(work, hand, f"{key}-{place + 1}")

    def _devices(self, work: Workplace, hand: Hand) -> Iterator[Shown]:
        for stage, name in OPENED:
            rows: list[str] = []
            work.desk.ask(partial(_laptops, stage), rows.extend, print, owner=work)
            hand.until(lambda rows=rows: bool(rows), f"a laptop {stage}")  # type: ignore[misc]
            work.routes.open_device(rows[0])
            yield from self._both(work, hand, name)

    def _both(self, work: Workplace, hand: Hand, name: str) -> Iterator[Shown]:
        for width, height in SIZES:
            work.window.resize(width, height)
            for _question in range(QUESTIONS):
                self._heard(work, hand)
            hand.rest(SETTLES_S)
            file = self._out / f"{self._variant}-{width}x{height}-{name}.png"
            hand.picture(file)
            yield Shown(name, file)

    def _heard(self, work: Workplace, hand: Hand) -> None:
        """Wait for everything that was asked before: the store answers in order."""
        answers: list[bool] = []
        work.desk.ask(lambda _store: True, answers.append, print, owner=work)
        hand.until(lambda: bool(answers), "the store's answer")


def _laptops(stage: Stage, store: PointStore) -> tuple[str, ...]:
    rows = store.devices(DeviceFilter(stages=(stage,), kinds=("laptop",)), limit=1)
    return tuple(row.device.code for row in rows)


def main(arguments: list[str] | None = None) -> int:
    """Leave the pictures; 0 when every page opened."""
    parser = argparse.ArgumentParser(prog="python -m ui.gallery", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("out/screenshots"))
    parser.add_argument("--language", choices=("vi", "en"), default="vi")
    parser.add_argument("--variant", type=Variant, choices=tuple(Variant), action="append")
    asked = parser.parse_args(arguments)
    qt = prepare(["pictures"], Settings(language=asked.language))
    for variant in asked.variant or tuple(Variant):
        for shown in Gallery(asked.out / ".stores", variant, asked.out).walk():
            print(shown.file)  # noqa: T201 -- says in the terminal what it left
    qt.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main())
