"""A laptop sends its report to the station over the local network.

`send_report` tries once and says how it went; `keep_sending` goes on until the report is there, as
a person may scan the code minutes later. Nothing raises: every ending is a frozen value, and the
words for them are the window's. `sync.lan_receiver` is the other end; `docs/protocol.md` says what
they say to each other.
"""

import threading
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from time import monotonic
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from station.codes import BadCode
from station.files import MAX_REPORT
from sync import lan_wire as wire
from sync.lan_discovery import Station
from sync.lan_networks import is_on_the_lan, resolved
from sync.pairing import draw_code, key_of, pairing_code, prove, short_form

if TYPE_CHECKING:
    from sync.http import httpx

CONNECT_S: Final = 3.0
ANSWER_S: Final = 20.0
PAUSE_S: Final = 3.0
FINAL: Final = frozenset(
    {"code_used", "declined", "not_a_report", "newer_report", "too_large", "bad_code"}
)
"""Refusals that trying again does not change."""


class Why(StrEnum):
    """Why a station could not be reached."""

    SILENT = "silent"  # no answer at all: a firewall, another network, or it is switched off
    CLOSED = "closed"  # the PC is there and nothing listens: the station's program is not open
    NO_WAY = "no_way"  # this laptop is on no network, or on none that leads there
    BROKEN_OFF = "broken_off"  # it answered, and the line broke


class Sent(Struct, frozen=True):
    """The report is on the station's disk."""

    station: Station


class Waiting(Struct, frozen=True):
    """The station knows of the report; somebody there must scan the code or pick it."""

    station: Station


class Refused(Struct, frozen=True):
    """The station, or this program before it, said no; `code` is the stable word for it."""

    code: str
    station: Station | None = None

    @property
    def is_final(self) -> bool:
        """Whether trying again would change nothing."""
        return self.code in FINAL


class StrangeAnswer(Struct, frozen=True):
    """Something answers there that is no station."""

    station: Station


class Unreachable(Struct, frozen=True):
    """A station was announced or its address typed, and there is no connection."""

    station: Station
    why: Why


class NoStation(Struct, frozen=True):
    """Nobody announced a station on this network, and no address was typed."""


Outcome = Sent | Waiting | Refused | StrangeAnswer | Unreachable | NoStation
_BEST_FIRST: Final = (Sent, Waiting, Refused, StrangeAnswer, Unreachable, NoStation)


class Shown(Struct, frozen=True):
    """What the laptop shows of a report: a fresh code, and the short form of its bytes."""

    code: str  # as barcode and digits
    short_form: str  # six digits, for whoever cannot scan a screen


class NotAStationAddress(Exception):
    """What was typed leads to no PC of the local network."""

    code = "not_a_station_address"


def shown_for(data: bytes) -> Shown:
    """Draw a code for one report; takes about 0.1 s. Another report gets another code."""
    return Shown(draw_code(), short_form(wire.digest_of(data)))


def typed_station(text: str) -> Station:
    """The station at a typed `host` or `host:port`; raises NotAStationAddress.

    A name is looked up, so call it where waiting is no harm.
    """
    host, colon, port = text.strip().partition(":")
    if not host or (colon and not (port.isascii() and port.isdigit() and 0 < int(port) < 65_536)):
        raise NotAStationAddress(text)
    try:
        address = resolved(host)
    except (OSError, UnicodeError) as error:
        raise NotAStationAddress(text) from error
    if not is_on_the_lan(address):
        raise NotAStationAddress(text)
    return Station(address, int(port) if colon else wire.PORT)


def send_report(data: bytes, code: str, stations: Iterable[Station]) -> Outcome:
    """Try once at each of these stations, until one has the report; the best ending of all."""
    try:
        parcel = _parcel(data, code)
    except BadCode:
        return Refused("bad_code")
    if len(data) > MAX_REPORT:
        return Refused("too_large")
    ending: Outcome = NoStation()
    for station in stations:
        tried = _try(parcel, station)
        ending = min(ending, tried, key=lambda one: _BEST_FIRST.index(type(one)))
        if isinstance(ending, Sent):
            break
    return ending


