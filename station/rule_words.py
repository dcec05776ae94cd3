"""What the service's written rules mean to a clerk: what is wrong, and what to do about it."""

from collections.abc import Callable, Mapping
from typing import Final

from msgspec import Struct

from station import events
from station.words import _


class RuleWords(Struct, frozen=True):
    """A rule in few words for a timeline, what it says, and what people can do."""

    short: str
    told: str
    advice: str


def rule_words(rule: str | None, outcome: str) -> RuleWords:
    """The words of a rule; of one that only a newer service knows, what its outcome means."""
    worded = RULES.get(rule or "")
    if worded is not None:
        return worded()
    if outcome == events.REJECTED:
        return _rejected(rule)
    return _unknown_rule(rule)


def _unknown_rule(rule: str | None) -> RuleWords:
    told = _("The service answered by a rule that this version does not know: {rule}.")
    return RuleWords(
        short=rule or _("by a rule this version does not know"),
        told=told.format(rule=rule or "–"),
        advice=_("Update the program, or ask the Department."),
    )


def _rejected(rule: str | None) -> RuleWords:
    return RuleWords(
        short=_("not believed by the service"),
        told=_("The service does not believe that this point wrote it ({rule}).").format(
            rule=rule or "–"
        ),
        advice=_("Tell the people who look after the program."),
    )


def _case_not_approved() -> RuleWords:
    return RuleWords(
        short=_("the case is not approved"),
        told=_("The Department has not approved this pupil's case, or took it back."),
        advice=_("Keep the device for another pupil; ask the Department about the case."),
    )


def _case_has_device() -> RuleWords:
    return RuleWords(
        short=_("the pupil has another device"),
        told=_("Another device was kept for the same pupil first."),
        advice=_("The device is ready again: keep it for another pupil."),
    )


def _device_elsewhere() -> RuleWords:
    return RuleWords(
        short=_("the device is at another point"),
        told=_("By the service's records this device is at another point."),
        advice=_("Look whether the device is here. If it is, ask the other point to record it."),
    )


def _device_has_case() -> RuleWords:
    return RuleWords(
        short=_("the device is kept for another pupil"),
        told=_("This device was kept for another pupil first."),
        advice=_("Keep another device for this pupil."),
    )


def _case_given_twice() -> RuleWords:
    return RuleWords(
        short=_("the pupil got two devices"),
        told=_("Two points gave a device for the same pupil."),
        advice=_(
            "Ring the other point. Both records stay; the lead decides: leave both, fetch one"
            " back, or assign it to another pupil."
        ),
    )


def _device_given_twice() -> RuleWords:
    return RuleWords(
        short=_("the device was given twice"),
        told=_("The same device is recorded as given for two pupils."),
        advice=_("Look at the labels of both devices: one of them has a wrong code."),
    )


def _case_kept_elsewhere() -> RuleWords:
    return RuleWords(
        short=_("another point keeps a device for the pupil"),
        told=_("Another point had kept a device for this pupil."),
        advice=_("Ring the other point, so that it frees its device for another pupil."),
    )


def _device_received_twice() -> RuleWords:
    return RuleWords(
        short=_("received at two points"),
        told=_("Another point received a device with the same code."),
        advice=_("Look at the labels of both devices: one of them has a wrong code."),
    )


def _departure_missing() -> RuleWords:
    return RuleWords(
        short=_("its departure is not known yet"),
        told=_("The point it came from has not sent the record that it left."),
        advice=_("Nothing stands still: it settles itself once that point is online."),
    )


def _arrived_elsewhere() -> RuleWords:
    return RuleWords(
        short=_("it was on its way to another place"),
        told=_("It arrived at another point than it was sent to."),
        advice=_("Ring the other point and agree where the device stays."),
    )


RULES: Final[Mapping[str, Callable[[], RuleWords]]] = {
    "case_not_approved": _case_not_approved,
    "case_has_device": _case_has_device,
    "device_elsewhere": _device_elsewhere,
    "device_has_case": _device_has_case,
    "case_given_twice": _case_given_twice,
    "device_given_twice": _device_given_twice,
    "case_kept_elsewhere": _case_kept_elsewhere,
    "device_received_twice": _device_received_twice,
    "departure_missing": _departure_missing,
    "arrived_elsewhere": _arrived_elsewhere,
}
