"""A telephone number as it is kept: one that could be called, written one way."""

from station.text import NotAPhone

HOME = "VN"


def phone_number(text: str) -> str:
    """The number as people here write it, or with its country; "" for none. Raises NotAPhone."""
    import phonenumbers as known  # noqa: PLC0415 -- loads at the first person, not at start

    if not text.strip():
        return ""
    if any(character.isalpha() for character in text):  # whose it is belongs in the note
        raise NotAPhone
    try:
        number = known.parse(text, HOME)
    except known.NumberParseException as error:
        raise NotAPhone from error
    if not known.is_valid_number(number):
        raise NotAPhone
    at_home = number.country_code == known.country_code_for_region(HOME)
    style = known.PhoneNumberFormat.NATIONAL if at_home else known.PhoneNumberFormat.INTERNATIONAL
    return str(known.format_number(number, style))
