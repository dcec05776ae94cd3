"""The command line of the desktop app: what was asked for, in which store, and the event loop."""

import argparse
import logging
import shutil
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import structs
from PySide6.QtCore import QProcess, QTimer
from PySide6.QtWidgets import QApplication

from station import words
from station.reference import load
from ui import opening
from ui.app import App
from ui.dressing import dressed_application
from ui.places import Places
from ui.settings import (
    NoServiceAddress,
    Settings,
    UnreadableSettings,
    data_folder,
    read_settings,
    require_service_address,
    settings_file,
    state_folder,
)
from ui.shared.sharing import Step
from ui.wording import explain

if TYPE_CHECKING:
    from ui.lending.school_day import SchoolDay


def prepare(arguments: list[str], settings: Settings) -> QApplication:
    """The Qt application in the project's look and language."""
    return dressed_application(arguments, settings.language)


def main(arguments: list[str] | None = None) -> int:
    """Run the app; 0 when it was closed by its user."""
    given = sys.argv if arguments is None else arguments
    asked = _parser().parse_args(given[1:])
    settings, problem = _settings(asked)
    words.use(settings.language)
    try:
        require_service_address(asked.service or "")
    except NoServiceAddress as error:
        print(f"--service: {explain(error, load())}", file=sys.stderr)  # noqa: T201 -- no window yet
        return 2
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    qt = prepare(given[:1], settings)
    day = None
    if asked.school_day is not None:
        day = _school_day(asked.school_day)
        if day is None:
            return 2
        # what it records comes home in a file; its point alone sends it on
        settings = structs.replace(settings, database=str(day.database(data_folder())), service="")
    if asked.demo or asked.training:
        kind, variant = ("demo", asked.demo) if asked.demo else ("training", asked.training)
        app = _demonstration(settings, f"{kind}-{variant}", variant, anew=asked.anew)
    else:
        places = Places(data_folder(), state_folder(), settings_file())
        app = App(settings, places, school_day=day, between=asked.between)
    app.ended.connect(qt.exit)
    start = partial(app.give_up, problem) if problem else app.start
    QTimer.singleShot(0, start)  # so that a refusal can end the event loop
    status = qt.exec()
    app.close()
    if app.next_run is not None:
        going_on = [*_without_step(given[1:]), *app.next_run]
        QProcess.startDetached(sys.executable, ["-m", "ui.start", *going_on])
    return status


def _without_step(arguments: list[str]) -> list[str]:
    """A step was for this run alone."""
    steps = {"--between", *Step}
    return [argument for argument in arguments if argument not in steps]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="station", description=__doc__)
    parser.add_argument("--database", help="a store's file, or postgresql+psycopg://…")
    parser.add_argument("--language", choices=("vi", "en"))
    parser.add_argument("--service", help="address of the central service, http://…")
    parser.add_argument(
        "--school-day", type=Path, metavar="FILE", help="work on a laptop that its point lent"
    )
    parser.add_argument(
        "--training",
        nargs="?",
        const="busy",
        choices=("busy", "empty"),
        help="practise in a store of its own where nothing is real",
    )
    parser.add_argument(
        "--anew", action="store_true", help="throw an earlier training or demonstration away"
    )
    parser.add_argument(
        "--between", type=Step, choices=tuple(Step), help="what the window left to be done first"
    )
    parser.add_argument(
        "--demo",
        nargs="?",
        const="busy",
        choices=("busy", "empty"),
        help="look at an invented point: busy, or on its first morning",
    )
    return parser


def _demonstration(settings: Settings, name: str, variant: str, *, anew: bool) -> App:
    """An invented point in a folder of its own; no service is asked anything."""
    from ui.demo.opening import Variant  # noqa: PLC0415 -- no real start needs it

    data, state = data_folder() / name, state_folder() / name
    if anew:
        shutil.rmtree(data, ignore_errors=True)
        shutil.rmtree(state, ignore_errors=True)
    beside = structs.replace(settings, database=str(data / "station.db"), service="")
    return App(
        beside,
        Places(data, state),
        keys=lambda: opening.DEMONSTRATION_KEY,
        demonstration=Variant(variant),
    )


def _school_day(file: Path) -> "SchoolDay | None":
    """The parcel that was named; None after saying what is wrong with it."""
    from sync.parcels import ParcelProblem  # noqa: PLC0415 -- few starts are a laptop's
    from ui.lending.school_day import read_school_day  # noqa: PLC0415 -- the same

    try:
        return read_school_day(file)
    except (ParcelProblem, OSError) as error:
        from ui.lending.words import home_words  # noqa: PLC0415 -- the same

        print(f"--school-day: {home_words(error, load())}", file=sys.stderr)  # noqa: T201 -- no window yet
        return None


def _settings(asked: argparse.Namespace) -> tuple[Settings, UnreadableSettings | None]:
    """What was asked for over what the file says, and why the file cannot be followed."""
    kept, problem = Settings(), None
    try:
        kept = read_settings(settings_file())
    except UnreadableSettings as error:
        problem = error
    given = {name: getattr(asked, name) for name in ("database", "language", "service")}
    given = {name: value for name, value in given.items() if value is not None}
    return structs.replace(kept, **given), problem


if __name__ == "__main__":
    sys.exit(main())
