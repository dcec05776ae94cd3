"""The sound cards, from /proc/asound/cards and /proc/asound/pcm."""

import re

from diagnostics.endings import UnreadableReport
from station.machine import Machine, SoundCard
from station.placeholders import fact

_CARD = re.compile(r"^ *([0-9]{1,4}) \[.{0,40}\]: (\S{1,60}) - (.{0,200})$", re.MULTILINE)
_PCM = re.compile(r"^([0-9]{1,4})-[0-9]{1,4}: (.{0,400})$", re.MULTILINE)
_NONE = "no soundcards"


def parse_asound(cards: str, pcm: str) -> Machine:
    """Each card with the directions that any of its streams has."""
    found = _CARD.findall(cards)
    if not found and _NONE not in cards:
        raise UnreadableReport("no list of sound cards")
    streams: dict[int, str] = {}
    for number, words in _PCM.findall(pcm):
        streams[int(number)] = streams.get(int(number), "") + words
    return Machine(
        sound_cards=tuple(
            SoundCard(
                name=fact(name),
                driver=driver,
                playback="playback" in streams.get(int(number), ""),
                capture="capture" in streams.get(int(number), ""),
            )
            for number, driver, name in found
        )
    )
