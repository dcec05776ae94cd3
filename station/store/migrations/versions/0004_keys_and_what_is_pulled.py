"""Keys of chains, versions of people rows, what was sent, pulled, released and delegated.

All but the keys and the versions is folded from the log: opening a store of an older version fills
it by a replay.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables; rows that are there were never sent and are of their first version."""
    op.add_column("head", _told("delegated", sa.Boolean(), sa.false()))
    op.add_column("people", sa.Column("station", sa.Integer(), nullable=True))
    op.add_column("people", _told("version", sa.BigInteger(), "1"))
    op.add_column("people", _told("sent", sa.BigInteger(), "0"))
    op.add_column("attachment", sa.Column("size", sa.BigInteger(), nullable=True))
    op.add_column("attachment", _told("sent", sa.Boolean(), sa.false()))
    op.create_table(
        "chain_key",
        sa.Column("station", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("chain", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("public", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("grant", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("station", "chain"),
    )
    op.drop_table("task")
    op.create_table(
        "task",
        sa.Column("event", sa.LargeBinary(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=True),
        sa.Column("other", sa.LargeBinary(), nullable=True),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("event"),
    )
    _create_what_is_pulled()
    _create_what_goes_out()


def _told(name: str, kind: Any, old: Any) -> sa.Column[Any]:
    """A column that is never NULL, and what it says of rows that are there already."""
    return sa.Column(name, kind, nullable=False, server_default=old)


def _create_what_is_pulled() -> None:
    op.create_table(
        "document",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("kind", "id"),
    )
    op.create_table(
        "pulled",
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("feed"),
    )


def _create_what_goes_out() -> None:
    op.create_table(
        "named",
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", "digest"),
    )
    op.create_table(
        "released",
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("use", sa.Text(), nullable=False),
        sa.Column("media", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("hash"),
    )
    op.create_table(
        "delegation",
        sa.Column("station", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("chain", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("expires_s", sa.BigInteger(), nullable=False),
        sa.Column("ended", sa.Text(), nullable=True),
        sa.Column("about", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("station", "chain"),
    )


def downgrade() -> None:
    """Drop them, the keys too."""
    for table in ("delegation", "released", "named", "pulled", "document", "task", "chain_key"):
        op.drop_table(table)
    op.create_table(
        "task",
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("position"),
    )
    for table, names in (
        ("attachment", ("sent", "size")),
        ("people", ("sent", "version", "station")),
        ("head", ("delegated",)),
    ):
        for name in names:
            op.drop_column(table, name)
