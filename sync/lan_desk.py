"""Who may leave a report: the codes people scanned, and the reports that wait for somebody to pick.

Everything here is in memory and bounded. What was accepted is on the disk, under its digest, so a
start anew forgets nothing that was acknowledged. Used by the receiver's thread and by the window.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from time import monotonic
from typing import Final, Protocol

from msgspec import Struct, structs

from sync import lan_problems as problems
from sync.lan_limits import Allowance, Limits
from sync.lan_wire import Offer, Standing
from sync.pairing import (
    CodeTaken,
    NotWaiting,
    PairingKey,
    draw_salt,
    key_of,
    proves,
    short_form,
)

EXPECTED_S: Final = 12 * 3600.0  # a burn-in begun in the morning reports before the evening
PICKED_S: Final = 600.0
SEEN_S: Final = 30.0  # a laptop asks every few seconds; one that does not is gone
MOST_CODES: Final = 200
MOST_DECLINED: Final = 500


class Keeper(Protocol):
    """Where accepted reports lie, by their SHA-256."""

    def holds(self, digest: bytes) -> bool:
        """Whether the report is on the disk."""

    def keep(self, data: bytes, peer: str) -> None:
        """Write it so that a power cut cannot take it; raises NotReport or CannotKeep."""


class WaitingReport(Struct, frozen=True):
    """A report that a laptop holds ready until somebody scans its code or picks it."""

    digest: bytes
    short_form: str
    maker: str | None
    model: str | None
    serial: str | None
    size_bytes: int
    peer: str
    since_s: float  # of the monotonic clock
    seen_s: float


class Landed(Struct, frozen=True):
    """A report that is on the disk now, and the device a person said it is of."""

    digest: bytes
    device: str | None
    peer: str


class _Code(Struct, frozen=True):
    key: PairingKey
    device: str | None
    until_s: float
    brought: bytes | None = None  # the digest that used it up


class _Grant(Struct, frozen=True):
    """Exactly these bytes may come."""

    device: str | None
    size_bytes: int
    peer: str
    until_s: float
    code_name: bytes | None


class PairingDesk:
    """Decides on offers. `landed` and `changed` are called on whichever thread made them so."""

    def __init__(
        self,
        keeper: Keeper,
        landed: Callable[[Landed], None],
        changed: Callable[[], None] = lambda: None,
        *,
        limits: Limits | None = None,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        limits = limits or Limits()
        self.salt = draw_salt()
        self._keeper, self._landed, self._changed, self._clock = keeper, landed, changed, clock
        self._limits = limits
        self._lock = threading.Lock()
        self._codes: OrderedDict[bytes, _Code] = OrderedDict()
        self._grants: dict[bytes, _Grant] = {}
        self._waiting: dict[bytes, WaitingReport] = {}
        self._declined: OrderedDict[bytes, None] = OrderedDict()
        self._fresh = Allowance(limits.reports, limits.reports_per_s, clock)
        self._fresh_of_all = Allowance(limits.reports_of_all, limits.reports_of_all_per_s, clock)
        self._wrong = Allowance(limits.wrong_proofs, limits.wrong_proofs_per_s, clock)

    # ---- what people do ----

    def expect(self, code: str, device: str | None) -> None:
        """Await the report of this code for a device; raises CodeTaken. Takes about 0.1 s."""
        key = key_of(code, self.salt)
        with self._lock:
            self._forget_old()
            known = self._codes.get(key.name)
            if known is not None and known.brought is not None:
                raise CodeTaken
            self._codes[key.name] = _Code(key, device, self._clock() + EXPECTED_S)
            while len(self._codes) > MOST_CODES:
                self._codes.popitem(last=False)

    def pick(self, digest: bytes, device: str | None) -> None:
        """Let exactly this waiting report come; raises NotWaiting."""
        with self._lock:
            self._forget_old()
            waiting = self._waiting.get(digest)
            if waiting is None:
                raise NotWaiting
            until = self._clock() + PICKED_S
            self._grants[digest] = _Grant(device, waiting.size_bytes, waiting.peer, until, None)

    def decline(self, digest: bytes) -> None:
        """Do not want this report; its laptop is told so."""
        with self._lock:
            self._waiting.pop(digest, None)
            self._grants.pop(digest, None)
            self._declined[digest] = None
            while len(self._declined) > MOST_DECLINED:
                self._declined.popitem(last=False)
        self._changed()

    def waiting(self) -> tuple[WaitingReport, ...]:
        """What laptops hold ready now, the first to come first."""
        with self._lock:
            self._forget_old()
            return tuple(sorted(self._waiting.values(), key=lambda report: report.since_s))

    # ---- what laptops ask ----

    def consider(self, offer: Offer, peer: str) -> Standing:
        """Where an offered report stands; raises a LanRefusal. May take 0.1 s for a new one."""
        digest = bytes.fromhex(offer.digest)
        held = self._keeper.holds(digest)
        with self._lock:
            self._forget_old()
            code = self._proven(offer, digest, peer)
            if held:
                standing, told = Standing.ACCEPTED, self._known_again(digest, code, peer)
            else:
                standing, told = self._stands(offer, digest, code, peer), None
        if told is not None:
            self._landed(told)
        if standing is Standing.WAITING:
            self._see(offer, digest, peer)
        return standing

    def granted_size(self, digest: bytes) -> int:
        """How many bytes may come under this digest; raises NotExpected."""
        with self._lock:
            self._forget_old()
            grant = self._grants.get(digest)
        if grant is None:
            raise problems.NotExpected
        return grant.size_bytes

    def keep(self, digest: bytes, data: bytes) -> None:
        """Put what came on the disk, then tell; the code that brought it is used up.

        Called by one thread at a time. Raises NotExpected where another report used the code up
        meanwhile, or the time to send has passed.
        """
        with self._lock:
            grant = self._grants.get(digest)
        if grant is None:
            raise problems.NotExpected
        self._keeper.keep(data, grant.peer)
        with self._lock:
            self._grants.pop(digest, None)
            self._waiting.pop(digest, None)
            if grant.code_name is not None:
                self._use_up(grant.code_name, digest)
        self._landed(Landed(digest, grant.device, grant.peer))
        self._changed()

    def _proven(self, offer: Offer, digest: bytes, peer: str) -> _Code | None:
        """The code that the offer proves to know; None when nobody here scanned it yet."""
        code = self._codes.get(bytes.fromhex(offer.code_name))
        if code is None:
            return None
        if not self._wrong.left(peer):
            raise problems.TooManyTries
        if not proves(bytes.fromhex(offer.proof), code.key, digest, offer.size_bytes):
            self._wrong.take(peer)
            raise problems.WrongProof
        if code.brought not in {None, digest}:
            raise problems.CodeUsed
        return code

    def _stands(self, offer: Offer, digest: bytes, code: _Code | None, peer: str) -> Standing:
        if code is not None:
            self._grants[digest] = self._grant_by(code, offer, peer)
        if digest in self._grants:
            return Standing.SEND
        if digest in self._declined:
            raise problems.Declined
        if digest not in self._waiting:
            self._require_room(peer)
        return Standing.WAITING

    def _known_again(self, digest: bytes, code: _Code | None, peer: str) -> Landed | None:
        """Told again, or brought by a stick before: a code still says of which device it is."""
        self._waiting.pop(digest, None)
        if code is None or code.brought is not None:
            return None
        self._use_up(code.key.name, digest)
        return Landed(digest, code.device, peer)

    def _grant_by(self, code: _Code, offer: Offer, peer: str) -> _Grant:
        until = self._clock() + PICKED_S
        return _Grant(code.device, offer.size_bytes, peer, until, code.key.name)

    def _use_up(self, name: bytes, digest: bytes) -> None:
        """One code, one report: what else was let in by it stays outside."""
        self._grants = {d: grant for d, grant in self._grants.items() if grant.code_name != name}
        if name in self._codes:
            self._codes[name] = structs.replace(self._codes[name], brought=digest)

    def _require_room(self, peer: str) -> None:
        if not (self._fresh.take(peer) and self._fresh_of_all.take("")):
            raise problems.TooManyTries
        of_peer = sum(waiting.peer == peer for waiting in self._waiting.values())
        if of_peer >= self._limits.waiting_of_one or len(self._waiting) >= self._limits.waiting:
            raise problems.TooManyWaiting

    def _see(self, offer: Offer, digest: bytes, peer: str) -> None:
        """A laptop asks, for the first time or again.

        The station computes the short form itself: what a sender claims proves nothing.
        """
        known, now = self._waiting.get(digest), self._clock()
        report = known or WaitingReport(
            digest=digest,
            short_form=short_form(digest),
            maker=offer.maker,
            model=offer.model,
            serial=offer.serial,
            size_bytes=offer.size_bytes,
            peer=peer,
            since_s=now,
            seen_s=now,
        )
        with self._lock:
            self._waiting[digest] = structs.replace(report, seen_s=now)
        if known is None:
            self._changed()

    def _forget_old(self) -> None:
        now = self._clock()
        gone = [d for d, waiting in self._waiting.items() if now - waiting.seen_s > SEEN_S]
        for digest in gone:
            del self._waiting[digest]
        self._grants = {d: grant for d, grant in self._grants.items() if grant.until_s > now}
        for name in [n for n, code in self._codes.items() if code.until_s < now]:
            del self._codes[name]
