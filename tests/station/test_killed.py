"""The power goes while people work."""

from pathlib import Path
from random import Random

from tests.station import busy_day
from tests.station.conftest import new_store


def test_what_was_acknowledged_survives_a_kill(database: str, tmp_path: Path) -> None:
    new_store(database).close()
    acknowledged = tmp_path / "acknowledged"
    chance = Random(1)  # noqa: S311 -- a moment to kill at, no secret

    for _ in range(5):
        busy_day.kill_in_the_middle(database, acknowledged, chance)

    after = busy_day.survived(database, acknowledged)
    assert after.acknowledged > 0
    assert after.lost == 0
