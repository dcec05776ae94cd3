"""The rule by unit: which point an official named for a commune, over what the list says."""

from sqlalchemy import Engine, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from sync.central import tables as t
from sync.central.database import reading, writing
from sync.central.officials.acts import Act
from sync.central.programme.deciding import By, note


def rules(engine: Engine) -> dict[str, int]:
    """The point of each commune for which somebody said one."""
    table = t.unit_point.c
    with reading(engine) as connection:
        return {
            row.code: row.station for row in connection.execute(select(table.code, table.station))
        }


def set_rule(engine: Engine, unit: str, station: int | None, by: By) -> None:
    """Say which point is nearest to a commune; None: what the list says counts again."""
    table = t.unit_point
    with writing(engine) as connection:
        if station is None:
            connection.execute(delete(table).where(table.c.code == unit))
        else:
            dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
            made = dialect.insert(table).values(code=unit, station=station)
            changed = made.on_conflict_do_update(index_elements=["code"], set_={"station": station})
            connection.execute(changed)
        told = "list" if station is None else f"{station:03d}"
        note(connection, by, Act.RULE_SET, unit, told)
