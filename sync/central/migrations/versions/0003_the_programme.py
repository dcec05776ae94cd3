"""Offers, applications, decisions, officials, and what events add up to.

Journeys and counts are folded from the events by the service itself, once it runs.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what is new; nothing that is there changes."""
    for make in (_coming_in, _steering, _telling, _officials, _counting):
        make()
    op.create_index("dispute_open", "dispute", ["settled", "station", "event"])


def _coming_in() -> None:
    """What donors and families register, and who agreed to what."""
    op.create_table(
        "offer",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("created_s", sa.BigInteger(), nullable=False),
        sa.Column("changed_s", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("wished_station", sa.Integer(), nullable=True),
        sa.Column("station", sa.Integer(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("donor_kind", sa.Text(), nullable=False),
        sa.Column("items", sa.LargeBinary(), nullable=False),
        sa.Column("devices", sa.Integer(), nullable=False),
        sa.Column("donor", sa.LargeBinary(), nullable=False),
        sa.Column("donor_digest", sa.LargeBinary(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("note_digest", sa.LargeBinary(), nullable=True),
        sa.Column("expected_on", sa.Date(), nullable=True),
        sa.Column("part", sa.Text(), nullable=True),
        sa.Column("chosen_case", sa.Text(), nullable=True),
        sa.Column("gift", sa.Text(), nullable=True),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=False),
        sa.Column("phone_key", sa.LargeBinary(), nullable=True),
        sa.Column("name_key", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_index("offer_case", "offer", ["chosen_case"])
    op.create_index("offer_gift", "offer", ["gift", "created_s", "code"])
    op.create_index("offer_name", "offer", ["name_key"])
    op.create_index("offer_phone", "offer", ["phone_key"])
    op.create_index("offer_state", "offer", ["state", "created_s", "code"])
    op.create_index("offer_station", "offer", ["station", "state", "created_s", "code"])
    op.create_table(
        "application",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("created_s", sa.BigInteger(), nullable=False),
        sa.Column("changed_s", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("school", sa.Text(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("wants", sa.Text(), nullable=True),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("pupil", sa.LargeBinary(), nullable=False),
        sa.Column("pupil_digest", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("number_key", sa.LargeBinary(), nullable=True),
        sa.Column("name_key", sa.LargeBinary(), nullable=True),
        sa.Column("pupil_key", sa.LargeBinary(), nullable=True),
        sa.Column("phone_key", sa.LargeBinary(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("merged_into", sa.Text(), nullable=True),
        sa.Column("station", sa.Integer(), nullable=True),
        sa.Column("allotted_s", sa.BigInteger(), nullable=True),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_index("application_allotment", "application", ["state", "school", "station"])
    op.create_index("application_decision", "application", ["decision"])
    op.create_index("application_merged", "application", ["merged_into"])
    op.create_index("application_name", "application", ["name_key"])
    op.create_index("application_number", "application", ["number_key"])
    op.create_index("application_phone", "application", ["phone_key"])
    op.create_index("application_pupil", "application", ["pupil_key"])
    op.create_index("application_school", "application", ["school", "state", "created_s", "code"])
    op.create_index("application_state", "application", ["state", "created_s", "code"])
    op.create_index("application_station", "application", ["station", "state", "created_s", "code"])
    op.create_index("application_unit", "application", ["unit", "state", "created_s", "code"])
    op.create_table(
        "consent",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("text_version", sa.Text(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("given_s", sa.BigInteger(), nullable=False),
        sa.Column("withdrawn_s", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("code", "purpose", "by"),
    )
    op.create_table(
        "likeness",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("other", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("official", sa.Text(), nullable=True),
        sa.Column("decided_s", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("code", "other"),
    )
    op.create_index("likeness_other", "likeness", ["other"])
    op.create_index("likeness_state", "likeness", ["state", "code"])
    op.create_table(
        "brought_list",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("official", sa.Text(), nullable=False),
        sa.Column("brought_s", sa.BigInteger(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("taken_s", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_index("brought_list_waiting", "brought_list", ["brought_s"])
    op.create_table(
        "answered_once",
        sa.Column("station", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("program", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("body_hash", sa.LargeBinary(), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=False),
        sa.Column("answered_s", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("station", "program", "key"),
    )
    op.create_index("answered_once_age", "answered_once", ["answered_s"])


def _steering() -> None:
    """Rules, quotas, and people's requests."""
    op.create_table(
        "unit_point",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("station", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_table(
        "quota",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("devices", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_table(
        "rights_request",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("do_by", sa.Date(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_index("rights_open", "rights_request", ["done_on", "do_by"])


def _telling() -> None:
    """What channels are told."""
    op.create_table(
        "notice",
        sa.Column("station", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("at_s", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("station", "position"),
    )
    op.create_index("notice_channel", "notice", ["channel", "position"])
    op.create_index("notice_code", "notice", ["code", "kind", "device"])
    op.create_table(
        "webhook",
        sa.Column("station", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("again_s", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("station", "channel"),
    )


def _officials() -> None:
    """Who signs in, and what they did."""
    op.create_table(
        "official",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("password", sa.Text(), nullable=False),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.Column("made_s", sa.BigInteger(), nullable=False),
        sa.Column("signed_in_s", sa.BigInteger(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("again_s", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_table(
        "web_session",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("official", sa.Text(), nullable=False),
        sa.Column("began_s", sa.BigInteger(), nullable=False),
        sa.Column("seen_s", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_index("web_session_official", "web_session", ["official"])
    op.create_table(
        "official_act",
        sa.Column("station", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at_s", sa.BigInteger(), nullable=False),
        sa.Column("official", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("station", "position"),
    )
    op.create_index("official_act_about", "official_act", ["about"])
    op.create_index("official_act_official", "official_act", ["official", "at_s"])


def _counting() -> None:
    """What events add up to, and what was told of it."""
    op.create_table(
        "counted_chain",
        sa.Column("station", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("chain", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("station", "chain"),
    )
    op.create_table(
        "to_count", sa.Column("code", sa.Text(), nullable=False), sa.PrimaryKeyConstraint("code")
    )
    op.create_table(
        "journey",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("state", sa.LargeBinary(), nullable=False),
        sa.Column("counts", sa.LargeBinary(), nullable=False),
        sa.Column("offer", sa.Text(), nullable=True),
        sa.Column("donor", sa.LargeBinary(), nullable=True),
        sa.Column("donor_of", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_index("journey_offer", "journey", ["offer"])
    op.create_table(
        "counted_case",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", "device"),
    )
    op.create_index("counted_case_device", "counted_case", ["device"])
    op.create_table(
        "tally",
        sa.Column("station", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("donor_kind", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("school", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("devices", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "station", "day", "measure", "kind", "donor_kind", "unit", "school", "level"
        ),
    )
    op.create_index("tally_day", "tally", ["day"])
    op.create_table(
        "closed_period",
        sa.Column("station", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("closed_s", sa.BigInteger(), nullable=False),
        sa.Column("official", sa.Text(), nullable=False),
        sa.Column("cells", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("station", "kind", "first"),
    )
    op.create_table(
        "shown",
        sa.Column("station", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("made_s", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("station", "name"),
    )
