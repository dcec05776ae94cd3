"""A user without any right prints to a device file; says what came of it."""

import sys

from labels.transport import NothingSent
from labels.transport.usb import Usb
from tests.station.child import become_nobody

if __name__ == "__main__":
    become_nobody()
    try:
        Usb(sys.argv[1]).send(b"PRINT 1,1\r\n", "title")
        print("sent")  # noqa: T201
    except NothingSent as refusal:
        print(refusal.reason)  # noqa: T201
