"""Who acts: an operator with a role, and what each role may do."""

from enum import StrEnum

from msgspec import Struct

from station.refusals import NotYourRole


class Role(StrEnum):
    """What a person answers for at the point."""

    INTAKE = "intake"
    BENCH = "bench"
    HANDOVER = "handover"
    LEAD = "lead"


class Operator(Struct, frozen=True):
    """A signed-in person, by opaque id; the name is a row of the people store."""

    id: str
    role: Role

    def require(self, *roles: Role) -> None:
        """Raise NotYourRole unless one of these roles, or the lead, acts."""
        if self.role is not Role.LEAD and self.role not in roles:
            raise NotYourRole(self.role, (*roles, Role.LEAD))
