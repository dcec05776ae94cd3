"""Learn a machine's facts: every section at the same time, none able to hold up another."""

import logging
from collections.abc import Sequence
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import Any

import msgspec

from diagnostics.endings import ReadingFailed
from diagnostics.source import Answer, Source
from diagnostics.sources import sources_here
from station.machine import Machine, Reading, Section

SECTIONS = tuple(name for name in Machine.__struct_fields__ if name != "sections")

_log = logging.getLogger(__name__)


def collect(sources: Sequence[Source] | None = None) -> Machine:
    """Read all sources side by side, each for as long as its own limit allows."""
    asked = [_Asked(source) for source in (sources_here() if sources is None else sources)]
    ended = {question.source.section: question.wait() for question in asked}
    facts: dict[str, Any] = {
        section: answer.facts for section, (_, answer) in ended.items() if answer is not None
    }
    untried = (Section(name, Reading.MISSING, "", 0) for name in SECTIONS if name not in ended)
    machine = Machine(sections=(*(section for section, _ in ended.values()), *untried))
    return msgspec.structs.replace(machine, **facts)


class _Asked:
    """One source being read in a daemon thread, which neither we nor the exit wait for."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._began = monotonic()
        self._ended: SimpleQueue[tuple[Section, Answer | None]] = SimpleQueue()
        Thread(target=self._read, name=f"read {source.section}", daemon=True).start()

    def wait(self) -> tuple[Section, Answer | None]:
        """How it ended, once it has or its time is over."""
        left = self._began + self.source.limit_s - monotonic()
        try:
            return self._ended.get(timeout=max(0.0, left))
        except Empty:
            return self._section(Reading.TIMED_OUT), None

    def _read(self) -> None:
        try:
            answer = self.source.read()
        except ReadingFailed as failed:
            _log.info("%s: %s: %s", self.source.section, failed.reading, failed)
            self._ended.put((self._section(failed.reading), None))
        except Exception:  # our bug, or a library's: this section alone pays for it
            _log.exception("reading %s", self.source.section)
            self._ended.put((self._section(Reading.UNREADABLE), None))
        else:
            self._ended.put((self._section(answer.reading), answer))

    def _section(self, reading: Reading) -> Section:
        millis = round((monotonic() - self._began) * 1000)
        return Section(self.source.section, reading, self.source.name, millis)
