"""Bytes into a CUPS queue, and what became of them there.

A job is left held, its number is noted, and only then it may print: whoever dies in between leaves
nothing that comes out by itself. `lp` and `cancel` act, because they know how to prove who we are;
CUPS is asked in its own protocol.
"""

import time
from collections.abc import Callable, Sequence
from typing import Final
from urllib.parse import quote

from labels.transport import MaybePrinted, NothingSent, Readiness, Reason, StillWaiting, ipp
from labels.transport.cups_reasons import reason_in, reason_of
from labels.transport.programs import Ended, ProgramMissing, ProgramTimedOut, run

_HELD: Final = "held:"  # a ticket whose job was not yet let go
_ON_HOLD, _CANCELLED, _ABORTED, _COMPLETED = 4, 7, 8, 9  # job-state
_STOPPED: Final = 5  # printer-state
_PROGRAM_S: Final = 15.0
_ANSWER_S: Final = 5.0
_LOOK_EVERY_S: Final = 0.25
_JOB: Final = ("job-state", "job-state-reasons", "job-printer-state-message", "time-at-processing")
_QUEUE: Final = (
    "printer-state",
    "printer-state-reasons",
    "printer-state-message",
    "printer-is-accepting-jobs",
)


class Cups:
    """One queue. `options` are those of `lp -o`; raw by default."""

    def __init__(
        self, queue: str, options: Sequence[str] = ("raw",), patience_s: float = 5.0
    ) -> None:
        self._queue, self._options, self._patience_s = queue, tuple(options), patience_s
        self._server = ""

    def ask(self) -> Readiness:
        """What CUPS knows of the printer: silence is no readiness."""
        try:
            self._require_queue()
            reason, _said = self._trouble()
        except NothingSent as refusal:
            return Readiness(ready=False, reason=refusal.reason)
        return Readiness(ready=False if reason else None, reason=reason)

    def send(self, payload: bytes, title: str) -> None:
        """Send one page without keeping its ticket."""
        self.hand_over(payload, title, lambda _ticket: None)

    def hand_over(self, payload: bytes, title: str, note: Callable[[str], None]) -> None:
        """Leave it held, note the job, let it go, follow it."""
        self._require_queue()
        job = self._submit(payload, title)
        note(_HELD + job)
        self._let_go(job)
        note(job)
        self.follow(job)

    def follow(self, ticket: str) -> None:
        """Wait until the job left the queue, or our patience is at its end."""
        if ticket.startswith(_HELD):
            ticket = ticket.removeprefix(_HELD)
            self._let_go(ticket)
        until = time.monotonic() + self._patience_s
        while True:
            try:
                state = self._job(ticket)
                if state is None or _left(state):
                    return _end(ticket, state)
                left = until - time.monotonic()
                if left <= 0:
                    raise self._waiting(ticket, state)
            except NothingSent as silence:
                raise StillWaiting(silence.reason, silence.detail) from silence
            time.sleep(min(_LOOK_EVERY_S, left))

    def take_back(self, ticket: str) -> bool:
        """Cancel the job. Nothing came out for sure only if CUPS never began it."""
        job = ticket.removeprefix(_HELD)
        before = self._job(job)
        self._act("cancel", job)
        state = self._job(job)
        if state is None:  # a CUPS that keeps no history forgets at once
            return before is not None and _state(before) == _ON_HOLD and _untouched(before)
        if not _left(state):
            raise NothingSent(Reason.OTHER, f"{job} cannot be cancelled")
        return _state(state) == _CANCELLED and _untouched(state)

    def _require_queue(self) -> None:
        if self._what_it_says().get("printer-is-accepting-jobs") == (0,):
            raise NothingSent(Reason.REFUSED, f"{self._queue} takes no jobs")

    def _submit(self, payload: bytes, title: str) -> str:
        options = [word for option in self._options for word in ("-o", option)]
        ended = self._act(
            "lp", "-d", self._queue, *options, "-t", title, "-H", "hold", "-", given=payload
        )
        words = ended.said.split()
        if ended.status or words[:3] != ["request", "id", "is"]:
            raise NothingSent(Reason.REFUSED, ended.complaint or ended.said)
        return words[3]

    def _let_go(self, job: str) -> None:
        """One that is gone or let go already is followed as it is."""
        try:
            self._act("lp", "-i", job, "-H", "resume")
        except NothingSent as silence:
            raise StillWaiting(silence.reason, silence.detail) from silence

    def _act(self, *command: str, given: bytes = b"") -> Ended:
        try:
            return run(command, _PROGRAM_S, given)
        except ProgramMissing as error:
            raise NothingSent(Reason.NOT_HERE, str(error)) from error
        except ProgramTimedOut as error:
            raise NothingSent(Reason.TIMED_OUT, str(error)) from error

    def _job(self, job: str) -> ipp.Attributes | None:
        """What CUPS knows of a job; None: nothing any more."""
        try:
            return self._ask(ipp.GET_JOB, f"jobs/{job.rpartition('-')[2]}", _JOB)
        except ipp.Refused as refusal:
            if refusal.status == ipp.NOT_FOUND:
                return None
            raise NothingSent(Reason.OTHER, f"{job}: {refusal}") from refusal

    def _trouble(self) -> tuple[Reason | None, str]:
        """What keeps the printer from printing, as CUPS was told."""
        queue = self._what_it_says()
        said = _words(queue, "printer-state-message")
        reason = reason_of(_words(queue, "printer-state-reasons").split())
        if reason is None and queue.get("printer-state") == (_STOPPED,):
            reason = Reason.PAUSED
        return reason, said

    def _what_it_says(self) -> ipp.Attributes:
        try:
            return self._ask(ipp.GET_PRINTER, f"printers/{quote(self._queue, safe='')}", _QUEUE)
        except ipp.Refused as refusal:
            raise NothingSent(Reason.REFUSED, f"{self._queue}: {refusal}") from refusal

    def _waiting(self, job: str, state: ipp.Attributes) -> StillWaiting:
        reason, said = self._trouble()
        if _state(state) == _ON_HOLD:
            return StillWaiting(Reason.PAUSED, f"{job} is held")
        detail = _words(state, "job-printer-state-message") or said
        return StillWaiting(reason or reason_in(detail) or Reason.BUSY, f"{job}: {detail}")

    def _ask(self, operation: int, about: str, wanted: Sequence[str]) -> ipp.Attributes:
        self._server = self._server or self._act("lpstat", "-H").said
        try:
            return ipp.ask(self._server, operation, f"ipp://localhost/{about}", wanted, _ANSWER_S)
        except ipp.NoAnswer as silence:
            raise NothingSent(Reason.UNREACHABLE, f"CUPS: {silence}") from silence


def _state(job: ipp.Attributes) -> object:
    return job.get("job-state", (None,))[0]


def _left(job: ipp.Attributes) -> bool:
    return _state(job) in {_CANCELLED, _ABORTED, _COMPLETED}


def _untouched(job: ipp.Attributes) -> bool:
    """Whether CUPS never began it."""
    return not job.get("time-at-processing")


def _words(attributes: ipp.Attributes, name: str) -> str:
    return " ".join(str(value) for value in attributes.get(name, ()))


def _end(job: str, state: ipp.Attributes | None) -> None:
    """Return if it was printed."""
    if state is None:
        raise MaybePrinted(Reason.OTHER, f"CUPS no longer knows {job}")
    said = f"{job}: {_words(state, 'job-printer-state-message')}"
    if _state(state) == _CANCELLED:
        raise MaybePrinted(Reason.CANCELLED, said)
    if _state(state) == _ABORTED:
        raise MaybePrinted(Reason.BROKEN_OFF, said)
