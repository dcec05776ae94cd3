"""The service's tables. Every key begins with what the rows can be spread by: chain or code.

`station` is part of each chain's name, so what belongs to one chain or one point lies together.
The only tables without it are those of the whole service: its own keys and the count of answers.
"""

from sync.central.tables.base import metadata
from sync.central.tables.ledger import (
    COUNTED,
    EVERY_POINT,
    attachment,
    attachment_chunk,
    chain,
    dispute,
    document,
    enrolment_code,
    event,
    feed,
    feed_item,
    follower,
    person,
    person_sent,
    service_secret,
    signed_head,
    subject,
    token,
    used_challenge,
    verdict_count,
)
from sync.central.tables.programme import (
    answered_once,
    application,
    brought_list,
    closed_period,
    consent,
    counted_case,
    counted_chain,
    journey,
    likeness,
    notice,
    offer,
    official,
    official_act,
    quota,
    rights_request,
    shown,
    tally,
    to_count,
    unit_point,
    web_session,
    webhook,
)

OF_THE_WHOLE_SERVICE = (verdict_count, service_secret)

__all__ = [
    "COUNTED", "EVERY_POINT", "OF_THE_WHOLE_SERVICE", "answered_once", "application", "attachment",
    "attachment_chunk", "brought_list", "chain", "closed_period", "consent", "counted_case",
    "counted_chain", "dispute", "document", "enrolment_code", "event", "feed", "feed_item",
    "follower", "journey", "likeness", "metadata", "notice", "offer", "official", "official_act",
    "person", "person_sent", "quota", "rights_request", "service_secret", "shown", "signed_head",
    "subject", "tally", "to_count", "token", "unit_point", "used_challenge", "verdict_count",
    "web_session", "webhook",
]  # fmt: skip
