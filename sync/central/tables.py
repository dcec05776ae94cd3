"""The service's tables. Every key begins with what the rows can be spread by: chain or code."""

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, MetaData, Table, Text

metadata = MetaData()

# the last event of each chain; locking the row is the right to append
chain = Table(
    "chain",
    metadata,
    Column("station", Integer, primary_key=True, autoincrement=False),
    Column("chain", BigInteger, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, nullable=False),
    Column("hash", LargeBinary, nullable=False),
)

# no unique hash: a hash covers chain and seq, which are the key
event = Table(
    "event",
    metadata,
    Column("station", Integer, primary_key=True, autoincrement=False),
    Column("chain", BigInteger, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("hash", LargeBinary, nullable=False),
    Column("header", LargeBinary, nullable=False),  # core, prev and data hash
    Column("salt", LargeBinary),  # NULL: withheld or purged
    Column("data", LargeBinary),
    Column("outcome", Text, nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("rule", Text),
    Column("other", LargeBinary, nullable=False),
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

# accepted reservations that still hold
reservation = Table(
    "reservation",
    metadata,
    Column("case", Text, primary_key=True),
    Column("device", Text, primary_key=True),
    Column("station", Integer, nullable=False),
    Column("chain", BigInteger, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Index("reservation_device", "device"),
)
