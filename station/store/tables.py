"""The tables. `log`, `people` and `attachment` are the truth; `head` locks; the rest is folded.

`chain_key` holds what a chain is signed with, sealed.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

_Position = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers only INTEGER keys itself

# own events, foreign events, verdicts and pulled documents, in the order they arrived here; a row
# `cursor` says up to where both feeds of the service were read
log = Table(
    "log",
    metadata,
    Column("position", _Position, primary_key=True),
    Column("source", Text, nullable=False),  # own, foreign, verdict, document, cursor
    Column("subject", Text, nullable=False),
    Column("station", Integer),  # the chain's, of an event
    Column("chain", BigInteger),
    Column("seq", BigInteger),
    Column("hash", LargeBinary),
    Column("header", LargeBinary),
    Column("salt", LargeBinary),  # NULL: withheld or purged
    Column("data", LargeBinary),
    UniqueConstraint("station", "chain", "seq", name="log_chain_seq"),
    UniqueConstraint("hash", name="log_hash"),
    Index("log_subject", "subject", "position"),
)

# the last event of each chain this store wrote; the row with id CURRENT is the chain it writes now,
# and locking that row is the right to append
CURRENT = 1
head = Table(
    "head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("station", Integer, nullable=False),
    Column("chain", BigInteger, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("delegated", Boolean, nullable=False),  # a laptop wrote it, and brought it home
)

# the keys of own chains, a laptop's included, and the service's signed word for each
chain_key = Table(
    "chain_key",
    metadata,
    Column("station", Integer, primary_key=True, autoincrement=False),
    Column("chain", BigInteger, primary_key=True, autoincrement=False),
    Column("public", LargeBinary, nullable=False),
    Column("sealed", LargeBinary, nullable=False),  # the private key
    Column("grant", LargeBinary),  # msgpack of signing.ChainGrant; NULL: not enrolled
)

# persons and typed words; `sealed` holds salt and content encrypted, NULL once purged
people = Table(
    "people",
    metadata,
    Column("number", _Position, primary_key=True),
    Column("id", LargeBinary, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("sealed", LargeBinary),
    Column("station", Integer),  # whose row it is; NULL: this point's
    Column("version", BigInteger, nullable=False),  # from 1
    Column("sent", BigInteger, nullable=False),  # the version the service confirmed; 0: none
    Index("people_kind", "kind", "number"),
)

# scans of signed papers; `sealed` is NULL once purged. Its own digest finds damage without the key
attachment = Table(
    "attachment",
    metadata,
    Column("hash", LargeBinary, primary_key=True),
    Column("sealed", LargeBinary),
    Column("sealed_hash", LargeBinary),
    Column("size", BigInteger),  # of the bytes themselves; NULL: written by an older version
    Column("sent", Boolean, nullable=False),  # the service has it whole
)

draft = Table(  # what a page holds that nobody committed yet; `sealed` has names in it
    "draft",
    metadata,
    Column("place", Text, primary_key=True),  # PC and page
    Column("sealed", LargeBinary, nullable=False),
)

meta = Table(
    "meta",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", LargeBinary, nullable=False),
)
STORE_ID = "store_id"  # the note that tells one store from another

# ---- folded from the log, rebuilt byte-equal by replay ----

mention = Table(  # events that concern a code other than their subject
    "mention",
    metadata,
    Column("code", Text, primary_key=True),
    Column("position", BigInteger, primary_key=True),
)

device = Table(
    "device",
    metadata,
    Column("code", Text, primary_key=True),
    Column("position", BigInteger, unique=True),  # where it became known; NULL: not yet
    Column("known", Boolean, nullable=False),
    Column("kind", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("hold", Text),
    Column("grade", Text),
    Column("lot", Text),
    Column("case", Text),
    Column("donor", LargeBinary),
    Column("serial_key", Text),  # folded serial, for the guard against doubles
    Column("received_on", Date),
    Column("since", Date),
    Column("unlabelled", BigInteger),  # its position while it is here and its label is to stick
    Column("shelf", Text),
    Column("call_due", Date),  # when its donor must be rung
    Column("search", Text, nullable=False),  # folded words of the row
    Column("state", LargeBinary, nullable=False),
    Index("device_stage", "stage", "position"),
    Index("device_waiting", "stage", "since", "position"),
    Index("device_search", "position", "search"),  # a search reads this index alone
    Index("device_serial", "serial_key"),
    Index("device_donor", "donor"),
    Index("device_unlabelled", "unlabelled"),
    Index("device_shelf", "shelf"),
    Index("device_call", "call_due"),
    Index("device_glance", "stage", "known", "kind", "hold", "since"),  # counts read this alone
)

case_file = Table(
    "case_file",
    metadata,
    Column("code", Text, primary_key=True),
    Column("position", BigInteger),
    Column("known", Boolean, nullable=False),
    Column("waiting", Boolean, nullable=False),
    Column("state", LargeBinary, nullable=False),
    Index("case_waiting", "waiting", "position"),
)

lot = Table(
    "lot",
    metadata,
    Column("code", Text, primary_key=True),
    Column("position", BigInteger),
    Column("state", LargeBinary, nullable=False),
)

parts = Table(
    "parts",
    metadata,
    Column("code", Text, primary_key=True),  # the item
    Column("position", BigInteger),
    Column("state", LargeBinary, nullable=False),
)

labelled = Table(  # chargers, loose parts, shelves
    "labelled",
    metadata,
    Column("code", Text, primary_key=True),
    Column("position", BigInteger),
    Column("device", Text),  # whose it is
    Column("shelf", Boolean, nullable=False),
    Column("state", LargeBinary, nullable=False),
    Index("labelled_device", "device"),
    Index("labelled_shelf", "shelf", "position"),
)

offer = Table(  # what donors announced
    "offer",
    metadata,
    Column("code", Text, primary_key=True),
    Column("position", BigInteger),
    Column("open", Boolean, nullable=False),  # something is still expected
    Column("due", Date),
    Column("call_due", Date),
    Column("state", LargeBinary, nullable=False),
    Index("offer_open", "open", "due"),
)

paper = Table(
    "paper",
    metadata,
    Column("code", Text, primary_key=True),
    Column("position", BigInteger, unique=True),  # of the event that made it, as in `mention`
    Column("unsigned", Boolean, nullable=False),  # it must come back signed, and did not
    Column("state", LargeBinary, nullable=False),
    Index("paper_unsigned", "unsigned", "position"),
)

code_range = Table(  # codes of this point that were set aside to be printed before they are used
    "code_range",
    metadata,
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("lowest", Text, nullable=False),  # the codes with these numbers
    Column("highest", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("day", Date, nullable=False),
)

counter = Table(  # the highest number seen in codes of this point
    "counter",
    metadata,
    Column("name", Text, primary_key=True),  # kind of code
    Column("value", BigInteger, nullable=False),
)

verdict = Table(
    "verdict",
    metadata,
    Column("station", Integer, primary_key=True),
    Column("chain", BigInteger, primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("outcome", Text, nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("rule", Text),
    Column("other", LargeBinary),
    Index("verdict_outcome", "outcome"),
)

task = Table(  # what a void claim or a disputed fact asks people to settle, until they did
    "task",
    metadata,
    Column("event", LargeBinary, primary_key=True),  # the event that is void or disputed
    Column("position", BigInteger, nullable=False),
    Column("subject", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("rule", Text),
    Column("other", LargeBinary),  # the event it contradicts
    Column("own", Boolean, nullable=False),  # this point's event; else another point's
    Column("decision", Text),  # what the Department decided
)

named = Table(  # people rows that events and documents name, and what each Ref says of its row
    "named",
    metadata,
    Column("id", LargeBinary, primary_key=True),
    Column("digest", LargeBinary, primary_key=True),
    Column("position", BigInteger, nullable=False),  # of the first that does
)

released = Table(  # files that may leave once their event is answered: let go by a person, or scans
    "released",
    metadata,
    Column("hash", LargeBinary, primary_key=True),
    Column("position", BigInteger, nullable=False),
    Column("subject", Text, nullable=False),
    Column("use", Text, nullable=False),  # photo, certificate, evidence, scan
    Column("media", Text, nullable=False),
)

document = Table(  # the newest version of each pulled document
    "document",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("body", LargeBinary),  # NULL: taken back; an older version must not come again
)

pulled = Table(  # how far each feed of the service was read
    "pulled",
    metadata,
    Column("feed", Text, primary_key=True),  # own, common
    Column("position", BigInteger, nullable=False),
)

delegation = Table(  # laptops that are out
    "delegation",
    metadata,
    Column("station", Integer, primary_key=True, autoincrement=False),
    Column("chain", BigInteger, primary_key=True, autoincrement=False),
    Column("position", BigInteger, nullable=False),
    Column("key", LargeBinary, nullable=False),
    Column("expires_s", BigInteger, nullable=False),
    Column("ended", Text),  # returned, revoked, expired
    Column("about", LargeBinary, nullable=False),  # msgpack of the codes
)

witness = Table(  # by which marks a device is known, so that a report finds it
    "witness",
    metadata,
    Column("mark", Text, primary_key=True),
    Column("device", Text, primary_key=True),
    Index("witness_device", "device"),
)

TRUTH = (log, head, chain_key, people, attachment, draft, meta)
PROJECTIONS = (
    mention,
    device,
    case_file,
    lot,
    parts,
    labelled,
    paper,
    offer,
    code_range,
    counter,
    verdict,
    task,
    witness,
    named,
    released,
    document,
    pulled,
    delegation,
)
