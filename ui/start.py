"""The door of the desktop app: what must be so before everything else is loaded."""

import gc
import sys
from typing import Final

READS: Final = "_mod_uses_pyside"


def begin_loading() -> None:
    """Let what is imported from now on cost no more than it must; a tenth of a start each."""
    gc.disable()  # nearly all that loading makes stays: nobody looks for garbage in it
    leave_sources_unread()


def leave_sources_unread() -> None:
    """Keep PySide from reading the source of each module that is imported after it.

    It looks for `from __feature__ import`, which nobody here writes: one more file from the disk
    for each module, and 20 MB of lines that Python's linecache keeps for ever.
    """
    import PySide6.QtCore  # noqa: F401, PLC0415 -- it brings what is changed here

    feature = vars(sys.modules.get("shibokensupport.feature", object))
    if READS in feature:  # another PySide may do without
        feature[READS] = _uses_qt


def _uses_qt(_module: object) -> bool:
    """Without any `__feature__`, as PySide takes a module of which it knows nothing."""
    return True


def main() -> int:
    """Load the app and run it."""
    begin_loading()
    from ui import command  # noqa: PLC0415 -- only now

    return command.main()


if __name__ == "__main__":
    sys.exit(main())
