"""How a battery is doing, in one wording for every source."""

from station.placeholders import fact

_STATUS = {  # in the words of UPower; the kernel's own are the outside form
    "fully-charged": "full",
    "pending-charge": "not charging",
    "pending-discharge": "not charging",
}


def status_word(text: str | None) -> str | None:
    """Charging, discharging, full or not charging, in small letters; None when it does not know."""
    word = fact(text)
    return None if word is None else _STATUS.get(word.casefold(), word.casefold())
