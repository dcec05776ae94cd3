"""Keys of chains, what rules remember, disputes, feeds, people and files.

The reservations of 0001 are left out: the states of all subjects are folded anew from the events,
with the answers they got then.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from station import ledger
from sync.central import tables as t
from sync.central.keeping.refolding import refold

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

PAGE = 5_000  # events at a time


def upgrade() -> None:
    """Add what is new, fill in the subjects of the events, and fold what they say."""
    _widen_chains()
    op.add_column("event", sa.Column("subject", sa.Text(), nullable=False, server_default=""))
    op.create_index("event_subject", "event", ["subject", "station", "chain", "seq"])
    op.drop_index("reservation_device", "reservation")
    op.drop_table("reservation")
    for make in (_ledger, _rules, _feeds, _people, _speakers):
        make()
    _fill_subjects(op.get_bind())
    refold(op.get_bind())


def _widen_chains() -> None:
    no = sa.false()
    for column in (
        sa.Column("signature", sa.LargeBinary(), nullable=True),
        sa.Column("key", sa.LargeBinary(), nullable=True),
        sa.Column("granted_s", sa.BigInteger(), nullable=True),
        sa.Column("old_chain", sa.BigInteger(), nullable=True),
        sa.Column("delegated", sa.Boolean(), nullable=False, server_default=no),
        sa.Column("revoked", sa.Text(), nullable=True),
        sa.Column("revoked_seq", sa.BigInteger(), nullable=True),
        sa.Column("heard_s", sa.BigInteger(), nullable=True),
    ):
        op.add_column("chain", column)


def _fill_subjects(connection: sa.Connection) -> None:
    event = t.event.c
    of_event = event.number == sa.bindparam("_number")
    wanted = sa.select(event.number, event.header).order_by(event.number).limit(PAGE)
    last = 0
    while rows := connection.execute(wanted.where(event.number > last)).all():
        named = [{"_number": row.number, "subject": _subject(row.header)} for row in rows]
        connection.execute(sa.update(t.event).where(of_event), named)
        last = rows[-1].number


def _subject(header: bytes) -> str:
    return ledger.from_header_bytes(header, None, None).header.subject


def _station() -> "sa.Column[int]":
    return _key("station", sa.Integer())


def _key(name: str, kind: Any) -> "sa.Column[Any]":
    number = isinstance(kind, sa.Integer)
    return sa.Column(name, kind, autoincrement=False if number else "auto", nullable=False)


def _filled(name: str, kind: Any) -> "sa.Column[Any]":
    return sa.Column(name, kind, nullable=False)


def _open(name: str, kind: Any) -> "sa.Column[Any]":
    return sa.Column(name, kind, nullable=True)


def _table(name: str, *columns: "sa.Column[Any]", key: tuple[str, ...]) -> None:
    op.create_table(name, *columns, sa.PrimaryKeyConstraint(*key))


def _ledger() -> None:
    _table(
        "signed_head",
        _station(),
        _key("chain", sa.BigInteger()),
        _key("seq", sa.BigInteger()),
        _filled("hash", sa.LargeBinary()),
        _filled("signature", sa.LargeBinary()),
        key=("station", "chain", "seq"),
    )


def _rules() -> None:
    _table("subject", _key("code", sa.Text()), _filled("state", sa.LargeBinary()), key=("code",))
    _table("follower", _key("code", sa.Text()), _station(), key=("code", "station"))
    _table(
        "dispute",
        _station(),
        _key("event", sa.LargeBinary()),
        _filled("chain", sa.BigInteger()),
        _filled("seq", sa.BigInteger()),
        _filled("kind", sa.Text()),
        _filled("subject", sa.Text()),
        _filled("outcome", sa.Text()),
        _filled("rule", sa.Text()),
        _filled("other", sa.LargeBinary()),
        _open("other_station", sa.Integer()),
        _open("decision", sa.Text()),
        _open("settled", sa.Text()),
        key=("station", "event"),
    )
    op.create_index("dispute_subject", "dispute", ["subject"])


def _feeds() -> None:
    _table(
        "feed",
        _station(),
        _filled("position", sa.BigInteger()),
        _filled("people_position", sa.BigInteger()),
        key=("station",),
    )
    _table(
        "feed_item",
        _station(),
        _key("position", sa.BigInteger()),
        _filled("kind", sa.Text()),
        _open("body", sa.LargeBinary()),
        _open("of_station", sa.Integer()),
        _open("of_chain", sa.BigInteger()),
        _open("of_seq", sa.BigInteger()),
        key=("station", "position"),
    )
    _table(
        "document",
        _station(),
        _key("kind", sa.Text()),
        _key("id", sa.Text()),
        _filled("version", sa.BigInteger()),
        _open("body", sa.LargeBinary()),
        key=("station", "kind", "id"),
    )
    op.create_index("document_name", "document", ["kind", "id"])


def _people() -> None:
    _table(
        "person",
        _station(),
        _key("id", sa.LargeBinary()),
        _filled("version", sa.BigInteger()),
        _filled("kind", sa.Text()),
        _open("sealed", sa.LargeBinary()),
        _open("digest", sa.LargeBinary()),
        key=("station", "id"),
    )
    op.create_index("person_id", "person", ["id"])
    _table(
        "person_sent",
        _station(),
        _key("position", sa.BigInteger()),
        _filled("of_station", sa.Integer()),
        _filled("id", sa.LargeBinary()),
        _filled("by_event", sa.Boolean()),
        _filled("ended", sa.Boolean()),
        key=("station", "position"),
    )
    op.create_index("person_sent_row", "person_sent", ["of_station", "id", "station"])
    op.create_index("person_sent_id", "person_sent", ["station", "id"], unique=True)
    _files()


def _files() -> None:
    _table(
        "attachment",
        _station(),
        _key("hash", sa.LargeBinary()),
        _open("size", sa.BigInteger()),
        _filled("held", sa.BigInteger()),
        _filled("complete", sa.Boolean()),
        _filled("personal", sa.Boolean()),
        _filled("purged", sa.Boolean()),
        _filled("subject", sa.Text()),
        _filled("by_chain", sa.BigInteger()),
        _filled("by_seq", sa.BigInteger()),
        _open("source", sa.Integer()),
        key=("station", "hash"),
    )
    op.create_index("attachment_hash", "attachment", ["hash"])
    _table(
        "attachment_chunk",
        _station(),
        _key("hash", sa.LargeBinary()),
        _key("offset", sa.BigInteger()),
        _filled("sealed", sa.LargeBinary()),
        key=("station", "hash", "offset"),
    )


def _speakers() -> None:
    _table(
        "enrolment_code",
        _station(),
        _key("code_hash", sa.LargeBinary()),
        _filled("expires_s", sa.BigInteger()),
        _open("used_by", sa.BigInteger()),
        key=("station", "code_hash"),
    )
    op.create_index("enrolment_code_hash", "enrolment_code", ["code_hash"])
    _table(
        "used_challenge",
        _station(),
        _key("challenge_hash", sa.LargeBinary()),
        _filled("expires_s", sa.BigInteger()),
        key=("station", "challenge_hash"),
    )
    _table(
        "token",
        _station(),
        _key("token_hash", sa.LargeBinary()),
        _filled("name", sa.Text()),
        _filled("scopes", sa.Text()),
        _filled("expires_s", sa.BigInteger()),
        _filled("revoked", sa.Boolean()),
        key=("station", "token_hash"),
    )
    _table(
        "service_secret",
        _key("name", sa.Text()),
        _filled("sealed", sa.LargeBinary()),
        key=("name",),
    )
