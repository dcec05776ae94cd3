"""The runner's window put together: the real diagnosis, the real network, the real sticks."""

import logging
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from threading import Event

from diagnostics.collect.side_by_side import collect
from diagnostics.diagnose import Diagnosis, ReportNotKept, diagnose
from diagnostics.journal import crashed_before
from diagnostics.profile import Profile
from diagnostics.progress import Listener
from diagnostics.trial import Trial
from ui.dressing import dressed_application, speak
from ui.runner.sending import carry_by_lan
from ui.runner.window import RunnerWindow, Surroundings, open_in_viewer
from ui.stick import volumes

SMALLEST = (1024, 600)
logger = logging.getLogger(__name__)


def run_window(language: str, folder: Path) -> int:
    """Show the window until it is closed; the event loop's status."""
    app = dressed_application(["station-diagnose"], language)
    window = RunnerWindow(
        Surroundings(
            folder=folder,
            diagnose=examine,
            find_crash=partial(crashed_tests, folder),
            courier=carry_by_lan,
            volumes=volumes,
            today=lambda: datetime.now().astimezone().date(),
            open_paper=open_in_viewer,
        )
    )
    window.language_changed.connect(lambda code: speak(app, code))
    window.setMinimumSize(*SMALLEST)
    window.showMaximized()
    return app.exec()


def examine(
    profile: Profile, *, folder: Path | None, listener: Listener | None, stop: Event | None
) -> Diagnosis:
    """Diagnose; a folder that took no report loses nothing: it can still travel from here.

    Nor does one that takes no journal, on a full disk or a stick that cannot be written: the
    machine is examined all the same, and only a crash would not be told.
    """
    try:
        return diagnose(profile, folder=_usable(folder), listener=listener, stop=stop)
    except ReportNotKept as failed:
        logger.warning("the report is not kept: %s", failed)
        return failed.diagnosis


def _usable(folder: Path | None) -> Path | None:
    """The folder, if it takes files."""
    if folder is None:
        return None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder) as tried:
            tried.write(b"\0" * 4096)
    except OSError as error:
        logger.warning("nothing can be kept: %s", error)
        return None
    return folder


def crashed_tests(folder: Path) -> tuple[Trial, ...]:
    """The tests that earlier starts on this machine began in this folder and never ended.

    Which machine this is takes a second to find out, so only a folder that holds a crash asks.
    """
    if not crashed_before(folder):
        return ()
    here = collect().machine
    return tuple(trial for crash in crashed_before(folder, here) for trial in crash.trials)
