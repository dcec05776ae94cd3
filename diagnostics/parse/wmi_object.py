"""One object of Windows' WMI, whichever way it was written down: a dump's text, or JSON.

Both write the same properties of the same classes. Here their values are text or lists of text;
what they mean is the matter of `wmi_machine` and its neighbours.
"""

from collections.abc import Mapping, Sequence

from diagnostics.parse.numbers import amount, whole_number
from station.placeholders import fact

Value = str | tuple[str, ...]
_NOT_COUNTED = 0xFFFFFFFF  # of a 32-bit property: nobody knows
_TRUTHS = {"true": True, "false": False}


class WmiObject:
    """The properties of one object; one that is absent, empty or a placeholder says nothing."""

    def __init__(self, properties: Mapping[str, Value]) -> None:
        self.properties = properties

    def said(self, name: str) -> str:
        """The property as it was written, "" where it is absent; of a list, the first."""
        value = self.properties.get(name, "")
        return value if isinstance(value, str) else next(iter(value), "")

    def text(self, name: str) -> str | None:
        """A fact, or None."""
        return fact(self.said(name))

    def maker(self, name: str) -> str | None:
        """A maker; in brackets stands Windows' own "(Standard disk drives)" of any language."""
        maker = self.text(name)
        return None if maker and maker.startswith("(") and maker.endswith(")") else maker

    def whole(self, name: str) -> int | None:
        """A number of zero or more."""
        number = whole_number(self.said(name))
        return None if number == _NOT_COUNTED else number

    def amount(self, name: str) -> int | None:
        """A number above zero."""
        number = amount(self.said(name))
        return None if number == _NOT_COUNTED else number

    def truth(self, name: str) -> bool | None:
        """TRUE and False in any case."""
        return _TRUTHS.get(self.said(name).strip().casefold())

    def numbers(self, name: str) -> tuple[int, ...]:
        """A list of numbers, without what is none."""
        value = self.properties.get(name, ())
        listed = (value,) if isinstance(value, str) else value
        found = (whole_number(number) for number in listed)
        return tuple(number for number in found if number is not None)

    def letters(self, name: str) -> str | None:
        """A text that a monitor's class writes as a list of character codes, ended by zeros."""
        codes = self.numbers(name)
        return fact("".join(chr(code) for code in codes if 0 < code < 0xD800))


Objects = Mapping[str, Sequence[WmiObject]]  # by the names of their classes


def first(objects: Objects, name: str) -> WmiObject:
    """The only object of such a class, or one that says nothing."""
    return next(iter(objects.get(name, ())), WmiObject({}))
