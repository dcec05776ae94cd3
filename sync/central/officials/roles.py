"""What each role may do at the service."""

from enum import StrEnum


class OfficialRole(StrEnum):
    """Who somebody is that signs in."""

    DEPARTMENT = "department"  # steers the programme
    EDUCATION = "education"  # approves pupils
    VIEWER = "viewer"  # sees figures and points, and nobody's data


EVERYBODY = frozenset(OfficialRole)
STEERING = frozenset({OfficialRole.DEPARTMENT})
APPROVING = frozenset({OfficialRole.EDUCATION})
WITH_CASES = STEERING | APPROVING
