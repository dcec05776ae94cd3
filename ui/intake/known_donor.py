"""Who gave before, by the phone number they left."""

from station.people import Donor
from station.ports import PointStore

MOST = 8


def donor_of_phone(digits: str, store: PointStore) -> Donor | None:
    """The donor who left this number last; None when nobody did, or two names share it."""
    found = (person.content for person in store.find_people(digits, MOST))
    donors = [one for one in found if isinstance(one, Donor) and _digits(one.phone) == digits]
    names = {donor.name for donor in donors}
    return donors[0] if len(names) == 1 else None


def _digits(phone: str) -> str:
    bare = "".join(filter(str.isdecimal, phone))
    return f"0{bare[2:]}" if phone.startswith("+84") else bare
