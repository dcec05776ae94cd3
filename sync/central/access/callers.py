"""Who asks: a chain in its session, or a program of the Department with its token."""

from msgspec import Struct

from sync.central.problems import refused
from sync.wire import DEPARTMENT, Scope


class Caller(Struct, frozen=True):
    """Whoever holds a token that is good now, and what it lets them do."""

    station: int  # DEPARTMENT: a program of the Department
    number: int  # the chain; 0: a program
    scopes: frozenset[str]
    people_key: bytes | None = None  # what people rows of this session are sealed with
    name: str = ""  # of a program

    @property
    def is_program(self) -> bool:
        """Whether no point but a program of the Department asks."""
        return self.station == DEPARTMENT

    def require(self, *scopes: Scope) -> None:
        """One of these scopes must be the caller's; raises Refused."""
        if not self.scopes.intersection(scopes):
            raise refused("wrong_scope")

    def require_station(self, station: int) -> None:
        """A point asks about what is its own; raises Refused."""
        if self.station != station:
            raise refused("wrong_scope")
