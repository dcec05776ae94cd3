"""What donors announced, whom to ring, and what a page held when the power went.

Offers and calls are folded from the log: opening a store of an older version fills them by a
replay.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables and the column of devices."""
    op.add_column("device", sa.Column("call_due", sa.Date(), nullable=True))
    op.create_index("device_call", "device", ["call_due"])
    op.create_index("device_glance", "device", ["stage", "known", "kind", "hold", "since"])
    op.create_table(
        "offer",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=True),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("call_due", sa.Date(), nullable=True),
        sa.Column("state", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_index("offer_open", "offer", ["open", "due"])
    op.create_table(
        "draft",
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("place"),
    )


def downgrade() -> None:
    """Drop them; what was not committed is lost."""
    op.drop_table("draft")
    op.drop_table("offer")
    op.drop_index("device_glance", "device")
    op.drop_index("device_call", "device")
    op.drop_column("device", "call_due")
