"""A name for this PC under this account, which says nothing of either."""

import getpass
from functools import cache
from hashlib import sha256

from PySide6.QtCore import QSysInfo


@cache
def this_pc() -> str:
    """The same at every start, another one for each account; no host or account stands in it.

    PCs that were set up from one image share the machine's own number, and differ by their names.
    """
    machine = bytes(QSysInfo.machineUniqueId().data())
    host, account = QSysInfo.machineHostName().encode(), getpass.getuser().encode()
    return sha256(b"\0".join((machine, host, account))).hexdigest()[:16]
