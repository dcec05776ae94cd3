"""What one diagnosis leaves in a folder, in the order that loses nothing.

A journal before the first test; then the evidence; then the report under its digest, whole or not
at all; and only then the journals go, this run's and those of earlier starts that the report tells
of. Without a folder nothing is left anywhere.
"""

import errno
import logging
import os
import secrets
from contextlib import suppress
from pathlib import Path

from diagnostics.collect.source import Raw
from diagnostics.journal import Crash, Journal, crashed_before
from diagnostics.profile import Profile
from diagnostics.report import Evidence, identity
from diagnostics.trial import Trial
from station.files import keep_name, put_file
from station.machine import Machine

_log = logging.getLogger(__name__)


class Keeping:
    """The folder of one diagnosis, from its first test to its report."""

    def __init__(self, folder: Path | None, profile: Profile, machine: Machine) -> None:
        """Look for crashes and begin the journal; OSError when the folder cannot be written."""
        self._folder = folder
        self._archive: Path | None = None
        self._crashes: tuple[Crash, ...] = ()
        self.journal: Journal | None = None
        if folder is not None:
            self._crashes = crashed_before(folder, machine)
            if profile is not Profile.FACTS:
                self.journal = Journal(folder, profile, machine)

    @property
    def crashed(self) -> tuple[Trial, ...]:
        """One trial for each test that earlier starts died of, however often."""
        trials = {(t.check, t.subject): t for crash in self._crashes for t in crash.trials}
        return tuple(trials.values())

    def evidence(self, raws: tuple[Raw, ...]) -> tuple[Evidence, ...]:
        """Keep the tools' words; that they cannot be kept costs only them."""
        if self._folder is None or not raws or not self._answers():
            return ()
        self._archive = self._folder / f"evidence-{secrets.token_hex(8)}.zip"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            from diagnostics.evidence import keep  # noqa: PLC0415 -- facts alone need no archive

            return keep(raws, self._archive)
        except OSError as error:
            _log.warning("the evidence is not kept: %s", error)
            with suppress(OSError):
                self._archive.unlink(missing_ok=True)
            self._archive = None
            return ()

    def report(self, data: bytes) -> None:
        """Keep the report; the evidence first, so that none that names it stands alone.

        Raises OSError where the folder does not take it, TimeoutError where its disk hangs.
        """
        if self._folder is None:
            return
        if not self._answers():
            raise TimeoutError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT), str(self._folder))
        digest = identity(data)
        if self._archive is not None:
            self._archive.replace(self._folder / f"{digest}.zip")
            keep_name(self._folder)
        put_file(self._folder / f"{digest}.json", data)
        if self.journal is not None:
            self.journal.close(done=True)
        for crash in self._crashes:
            crash.file.unlink(missing_ok=True)

    def _answers(self) -> bool:
        """Whether there is no sign that whoever writes here would wait for ever."""
        return self.journal is None or self.journal.answers()

    def close(self) -> None:
        """Give the journal up; where no report was kept its file stays and tells."""
        if self.journal is not None:
            self.journal.close(done=False)
