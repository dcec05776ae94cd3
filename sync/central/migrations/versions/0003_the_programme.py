"""Offers, applications, decisions, officials, and what events add up to.

Journeys and counts are folded from the events by the service itself, once it runs.
"""

from alembic import op

from sync.central import tables as t

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NEW = (
    t.offer, t.application, t.consent, t.likeness, t.brought_list, t.answered_once, t.unit_point,
    t.quota, t.rights_request, t.notice, t.webhook, t.official, t.web_session, t.official_act,
    t.counted_chain, t.to_count, t.journey, t.counted_case, t.tally, t.closed_period, t.shown,
)  # fmt: skip


def upgrade() -> None:
    """Add what is new; nothing that is there changes."""
    for table in NEW:
        table.create(op.get_bind())
