"""A receiver in a process of its own: prints its port, and dies right after a report landed."""

import os
import signal
import sys
import threading
from pathlib import Path

from diagnostics.shelf import Shelf
from sync.lan_desk import PairingDesk
from sync.lan_receiver import LanReceiver
from tests.station.conftest import NOON
from tests.sync.lan_point import GENEROUS, HERE
from ui.reports.shelf_keeper import ShelfKeeper


def main(folder: str, code: str, dies: str) -> None:
    """Listen until a line comes in; `dies` kills it once a report is on the disk."""

    def landed(_landed: object) -> None:
        if dies == "before_the_answer":
            os.kill(os.getpid(), signal.SIGKILL)

    keeper = ShelfKeeper(Shelf(Path(folder)), lambda: NOON.at)
    desk = PairingDesk(keeper, landed, limits=GENEROUS)
    receiver = LanReceiver(desk, host=HERE, port=0, limits=GENEROUS)
    desk.expect(code, None)
    print(receiver.start().port, flush=True)  # noqa: T201 -- the test reads it
    threading.Thread(target=sys.stdin.readline, daemon=True).start()
    threading.Event().wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
