"""What a channel is told of offers and applications that it brought: no name, no address."""

from enum import StrEnum


class NoticeKind(StrEnum):
    """What happened."""

    OFFER_ASSIGNED = "offer_assigned"
    OFFER_DECLINED = "offer_declined"
    DEVICE_RECEIVED = "device_received"
    DEVICE_READY = "device_ready"
    DEVICE_GIVEN = "device_given"
    DEVICE_RETIRED = "device_retired"
    GIFT_AGREED = "gift_agreed"
    GIFT_REFUSED = "gift_refused"
    APPLICATION_APPROVED = "application_approved"
    APPLICATION_REFUSED = "application_refused"
    APPLICATION_GIVEN = "application_given"
