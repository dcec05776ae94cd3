"""Biên bản bàn giao: the minutes of handing devices over, as an A4 paper."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from reportlab.lib.units import mm
from reportlab.platypus import KeepTogether

from labels.dates import copies_figures, day_figures, month_figures
from labels.minutes_words import MinutesWords, shipped_words
from labels.state_paper import (
    Foot,
    drawn_line,
    grid,
    keep_room_for_table_start,
    letterhead,
    paragraph,
    signatures,
    state_paper_pdf,
    styles,
)
from station.codes import grouped
from station.printed import HandedDevice, HandoverMinutes, Party

HASH_DIGITS: Final = 12

_WIDTHS: Final = tuple(width * mm for width in (11, 26, 63, 24, 24, 17))


class TooFewCopies(ValueError):
    """Both parties keep a copy, so there are two at least."""


def handover_minutes_pdf(minutes: HandoverMinutes, words: MinutesWords | None = None) -> bytes:
    """Set the minutes in the shipped words or in an office's own."""
    if minutes.copies < 2:
        raise TooFewCopies(minutes.copies)
    words = words or shipped_words()
    return state_paper_pdf(list(_story(minutes, words)), _foot(minutes, words))


def _story(minutes: HandoverMinutes, words: MinutesWords) -> Iterator[Any]:
    yield _letterhead(minutes, words)
    yield from _title(minutes, words)
    yield paragraph(_opening(minutes, words), styles().text)
    yield from _party(words.giver, minutes.giver, words)
    yield from _party(words.receiver, minutes.receiver, words)
    if minutes.pupil:
        yield paragraph(words.pupil.format(pupil=minutes.pupil), styles().fact)
    yield keep_room_for_table_start()
    count = copies_figures(len(minutes.devices))
    yield paragraph(words.devices.format(count=count), styles().before_table)
    yield _devices(minutes.devices, words)
    for commitment in words.commitments:
        yield paragraph(commitment, styles().indented)
    # The signatures never stand alone on a page: the closing sentence goes with them.
    yield KeepTogether(
        [paragraph(_closing(minutes.copies, words), styles().indented), _signatures(minutes, words)]
    )


def _letterhead(minutes: HandoverMinutes, words: MinutesWords) -> Any:
    head = minutes.letterhead
    return letterhead(
        head,
        words.nation,
        words.motto,
        words.number.format(number_symbol=head.number_symbol),
        words.place_and_date.format(place=head.place, date=_date(minutes, words)),
    )


def _date(minutes: HandoverMinutes, words: MinutesWords) -> str:
    day = minutes.day
    return words.date.format(day=day_figures(day), month=month_figures(day), year=day.year)


def _title(minutes: HandoverMinutes, words: MinutesWords) -> Iterator[Any]:
    look = styles()
    yield paragraph(words.title, look.title)
    yield paragraph(words.subject.format(programme=minutes.programme), look.subject)
    yield drawn_line(25 * mm)
    for ground in minutes.grounds:
        yield paragraph(ground, look.grounds)


def _opening(minutes: HandoverMinutes, words: MinutesWords) -> str:
    date = _date(minutes, words)
    if minutes.hour is None:
        return words.opening.format(date=date, place=minutes.place)
    hour = words.hour.format(hour=minutes.hour.strftime("%H"), minute=minutes.hour.strftime("%M"))
    return words.opening_with_hour.format(hour=hour, date=date, place=minutes.place)


def _party(heading: str, party: Party, words: MinutesWords) -> Iterator[Any]:
    """One side; what must be named and is not known is left to be filled in by hand."""
    name = party.organisation or party.person or words.to_fill_in
    yield paragraph(heading.format(name=name), styles().party)
    for line in _party_lines(party, words):
        yield paragraph(line, styles().fact)


def _party_lines(party: Party, words: MinutesWords) -> Iterator[str]:
    if party.organisation:
        yield words.representative.format(name=party.person or words.to_fill_in)
        yield words.position.format(title=party.title or words.to_fill_in)
    elif party.title:
        yield words.capacity.format(title=party.title)
    if party.address:
        yield words.address.format(address=party.address)
    if party.phone:
        yield words.phone.format(phone=party.phone)


def _devices(devices: Sequence[HandedDevice], words: MinutesWords) -> Any:
    head = (
        words.column_number,
        words.column_code,
        words.column_device,
        words.column_condition,
        words.column_kit,
        words.column_remark,
    )
    rows = [_row(number, device, words) for number, device in enumerate(devices, 1)]
    return grid(head, rows, _WIDTHS)


def _row(number: int, device: HandedDevice, words: MinutesWords) -> list[Any]:
    look = styles()
    facts = (
        " ".join(filter(None, (device.kind, device.name))),
        device.configuration,
        words.serial.format(serial=device.serial) if device.serial else "",
    )
    return [
        paragraph(str(number), look.middle_cell),
        paragraph(grouped(device.code), look.middle_cell),
        [paragraph(fact, look.cell) for fact in facts if fact],
        paragraph(device.condition, look.cell),
        paragraph(device.kit, look.cell),
        paragraph(device.remark, look.cell),
    ]


def _closing(copies: int, words: MinutesWords) -> str:
    each, rest = divmod(copies, 2)
    figures = {"copies": copies_figures(copies), "each": copies_figures(each)}
    if rest:
        return words.closing_with_rest.format(**figures, rest=copies_figures(rest))
    return words.closing.format(**figures)


def _signatures(minutes: HandoverMinutes, words: MinutesWords) -> Any:
    return signatures(
        (words.signature_giver, minutes.giver.person),
        (words.signature_receiver, minutes.receiver.person),
        words.signature_hint,
    )


def _foot(minutes: HandoverMinutes, words: MinutesWords) -> Foot:
    return Foot(
        minutes.paper_code,
        (
            words.foot_code.format(paper_code=minutes.paper_code),
            words.foot_hash.format(hash=minutes.event_hash[:HASH_DIGITS]),
            words.foot_acknowledgement.format(acknowledgement=minutes.acknowledgement),
        ),
        words.reprint.format(reprint=minutes.reprint) if minutes.reprint else "",
    )
