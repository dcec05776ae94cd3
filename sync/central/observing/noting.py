"""What is noted of one question while it is answered, for the log and the counts: no content."""

from dataclasses import dataclass, field

from sync.central.access.callers import Caller


@dataclass
class Noted:
    """Filled on the way; nobody's words, no token, no code."""

    request_id: str = ""
    question: str = "unknown"
    code: str | None = None  # of the problem it was answered with
    station: int | None = None
    chain: int | None = None
    program: str | None = None
    said: dict[str, int | str] = field(default_factory=dict)  # counts of what was done

    def by(self, caller: Caller) -> None:
        """Note who asks."""
        if caller.is_program:
            self.program = caller.name
        else:
            self.station, self.chain = caller.station, caller.number
