"""Tables of the programme: what people ask, what officials decide, what events add up to.

As everywhere, each key begins with a code or a point; 0 stands for the Department, as for tokens.
A code may be that of an offer, case or device, of a commune or school, or a name nobody else has.
Whatever a person typed lies sealed: in rows of `person`, or in a `sealed` column here.
"""

from sqlalchemy import BigInteger, Boolean, Column, Date, Index, Integer, LargeBinary, Table, Text

from sync.central.tables.base import metadata

# ---- offers and applications ----

# what donors registered with the programme; once assigned it is a document for that point
offer = Table(
    "offer",
    metadata,
    Column("code", Text, primary_key=True),
    Column("created_s", BigInteger, nullable=False),
    Column("changed_s", BigInteger, nullable=False),
    Column("channel", Text, nullable=False),  # the program's name; "form": the service's own
    Column("state", Text, nullable=False),  # programme.offers.OfferState
    Column("form", Text, nullable=False),  # point: through one; direct: to a case that was chosen
    Column("place", Text, nullable=False),  # department, point, pick-up
    Column("wished_station", Integer),  # the point that the donor chose
    Column("station", Integer),  # that has it
    Column("unit", Text),  # where the donor lives
    Column("donor_kind", Text, nullable=False),
    Column("items", LargeBinary, nullable=False),  # tuple of events.OfferedItem
    Column("devices", Integer, nullable=False),  # how many they are
    Column("donor", LargeBinary, nullable=False),  # people row of the Department
    Column("donor_digest", LargeBinary, nullable=False),
    Column("note", LargeBinary),  # people row
    Column("note_digest", LargeBinary),
    Column("expected_on", Date),
    Column("part", Text),  # of that day
    Column("chosen_case", Text),  # of a direct gift
    Column("gift", Text),  # how that stands: programme.gifts.GiftState
    Column("secret_hash", LargeBinary, nullable=False),  # by which its donor asks how it stands
    Column("phone_key", LargeBinary),  # keyed hashes by which an official finds it
    Column("name_key", LargeBinary),
    Index("offer_state", "state", "created_s", "code"),
    Index("offer_station", "station", "state", "created_s", "code"),
    Index("offer_gift", "gift", "created_s", "code"),
    Index("offer_case", "chosen_case"),
    Index("offer_phone", "phone_key"),
    Index("offer_name", "name_key"),
)

# what families and teachers registered; approved and allotted it is a document for a point
application = Table(
    "application",
    metadata,
    Column("code", Text, primary_key=True),
    Column("created_s", BigInteger, nullable=False),
    Column("changed_s", BigInteger, nullable=False),
    Column("channel", Text, nullable=False),  # the program's name, "form" or "list"
    Column("state", Text, nullable=False),  # programme.applications.ApplicationState
    Column("level", Text, nullable=False),
    Column("school", Text),  # id of an organisation; NULL: not one of the list
    Column("unit", Text),  # commune
    Column("wants", Text),  # kind of device
    Column("relation", Text, nullable=False),  # of who registered it
    Column("pupil", LargeBinary, nullable=False),  # people row of the Department
    Column("pupil_digest", LargeBinary, nullable=False),
    Column("sealed", LargeBinary),  # programme.applications.Details; NULL once purged
    Column("number_key", LargeBinary),  # keyed hash of the personal number
    Column("name_key", LargeBinary),  # of name, birth date and school
    Column("pupil_key", LargeBinary),  # of the name alone, by which an official finds it
    Column("phone_key", LargeBinary),
    Column("decision", Text),  # number of the decision that approved it
    Column("decided_on", Date),
    Column("reason", Text),  # coded, of a refusal or withdrawal
    Column("merged_into", Text),  # the case of the same pupil that counts
    Column("station", Integer),  # to which it is allotted
    Column("allotted_s", BigInteger),
    Column("public", Boolean, nullable=False),  # may stand on the public list, as code and level
    Column("secret_hash", LargeBinary, nullable=False),
    Index("application_state", "state", "created_s", "code"),
    # lists stand in the order of their index, and are counted without their rows
    Index("application_school", "school", "state", "created_s", "code"),
    Index("application_unit", "unit", "state", "created_s", "code"),
    Index("application_station", "station", "state", "created_s", "code"),
    Index("application_allotment", "state", "school", "station"),
    Index("application_number", "number_key"),
    Index("application_name", "name_key"),
    Index("application_pupil", "pupil_key"),
    Index("application_phone", "phone_key"),
    Index("application_decision", "decision"),
    Index("application_merged", "merged_into"),
)

