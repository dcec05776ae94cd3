"""What people ask by right of the law: answered within 2 working days, done within 15 days.

Luật 91/2025/QH15, Nghị định 356/2025/NĐ-CP.
"""

from enum import StrEnum

from msgspec import Struct


class RightsKind(StrEnum):
    """What is asked."""

    SEE = "see"
    CORRECT = "correct"
    WITHDRAW = "withdraw"  # the consent
    ERASE = "erase"
    OBJECT = "object"


class Asking(Struct, frozen=True, kw_only=True):
    """Who asks and what, as it lies sealed."""

    name: str
    phone: str = ""
    words: str = ""
    relation: str = ""


ANSWER_WORKING_DAYS, DONE_DAYS = 2, 15
