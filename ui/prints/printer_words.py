"""Printers in words: ways, languages, and what helps when a test print looks wrong."""

import sys
from collections.abc import Callable, Sequence
from typing import Final

from labels.printer import Language, Route
from station.words import _, _c
from ui.prints.printers import NamedPrinter

_WINDOWS: Final = sys.platform == "win32"

ROUTES: Final[dict[Route, Callable[[], str]]] = {
    Route.SYSTEM: lambda: _("The system's printer, by its driver"),
    Route.TCP: lambda: _("Network, straight to the printer"),
    Route.CUPS: lambda: _("A queue of CUPS, raw"),
    Route.SPOOLER: lambda: _("A queue of Windows, raw"),
    Route.USB: lambda: _("USB, straight to the printer"),
    Route.FILE: lambda: _("Files in a folder"),
}

LANGUAGES: Final[dict[Language, Callable[[], str]]] = {
    Language.SYSTEM: lambda: _("Pages (PDF)"),
    Language.TSPL: lambda: "TSPL (Xprinter, TSC)",
    Language.ZPL: lambda: "ZPL (Zebra)",
}

WAYS_WITH_A_QUEUE: Final = (Route.SYSTEM, Route.CUPS, Route.SPOOLER)


def routes_here(kept: Route) -> tuple[Route, ...]:
    """The ways that this system has, and the one that is kept."""
    elsewhere = Route.CUPS if _WINDOWS else Route.SPOOLER
    return tuple(route for route in ROUTES if route is not elsewhere or route is kept)


def languages_by(route: Route) -> tuple[Language, ...]:
    """What can be sent that way: the driver takes pages, a bare printer its own language."""
    if route in (Route.SYSTEM, Route.VIEWER):
        return (Language.SYSTEM,)
    if route in (Route.CUPS, Route.FILE):
        return tuple(LANGUAGES)
    return (Language.TSPL, Language.ZPL)


def address_name(route: Route) -> str:
    """What the address of this way is called."""
    if route in WAYS_WITH_A_QUEUE:
        return _("Queue")
    if route is Route.FILE:
        return _("Folder")
    return _("Device") if route is Route.USB else _("Address")


def address_example(route: Route) -> str:
    """What such an address looks like."""
    if route is Route.TCP:
        return "192.168.1.50"
    if route is Route.USB:
        return r"\\.\USB001" if _WINDOWS else "/dev/usb/lp0"
    return ""


def what_for(name: str, labels_on: str, papers_on: str) -> str:
    """What is printed on this printer."""
    uses = []
    if name == labels_on:
        uses.append(_c("printed", "Labels"))
    if name == papers_on:
        uses.append(_c("printed", "Papers"))
    return " · ".join(uses)


def name_taken(name: str, old: str, known: Sequence[NamedPrinter]) -> bool:
    """Whether another printer is called so."""
    return name != old and any(each.name.casefold() == name.casefold() for each in known)


TROUBLES: Final[tuple[tuple[Callable[[], str], Callable[[], str]], ...]] = (
    (
        lambda: _("The print is faded"),
        lambda: _(
            "Raise the darkness by 2 and lower the speed. If stripes stay white, clean the print"
            " head with alcohol; a ribbon may be in the wrong way round."
        ),
    ),
    (
        lambda: _("The print is shifted"),
        lambda: _(
            "Print the alignment pattern. Where the frame is cut off at the left, raise X by what"
            " is missing; where it is cut off at the top, raise Y. Minus moves it back."
        ),
    ),
    (
        lambda: _("A blank label comes out"),
        lambda: _(
            "The printer does not feel the gap, or the chosen stock is not the one that lies in"
            " it. Choose the stock, then let the printer measure its gap: hold its feed button."
        ),
    ),
    (
        lambda: _("Too large, too small or cut off"),
        lambda: _(
            "The driver's page size is not that of the label. Set it in the printer's properties,"
            " at 100 %, without margins: it must be the size of the stock."
        ),
    ),
    (
        lambda: _("Columns or rows drift apart"),
        lambda: _(
            "The first label is right and the last one is not: change the pitch by what the last"
            " one is off, divided by the number of steps to it."
        ),
    ),
)
"""What people see on a test print, and what helps."""
