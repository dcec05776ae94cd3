"""The sealed files between a point and a laptop that it lends to a school for a day.

`outward` goes along: the laptop's key and chain, and all that concerns the devices it takes, sealed
under a passcode that goes another way than the stick. `homeward` comes back: what the laptop wrote,
sealed under the laptop's own key, which its point has as well. So whoever finds the stick reads no
child's name. What a reader must know beforehand stands in clear, and is bound to what is sealed.

```
file = MAGIC ‖ length of head (2 bytes) ‖ head (msgpack) ‖ AES-256-GCM(zstd(msgpack of the body))
key  = Argon2id(passcode, or the laptop's private key in hex; salt of the head)
```
"""

import secrets
from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta, Struct

from station.ledger import ChainId
from station.ports import BroughtHome, TakenAlong
from station.stretching import SALT_BYTES, drawn_digits, stretched
from sync.packing import NotPacked, TooLong, packed, unpacked
from sync.sealing import Cipher, WrongSeal

MAGIC = b"refurbishment-station parcel 1\n"
LARGEST = 256 * 2**20  # of a file, and unpacked
LARGEST_HEAD = 2**10
PASSCODE_DIGITS = 8  # drawn, not chosen; told by mouth or telephone

OUTWARD, HOMEWARD = "outward", "homeward"

T = TypeVar("T", bound=Struct)


class ParcelHead(Struct, frozen=True):
    """What may be read without the passcode."""

    kind: str
    chain: ChainId  # the laptop's
    expires_s: int  # by the point's clock, in seconds since 1970
    salt: Annotated[bytes, Meta(min_length=SALT_BYTES, max_length=SALT_BYTES)]


class ParcelProblem(Exception):
    """The parcel cannot be taken in; nothing was changed."""

    code = "parcel_problem"


class NotAParcel(ParcelProblem):
    """Another kind of file, one of a newer version, or a damaged one."""

    code = "not_a_parcel"


class WrongPasscode(ParcelProblem):
    """The passcode is not this parcel's, or the file was changed."""

    code = "wrong_passcode"


class WrongWay(ParcelProblem):
    """A parcel for the laptop where one for the point is asked for, or the other way round."""

    code = "wrong_way"


class ParcelOver(ParcelProblem):
    """The time for which the laptop was lent is over, by this PC's clock."""

    code = "parcel_over"

    def __init__(self, expires_s: int) -> None:
        super().__init__(self.code)
        self.expires_s = expires_s


def new_passcode() -> str:
    """One for each file that is written."""
    return drawn_digits(PASSCODE_DIGITS)


def sealed(
    kind: str, chain: ChainId, expires_s: int, body: TakenAlong | BroughtHome, passcode: str
) -> bytes:
    """The bytes of a parcel."""
    head = ParcelHead(kind, chain, expires_s, secrets.token_bytes(SALT_BYTES))
    clear = msgspec.msgpack.encode(head)
    opening = MAGIC + len(clear).to_bytes(2) + clear
    key = stretched(_digits(passcode), head.salt)
    return opening + Cipher(key).seal(opening, packed(msgspec.msgpack.encode(body)))


def head_of(raw: bytes) -> ParcelHead:
    """What a parcel says without its passcode; raises NotAParcel."""
    return _parts(raw)[0]


def opened(raw: bytes, kind: type[T], passcode: str) -> T:
    """The body; raises NotAParcel, WrongWay or WrongPasscode."""
    head, opening, rest = _parts(raw)
    if KINDS.get(head.kind) is not kind:
        raise WrongWay
    try:
        body = Cipher(stretched(_digits(passcode), head.salt)).open(opening, rest)
        return msgspec.msgpack.decode(unpacked(body, LARGEST), type=kind)
    except WrongSeal as error:
        raise WrongPasscode from error
    except (NotPacked, TooLong, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise NotAParcel from error


KINDS: dict[str, type[Struct]] = {OUTWARD: TakenAlong, HOMEWARD: BroughtHome}


def _parts(raw: bytes) -> tuple[ParcelHead, bytes, bytes]:
    start = len(MAGIC) + 2
    if not raw.startswith(MAGIC) or not start < len(raw) <= LARGEST:
        raise NotAParcel
    length = int.from_bytes(raw[len(MAGIC) : start])
    if length > LARGEST_HEAD:
        raise NotAParcel
    try:
        head = msgspec.msgpack.decode(raw[start : start + length], type=ParcelHead)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise NotAParcel from error
    return head, raw[: start + length], raw[start + length :]


def _digits(passcode: str) -> str:
    """However it was grouped."""
    return "".join(passcode.split())
