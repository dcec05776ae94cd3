"""Why a station refuses what came over the LAN; the codes are the answer's own words.

A refusal changes nothing: nothing is stored, and the sender may try again.
"""

from typing import ClassVar


class LanRefusal(Exception):
    """The station says no; `code` says why and `status` is HTTP's word for it."""

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 403


class UnreadableRequest(LanRefusal):
    """No HTTP, or more of it than any laptop of ours sends."""

    code = "unreadable_request"
    status = 400


class TooSlow(LanRefusal):
    """The request did not come to its end in time."""

    code = "too_slow"
    status = 408


class ForeignHost(LanRefusal):
    """It comes from outside the local network, or asks for another host than this PC."""

    code = "foreign_host"


class NoSuchAddress(LanRefusal):
    """Nothing is there in this version of the protocol."""

    code = "no_such_address"
    status = 404


class WrongMethod(LanRefusal):
    """Something is there, but not for this method."""

    code = "wrong_method"
    status = 405


class NotJson(LanRefusal):
    """The body is not said to be JSON, as a form of a web page is not."""

    code = "not_json"
    status = 415


class TooLarge(LanRefusal):
    """No report of ours is that long; it was not read."""

    code = "too_large"
    status = 413


class UnreadableOffer(LanRefusal):
    """The header of a report says nothing we understand."""

    code = "unreadable_offer"
    status = 400


class WrongProof(LanRefusal):
    """The sender does not know the code it names."""

    code = "wrong_proof"


class CodeUsed(LanRefusal):
    """The code brought another report already."""

    code = "code_used"
    status = 409


class Declined(LanRefusal):
    """A person at the station does not want this report."""

    code = "declined"


class NotExpected(LanRefusal):
    """Nobody asked for these bytes: they were not offered, or nobody took them."""

    code = "not_expected"


class WrongSize(LanRefusal):
    """The bytes are not as many as were offered."""

    code = "wrong_size"
    status = 400


class WrongDigest(LanRefusal):
    """The bytes are not those that were offered: they changed on the way."""

    code = "wrong_digest"
    status = 400


class NotReport(LanRefusal):
    """The bytes are no report of our diagnostics."""

    code = "not_a_report"
    status = 422


class NewerReport(LanRefusal):
    """A later version of diagnostics wrote the report: the station must be updated."""

    code = "newer_report"
    status = 422


class CannotKeep(LanRefusal):
    """The station's disk takes no report now."""

    code = "cannot_keep"
    status = 507


class TooManyTries(LanRefusal):
    """The neighbour asked too often, or guessed."""

    code = "too_many_tries"
    status = 429


class TooManyWaiting(LanRefusal):
    """More reports wait than the station keeps in mind."""

    code = "too_many_waiting"
    status = 503


class Busy(LanRefusal):
    """Too many ask at the same time."""

    code = "busy"
    status = 503
