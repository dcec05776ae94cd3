"""A name for this PC under this account, which says nothing of either."""

import getpass
from functools import cache
from hashlib import sha256

from PySide6.QtCore import QSysInfo


@cache
def this_pc() -> str:
    """The same at every start, another one for each account; no host or account stands in it."""
    machine = bytes(QSysInfo.machineUniqueId().data()) or QSysInfo.machineHostName().encode()
    return sha256(machine + b"\0" + getpass.getuser().encode()).hexdigest()[:16]
