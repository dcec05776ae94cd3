"""The door of the desktop app: what must be so before everything else is loaded."""

import gc
import sys


def main() -> int:
    """Load the app and run it."""
    gc.disable()  # nearly all that loading makes stays: looking for garbage was a tenth of a start
    from ui import app  # noqa: PLC0415 -- only now

    return app.main()


if __name__ == "__main__":
    sys.exit(main())
