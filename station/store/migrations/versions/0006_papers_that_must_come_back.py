"""Which papers must come back with signatures and did not yet.

It is folded from the log: opening a store of an older version fills it by a replay.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the column; a replay says what stands in it."""
    op.add_column(
        "paper", sa.Column("unsigned", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.create_index("paper_unsigned", "paper", ["unsigned", "position"])


def downgrade() -> None:
    """Drop it."""
    op.drop_index("paper_unsigned", "paper")
    op.drop_column("paper", "unsigned")
