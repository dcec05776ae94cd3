"""Tables of the ledger: events, what the rules remember, feeds, people and files, who may speak."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
)

from sync.central.tables.base import metadata

# ---- the ledger ----

# the last event of each chain; locking the row is the right to append
chain = Table(
    "chain",
    metadata,
    Column("station", Integer, primary_key=True, autoincrement=False),
    Column("chain", BigInteger, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("signature", LargeBinary),  # of the head
    Column("key", LargeBinary),  # NULL: nobody enrolled it
    Column("granted_s", BigInteger),
    Column("old_chain", BigInteger),  # the chain of the same point it goes on from
    Column("delegated", Boolean, nullable=False),  # a laptop's, believed by a chain's word
    Column("revoked", Text),  # the reason
    Column("revoked_seq", BigInteger),  # what it said up to here stays
    Column("heard_s", BigInteger),  # when it was let in last
)

# no unique hash: a hash covers chain and seq, which are the key
event = Table(
    "event",
    metadata,
    Column("station", Integer, primary_key=True, autoincrement=False),
    Column("chain", BigInteger, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("subject", Text, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("header", LargeBinary, nullable=False),  # core, prev and data hash
    Column("salt", LargeBinary),  # NULL: withheld or purged
    Column("data", LargeBinary),
    Column("outcome", Text, nullable=False),  # the first answer, and that of every repeat
    Column("number", BigInteger, nullable=False),
    Column("rule", Text),
    Column("other", LargeBinary, nullable=False),
    Index("event_subject", "subject", "station", "chain", "seq"),
)

# every head that was ever signed: the proof that a point said this
signed_head = Table(
    "signed_head",
    metadata,
    Column("station", Integer, primary_key=True, autoincrement=False),
    Column("chain", BigInteger, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("hash", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
)

# the last verdict's number; one row, locked while verdicts are given, so that numbers are
# given without gaps in the order in which they commit
COUNTED = 1
verdict_count = Table(
    "verdict_count",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("number", BigInteger, nullable=False),
)

# ---- what the rules need to know; folded from events by `sync.central.judging.rules` ----

# a device's places and set, and a case's devices: one packed state a code
subject = Table(
    "subject",
    metadata,
    Column("code", Text, primary_key=True),
    Column("state", LargeBinary, nullable=False),
)

# which points get the events of a device beside the one that writes them
follower = Table(
    "follower",
    metadata,
    Column("code", Text, primary_key=True),
    Column("station", Integer, primary_key=True, autoincrement=False),
)

# a void claim or a disputed fact that nobody settled yet
dispute = Table(
    "dispute",
    metadata,
    Column("station", Integer, primary_key=True, autoincrement=False),
    Column("event", LargeBinary, primary_key=True),
    Column("chain", BigInteger, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Column("other", LargeBinary, nullable=False),
    Column("other_station", Integer),
    Column("decision", Text),
    Column("settled", Text),  # by the point; NULL: open
    Index("dispute_subject", "subject"),
    Index("dispute_open", "settled", "station", "event"),
)

# ---- what points pull ----

EVERY_POINT = 0  # the station of the feed that every point reads

# the last position of each feed; locking the row is the right to put something behind it
feed = Table(
    "feed",
    metadata,
    Column("station", Integer, primary_key=True, autoincrement=False),
    Column("position", BigInteger, nullable=False),
    Column("people_position", BigInteger, nullable=False),
)

feed_item = Table(
    "feed_item",
    metadata,
    Column("station", Integer, primary_key=True, autoincrement=False),
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),  # wire.PullKind
    Column("body", LargeBinary),  # NULL for an event, which is named by the next three
    Column("of_station", Integer),
    Column("of_chain", BigInteger),
    Column("of_seq", BigInteger),
)

# the newest version of each published document; station 0 is for every point
document = Table(
    "document",
    metadata,
    Column("station", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("body", LargeBinary),  # NULL: taken back
    Index("document_name", "kind", "id"),  # an offer or case, wherever it was given
)

# ---- people and files ----

person = Table(
    "person",
    metadata,
    Column("station", Integer, primary_key=True, autoincrement=False),  # whose row it is
    Column("id", LargeBinary, primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("sealed", LargeBinary),  # under the service's key; NULL once purged
    Column("digest", LargeBinary),  # what the events' Ref says of it
    Index("person_id", "id"),
)

# which point got or will get a row, and where in its people feed it stands
person_sent = Table(
    "person_sent",
    metadata,
    Column("station", Integer, primary_key=True, autoincrement=False),  # who gets it
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("of_station", Integer, nullable=False),
    Column("id", LargeBinary, nullable=False),
    Column("by_event", Boolean, nullable=False),  # an event names it for this point, for good
    Column("ended", Boolean, nullable=False),  # nothing names it for this point any more
    Index("person_sent_row", "of_station", "id", "station"),
    Index("person_sent_id", "station", "id", unique=True),
)

# files: first what a point said about one (released, or a scan), then its bytes
attachment = Table(
    "attachment",
    metadata,
    Column("station", Integer, primary_key=True, autoincrement=False),
    Column("hash", LargeBinary, primary_key=True),
    Column("size", BigInteger),
    Column("held", BigInteger, nullable=False),
    Column("complete", Boolean, nullable=False),
    Column("personal", Boolean, nullable=False),  # a scan: on the people channel only
    Column("purged", Boolean, nullable=False),
    Column("subject", Text, nullable=False),
    Column("by_chain", BigInteger, nullable=False),  # the event that let it go
    Column("by_seq", BigInteger, nullable=False),
    Column("source", Integer),  # the point whose upload the bytes are; NULL: its own
    Index("attachment_hash", "hash"),
)

attachment_chunk = Table(
    "attachment_chunk",
    metadata,
    Column("station", Integer, primary_key=True, autoincrement=False),
    Column("hash", LargeBinary, primary_key=True),
    Column("offset", BigInteger, primary_key=True, autoincrement=False),
    Column("sealed", LargeBinary, nullable=False),  # under the service's key
)

# ---- who may speak ----

enrolment_code = Table(
    "enrolment_code",
    metadata,
    Column("station", Integer, primary_key=True, autoincrement=False),
    Column("code_hash", LargeBinary, primary_key=True),
    Column("expires_s", BigInteger, nullable=False),
    Column("used_by", BigInteger),  # the chain
    Index("enrolment_code_hash", "code_hash"),
)

# challenges that were answered: none is good twice
used_challenge = Table(
    "used_challenge",
    metadata,
    Column("station", Integer, primary_key=True, autoincrement=False),
    Column("challenge_hash", LargeBinary, primary_key=True),
    Column("expires_s", BigInteger, nullable=False),
)

# tokens of the Department's programs; points get theirs by a session, which nobody stores
token = Table(
    "token",
    metadata,
    Column("station", Integer, primary_key=True, autoincrement=False),  # 0: not a point's
    Column("token_hash", LargeBinary, primary_key=True),
    Column("name", Text, nullable=False),
    Column("scopes", Text, nullable=False),  # separated by spaces
    Column("expires_s", BigInteger, nullable=False),
    Column("revoked", Boolean, nullable=False),
)

# the service's own secrets, sealed under the key it is started with
service_secret = Table(
    "service_secret",
    metadata,
    Column("name", Text, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
)
