"""Things with labels, papers with codes, codes set aside, scans, and labels still to stick.

All but the scans is folded from the log: opening a store of an older version fills it by a replay.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables and the new columns of a device."""
    op.create_table(
        "attachment",
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("sealed_hash", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("hash"),
    )
    op.create_table(
        "labelled",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=True),
        sa.Column("device", sa.Text(), nullable=True),
        sa.Column("shelf", sa.Boolean(), nullable=False),
        sa.Column("state", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_index("labelled_device", "labelled", ["device"], unique=False)
    op.create_index("labelled_shelf", "labelled", ["shelf", "position"], unique=False)
    op.create_table(
        "paper",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
        sa.UniqueConstraint("position"),
    )
    op.create_table(
        "code_range",
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("lowest", sa.Text(), nullable=False),
        sa.Column("highest", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("position"),
    )
    op.add_column("device", sa.Column("unlabelled", sa.BigInteger(), nullable=True))
    op.add_column("device", sa.Column("shelf", sa.Text(), nullable=True))
    op.create_index("device_unlabelled", "device", ["unlabelled"], unique=False)
    op.create_index("device_shelf", "device", ["shelf"], unique=False)


def downgrade() -> None:
    """Drop them, the scans too."""
    op.drop_index("device_shelf", "device")
    op.drop_index("device_unlabelled", "device")
    op.drop_column("device", "shelf")
    op.drop_column("device", "unlabelled")
    for table in ("code_range", "paper", "labelled", "attachment"):
        op.drop_table(table)
