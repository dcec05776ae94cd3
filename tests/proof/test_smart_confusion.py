"""Our verdicts on the corpus' disks beside two other programs'."""

from collections.abc import Callable

import pytest

from scripts.smart_confusion import confusion, passed_against
from tests.diagnostics import corpus


@pytest.mark.proof
@pytest.mark.skipif(not corpus.is_there(), reason="no corpus beside the checkout")
def test_no_disk_passes_that_another_program_fails(
    record_figure: Callable[[str, float, str, float | None], None],
) -> None:
    tables = confusion(corpus.FOLDER)

    for peer, table in tables.items():
        for (theirs, ours), disks in sorted(table.items()):
            record_figure(f"{peer} says {theirs}, we say {ours}", disks, "disks", None)
        record_figure(f"{peer} fails, we pass", passed_against(table), "disks", 0)
        assert passed_against(table) == 0
