"""A profile run on this machine: the plan made, its tests run, the journal written."""

import logging
from threading import Event, Thread
from time import monotonic

from diagnostics.journal import ALIVE_EVERY_S, Journal
from diagnostics.measure import budget
from diagnostics.measure.catalogue import CATALOGUE, powers_here
from diagnostics.measure.here import surroundings_here
from diagnostics.measure.plan import Conditions, plan
from diagnostics.measure.run import Surroundings
from diagnostics.measure.runner import NoRecord, Runner
from diagnostics.profile import Profile
from diagnostics.progress import Listener
from diagnostics.trial import Trial
from station.machine import Machine, Temperature

FRESH_S = 2 * ALIVE_EVERY_S  # an older reading says nothing of now
_log = logging.getLogger(__name__)


class Journalled:
    """The runner's record in a journal, with the temperatures of some seconds ago.

    They are read by a thread of their own: a sensor that does not answer holds up nothing, and what
    it said before it fell silent is not told as if it were of now.
    """

    def __init__(self, journal: Journal, surroundings: Surroundings) -> None:
        self._journal = journal
        self._read = surroundings.read_heat
        self._latest: tuple[float, tuple[Temperature, ...]] = (monotonic(), ())
        self._over = Event()
        Thread(target=self._look, name="thermometers", daemon=True).start()

    def close(self) -> None:
        """Let the thread go."""
        self._over.set()

    def _look(self) -> None:
        while not self._over.is_set():
            asked_at = monotonic()
            try:
                self._latest = asked_at, self._read().temperatures
            except Exception:  # our bug, or a sensor's; the next look may go well
                _log.exception("the thermometers could not be read")
            self._over.wait(ALIVE_EVERY_S / 2)

    def began(self, check: str, subject: str) -> None:
        """A test begins."""
        self._journal.began(check, subject)

    def ended(self, trial: Trial) -> None:
        """A test is over."""
        self._journal.ended(trial)

    def alive(self) -> None:
        """The machine still runs."""
        read_at, temperatures = self._latest
        self._journal.alive(temperatures if monotonic() - read_at <= FRESH_S else ())


def run_profile(
    profile: Profile,
    machine: Machine,
    past: tuple[Trial, ...],
    *,
    journal: Journal | None,
    listener: Listener | None,
    stop: Event,
) -> tuple[Trial, ...]:
    """Every test of the profile but those that a crash settled; one trial each."""
    profiles = budget.load()
    settled = [(trial.check, trial.subject) for trial in past]
    conditions = Conditions(
        profiles.of(profile), powers_here(), profiles.on_battery_at_most_s, settled
    )
    surroundings = surroundings_here(profiles.memory)
    chosen = plan(machine, CATALOGUE, conditions)
    if journal is None:
        return Runner(chosen, machine, surroundings, NoRecord(), listener, stop).run()
    record = Journalled(journal, surroundings)
    try:
        return Runner(chosen, machine, surroundings, record, listener, stop).run()
    finally:
        record.close()