def keep_sending(
    data: bytes,
    code: str,
    find: Callable[[], Sequence[Station]],
    told: Callable[[Outcome], None],
    stop: threading.Event,
    *,
    pause_s: float = PAUSE_S,
) -> Outcome:
    """Try until the report is there, is refused for good, or `stop` is set; tell every ending."""
    while True:
        ending = send_report(data, code, find())
        told(ending)
        done = isinstance(ending, Sent) or (isinstance(ending, Refused) and ending.is_final)
        if done or stop.wait(pause_s):
            return ending


class _Parcel(Struct, frozen=True):
    """A report, and what is said of it before it travels."""

    data: bytes
    digest: bytes
    code: str
    about: wire.MachineLine


def _parcel(data: bytes, code: str) -> _Parcel:
    return _Parcel(data, wire.digest_of(data), pairing_code(code), wire.machine_line(data))


class _Strange(Exception):
    """No message of the protocol."""


class _Refused(Exception):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def _try(parcel: _Parcel, station: Station) -> Outcome:
    from sync.http import httpx  # noqa: PLC0415 -- slow to load, needed at the first sending

    patience = httpx.Timeout(ANSWER_S, connect=CONNECT_S)
    base = f"http://{station.address}:{station.port}"
    try:
        # no proxy of the environment: the station is a neighbour
        with httpx.Client(base_url=base, timeout=patience, trust_env=False) as client:
            return _converse(parcel, station, client)
    except _Refused as refused:
        return Refused(refused.code, station)
    except _Strange:
        return StrangeAnswer(station)
    except httpx.TransportError as error:
        return Unreachable(station, _why(error))


def _converse(parcel: _Parcel, station: Station, client: "httpx.Client") -> Outcome:
    greeting = _greeting(client)
    offer = _offer(parcel, bytes.fromhex(greeting.salt))
    answer = _ask(client, "POST", wire.OFFERS_PATH, wire.Answer, wire.write(offer))
    if answer.standing is wire.Standing.SEND:
        path = f"{wire.REPORTS_PATH}{offer.digest}"
        answer = _ask(client, "PUT", path, wire.Answer, parcel.data)
    return Sent(station) if answer.standing is wire.Standing.ACCEPTED else Waiting(station)


def _greeting(client: "httpx.Client") -> wire.Greeting:
    from sync.http import httpx  # noqa: PLC0415 -- loaded already

    try:
        return _ask(client, "GET", wire.STATION_PATH, wire.Greeting)
    except httpx.RemoteProtocolError as error:  # whoever greeted and breaks off later is a station
        raise _Strange from error


def _offer(parcel: _Parcel, salt: bytes) -> wire.Offer:
    key = key_of(parcel.code, salt)
    return wire.Offer(
        digest=parcel.digest.hex(),
        size_bytes=len(parcel.data),
        code_name=key.name.hex(),
        proof=prove(key, parcel.digest, len(parcel.data)).hex(),
        maker=parcel.about.maker,
        model=parcel.about.model,
        serial=parcel.about.serial,
    )


def _ask(
    client: "httpx.Client", method: str, path: str, kind: type[wire.T], body: bytes | None = None
) -> wire.T:
    headers = {"Accept-Encoding": "identity"}
    if body is not None:
        headers["Content-Type"] = wire.CONTENT_TYPE
    with client.stream(method, path, content=body, headers=headers) as response:
        said, until = bytearray(), monotonic() + ANSWER_S
        for piece in response.iter_raw():  # packed, a kilobyte may unpack to a gigabyte
            said += piece
            if len(said) > wire.MAX_ANSWER or monotonic() > until:
                raise _Strange
        ok = response.is_success
    try:
        if ok:
            return wire.read(bytes(said), kind)
        raise _Refused(wire.read(bytes(said), wire.Problem).code)
    except wire.UnreadableMessage as error:
        raise _Strange from error


def _why(error: Exception) -> Why:
    """Which way the connection failed; the system's own error stands at the end of the chain."""
    from sync.http import httpx  # noqa: PLC0415 -- loaded already

    if isinstance(error, httpx.ConnectTimeout):
        return Why.SILENT
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ConnectionRefusedError):
            return Why.CLOSED
        cause = cause.__cause__ or cause.__context__
    return Why.NO_WAY if isinstance(error, httpx.ConnectError) else Why.BROKEN_OFF
