"""Who works at the invented point."""

from typing import Final

from station.operators import Operator, Role
from station.people import OperatorName

STATION: Final = 12
LEAD = OperatorName("op.1", "Phạm Thị Mai", Role.LEAD)
CLERK = OperatorName("op.2", "Lê Thị Lan", Role.INTAKE)
MINH = OperatorName("op.3", "Nguyễn Văn Minh", Role.BENCH)
GIVER = OperatorName("op.4", "Trần Ngọc Hoa", Role.HANDOVER)
KHANG = OperatorName("op.5", "Võ Gia Khang", Role.BENCH)
STAFF: Final = (LEAD, CLERK, MINH, GIVER, KHANG)


def acting(name: OperatorName) -> Operator:
    """Somebody at work."""
    return Operator(name.id, name.role)
