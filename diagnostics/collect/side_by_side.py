"""Learn a machine's facts: every section at the same time, none able to hold up another."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic

import msgspec

from diagnostics.assemble import assemble
from diagnostics.collect.source import Answer, Raw, Source
from diagnostics.collect.sources import sources_here
from diagnostics.endings import ReadingFailed
from station.machine import Machine, Reading, Section

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Collected:
    """A machine's facts, and the words of its tools that they were read from."""

    machine: Machine
    raw: tuple[Raw, ...]


def collect(sources: Sequence[Source] | None = None) -> Collected:
    """Read all sources side by side, each for as long as its own limit allows."""
    asked = [_Asked(source) for source in (sources_here() if sources is None else sources)]
    ended = [question.wait() for question in asked]
    answers = [answer for _, answer in ended if answer is not None]
    machine = assemble(answer.part for answer in answers)
    sections = tuple(section for sections, _ in ended for section in sections)
    raw = tuple(raw for answer in answers for raw in answer.raw)
    return Collected(msgspec.structs.replace(machine, sections=sections), raw)


Ended = tuple[tuple[Section, ...], Answer | None]


class _Asked:
    """One source being read in a daemon thread, which neither we nor the exit wait for."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._began = monotonic()
        self._ended: SimpleQueue[Ended] = SimpleQueue()
        Thread(target=self._read, name=f"read {source.section}", daemon=True).start()

    def wait(self) -> Ended:
        """How it ended, once it has or its time is over."""
        left = self._began + self.source.limit_s - monotonic()
        try:
            return self._ended.get(timeout=max(0.0, left))
        except Empty:
            return self._sections(Reading.TIMED_OUT), None

    def _read(self) -> None:
        try:
            answer = self.source.read()
        except ReadingFailed as failed:
            _log.info("%s: %s: %s", self.source.section, failed.reading, failed)
            self._ended.put((self._sections(failed.reading), None))
        except Exception:  # our bug, or a library's: this section alone pays for it
            _log.exception("reading %s", self.source.section)
            self._ended.put((self._sections(Reading.UNREADABLE), None))
        else:
            self._ended.put((self._sections(answer.reading, answer.tool_version), answer))

    def _sections(self, reading: Reading, tool_version: str = "") -> tuple[Section, ...]:
        millis = round((monotonic() - self._began) * 1000)
        return tuple(
            Section(name, reading, self.source.name, millis, tool_version)
            for name in (self.source.section, *self.source.also)
        )