# who agreed to what, when, to which text; of an application, or of an offer's donor
consent = Table(
    "consent",
    metadata,
    Column("code", Text, primary_key=True),
    Column("purpose", Text, primary_key=True),  # process, publish
    Column("by", Text, primary_key=True),  # child, representative, self, donor
    Column("text_version", Text, nullable=False),
    Column("way", Text, nullable=False),  # app, form, paper
    Column("given_s", BigInteger, nullable=False),
    Column("withdrawn_s", BigInteger),
)

# two applications that may be of one pupil, until a person says
likeness = Table(
    "likeness",
    metadata,
    Column("code", Text, primary_key=True),  # the later one
    Column("other", Text, primary_key=True),
    Column("by", Text, nullable=False),  # number, name
    Column("state", Text, nullable=False),  # programme.likenesses.LikenessState
    Column("official", Text),
    Column("decided_s", BigInteger),
    Index("likeness_other", "other"),
    Index("likeness_state", "state", "code"),
)

# an approved list that was brought as a file: looked at first, taken only where somebody says so
brought_list = Table(
    "brought_list",
    metadata,
    Column("code", Text, primary_key=True),  # hash of the file, the decision and its day
    Column("official", Text, nullable=False),
    Column("brought_s", BigInteger, nullable=False),
    Column("decision", Text, nullable=False),
    Column("decided_on", Date, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("sealed", LargeBinary),  # its lines; NULL once they were taken or left
    Column("taken_s", BigInteger),
    Index("brought_list_waiting", "brought_s"),
)

# an answer to a question that may come twice
answered_once = Table(
    "answered_once",
    metadata,
    Column("station", Integer, primary_key=True, autoincrement=False),
    Column("program", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("body_hash", LargeBinary, nullable=False),
    Column("answer", LargeBinary, nullable=False),  # sealed
    Column("answered_s", BigInteger, nullable=False),
    Index("answered_once_age", "answered_s"),
)

# ---- steering ----

# which point is nearest to a commune, where an official said otherwise than the list does
unit_point = Table(
    "unit_point",
    metadata,
    Column("code", Text, primary_key=True),  # of the commune
    Column("station", Integer, nullable=False),
)

# how many devices a school may be given
quota = Table(
    "quota",
    metadata,
    Column("code", Text, primary_key=True),  # of the school
    Column("devices", Integer, nullable=False),
)

# what people ask by right of the law, and until when it must be answered and done
rights_request = Table(
    "rights_request",
    metadata,
    Column("code", Text, primary_key=True),
    Column("asked_on", Date, nullable=False),
    Column("kind", Text, nullable=False),  # programme.rights.RightsKind
    Column("about", Text),  # code of an offer or a case, if one was told
    Column("sealed", LargeBinary),  # programme.rights.Asking
    Column("answer_by", Date, nullable=False),
    Column("do_by", Date, nullable=False),
    Column("answered_on", Date),
    Column("done_on", Date),
    Column("outcome", Text),  # coded
    Column("secret_hash", LargeBinary, nullable=False),
    Index("rights_open", "done_on", "do_by"),
)

# ---- what channels are told ----

notice = Table(
    "notice",
    metadata,
    Column("station", Integer, primary_key=True, autoincrement=False),
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("channel", Text, nullable=False),
    Column("at_s", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),  # programme.notices.NoticeKind
    Column("code", Text, nullable=False),  # of the offer or application
    Column("device", Text),
    Column("day", Date),
    Index("notice_channel", "channel", "position"),
    Index("notice_code", "code", "kind", "device"),
)

webhook = Table(
    "webhook",
    metadata,
    Column("station", Integer, primary_key=True, autoincrement=False),
    Column("channel", Text, primary_key=True),
    Column("url", Text, nullable=False),
    Column("sealed", LargeBinary, nullable=False),  # the secret it is signed with
    Column("position", BigInteger, nullable=False),  # up to which it was received
    Column("failures", Integer, nullable=False),
    Column("again_s", BigInteger, nullable=False),
)

# ---- officials ----

official = Table(
    "official",
    metadata,
    Column("code", Text, primary_key=True),  # the name they sign in with
    Column("role", Text, nullable=False),  # officials.roles.OfficialRole
    Column("password", Text, nullable=False),  # argon2
    Column("must_change", Boolean, nullable=False),
    Column("gone", Boolean, nullable=False),
    Column("made_s", BigInteger, nullable=False),
    Column("signed_in_s", BigInteger),
    Column("failures", Integer, nullable=False),  # wrong passwords in a row
    Column("again_s", BigInteger, nullable=False),  # before then no password is tried
)

web_session = Table(
    "web_session",
    metadata,
    Column("code", Text, primary_key=True),  # hash of what the browser holds
    Column("official", Text, nullable=False),
    Column("began_s", BigInteger, nullable=False),
    Column("seen_s", BigInteger, nullable=False),
    Index("web_session_official", "official"),
)

# what officials did and whose data they looked at; nothing is ever changed here
official_act = Table(
    "official_act",
    metadata,
    Column("station", Integer, primary_key=True, autoincrement=False),
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("at_s", BigInteger, nullable=False),
    Column("official", Text, nullable=False),
    Column("act", Text, nullable=False),  # officials.acts.Act
    Column("about", Text),
    Column("detail", Text),  # coded
    Index("official_act_about", "about"),
    Index("official_act_official", "official", "at_s"),
)

# ---- what events add up to ----

# how far each chain was read into the tables below; chain 0 of the Department is the right to read
# on, and its seq tells by which list of points was counted
counted_chain = Table(
    "counted_chain",
    metadata,
    Column("station", Integer, primary_key=True, autoincrement=False),
    Column("chain", BigInteger, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, nullable=False),
)

# cases whose facts changed: the devices that were given to them are counted anew
to_count = Table("to_count", metadata, Column("code", Text, primary_key=True))

# what the public may know of a device, and what it adds to the counts
journey = Table(
    "journey",
    metadata,
    Column("code", Text, primary_key=True),
    Column("state", LargeBinary, nullable=False),  # station.journey.Journey
    Column("counts", LargeBinary, nullable=False),  # tuple of station.counting.Count
    Column("offer", Text),  # under which it came
    Column("donor", LargeBinary),  # people row
    Column("donor_of", Integer),  # the point whose event names it
    Index("journey_offer", "offer"),
)

# which cases' facts the counts of a device hold
counted_case = Table(
    "counted_case",
    metadata,
    Column("code", Text, primary_key=True),  # of the case
    Column("device", Text, primary_key=True),
    Index("counted_case_device", "device"),
)

# the sums of the counts of all devices, cell by cell
tally = Table(
    "tally",
    metadata,
    Column("station", Integer, primary_key=True, autoincrement=False),
    Column("day", Date, primary_key=True),
    Column("measure", Text, primary_key=True),  # station.counting.Measure
    Column("kind", Text, primary_key=True),
    Column("donor_kind", Text, primary_key=True),
    Column("unit", Text, primary_key=True),
    Column("school", Text, primary_key=True),
    Column("level", Text, primary_key=True),
    Column("devices", Integer, nullable=False),
    Index("tally_day", "day"),
)

# a report that was closed stays as it was; what came later is told as an adjustment
closed_period = Table(
    "closed_period",
    metadata,
    Column("station", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, primary_key=True),  # station.periods.PeriodKind
    Column("first", Date, primary_key=True),
    Column("last", Date, nullable=False),
    Column("closed_s", BigInteger, nullable=False),
    Column("official", Text, nullable=False),
    Column("cells", LargeBinary, nullable=False),  # zstd of msgpack
)

# what the public was last shown: figures change by k at least, never by one child
shown = Table(
    "shown",
    metadata,
    Column("station", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, primary_key=True),
    Column("made_s", BigInteger, nullable=False),
    Column("body", LargeBinary, nullable=False),
)
