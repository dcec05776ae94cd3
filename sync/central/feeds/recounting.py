"""Saying that something changed by which devices were counted, where it changes."""

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from sync.central import tables as t


def case_changed(connection: Connection, case: str) -> None:
    """What is known of a case changed: the devices given to it are counted anew."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    made = dialect.insert(t.to_count).values(code=case)
    # an update, not nothing: whoever counts meanwhile leaves the row alone until this commits
    again = {"code": made.excluded.code}
    connection.execute(made.on_conflict_do_update(index_elements=["code"], set_=again))
