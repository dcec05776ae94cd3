"""Numbers of answers: given one after another by the whole service, in the order of commits.

The row of the count is locked until its transaction commits, so it is taken late: behind a chain
and the states of its subjects, before feeds.
"""

from sqlalchemy import Connection, update

from sync.central import tables as t


def take(connection: Connection, count: int) -> int:
    """Take so many numbers; the one before the first of them."""
    counted = (
        update(t.verdict_count)
        .where(t.verdict_count.c.id == t.COUNTED)
        .values(number=t.verdict_count.c.number + count)
        .returning(t.verdict_count.c.number)
    )
    return int(connection.execute(counted).scalar_one()) - count
