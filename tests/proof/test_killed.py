"""The power goes a hundred times while people work."""

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from tests.station import busy_day
from tests.station.conftest import new_store

KILLS = 100


@pytest.mark.proof
def test_a_hundred_kills_lose_nothing(
    database: str,
    tmp_path: Path,
    record_figure: Callable[[str, float, str, float | None], None],
) -> None:
    new_store(database).close()
    acknowledged = tmp_path / "acknowledged"
    chance = Random(2021)  # noqa: S311 -- a moment to kill at, no secret

    def kill_and_look() -> busy_day.Survived:
        busy_day.kill_in_the_middle(database, acknowledged, chance)
        return busy_day.survived(database, acknowledged)

    kills = [kill_and_look() for _ in range(KILLS)]

    lost = max(after.lost for after in kills)
    engine = database.partition(":")[0].partition("+")[0]
    record_figure(f"{engine}: kill -9 during use cases", len(kills), "kills", None)
    record_figure(f"{engine}: acknowledged events", kills[-1].acknowledged, "events", None)
    record_figure(f"{engine}: acknowledged events lost", lost, "events", 0)
    assert lost == 0
