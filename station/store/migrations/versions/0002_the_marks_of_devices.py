"""The marks that a device is known by, so that a report of diagnostics finds it.

The table is a fold of the log: opening a store of the older version fills it by a replay.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "witness",
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("mark", "device"),
    )
    op.create_index("witness_device", "witness", ["device"], unique=False)


def downgrade() -> None:
    """Drop it."""
    op.drop_table("witness")
