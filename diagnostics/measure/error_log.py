"""hw.errlog: which hardware errors the system logged while the tests ran."""

import msgspec

from diagnostics.measure.run import NotPossible, Run
from station.checks import Measurement


def compare_errors(run: Run) -> None:
    """Count again, and note what came since the facts were read.

    A kind that was not counted both times is left out. A log that lost its oldest lines meanwhile
    may show fewer than before; nothing is known of what came then, so it is left out too.
    """
    before = msgspec.structs.asdict(run.machine.kernel_errors)
    after = msgspec.structs.asdict(run.surroundings.read_errors())
    grown = [
        Measurement(f"new_{kind}", count - before[kind])
        for kind, count in after.items()
        if count is not None and before[kind] is not None and count >= before[kind]
    ]
    if not grown:
        raise NotPossible("log_not_read")
    run.note(*grown)
