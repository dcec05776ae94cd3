"""How often somebody may ask: a bucket of questions each, that fills again with time.

Buckets are each worker's own. They hold back who asks far too often, and are no count to rely on.
"""

import math
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, IPv6Network, ip_address
from threading import Lock
from time import monotonic

HOUSE_BITS = 64  # of an IPv6 address; the others their holder chooses
MOST_BUCKETS = 20_000  # whoever asks from ever new addresses fills no memory


class TooMany(Exception):
    """Too many questions; `wait_s` says how long to wait."""

    def __init__(self, wait_s: int) -> None:
        super().__init__(wait_s)
        self.wait_s = wait_s


class Buckets:
    """A bucket for each name: `burst` questions at once, then `per_second`."""

    def __init__(
        self, per_second: float, burst: int, clock: Callable[[], float] = monotonic
    ) -> None:
        self._per_second, self._burst, self._clock = per_second, burst, clock
        self._lock = Lock()
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()  # left, as of when

    def take(self, name: str) -> None:
        """Take one question out; raises TooMany when none is left."""
        now, name = self._clock(), whose(name)
        with self._lock:
            left, since = self._left.pop(name, (float(self._burst), now))
            left = min(self._burst, left + (now - since) * self._per_second)
            short = left < 1
            self._left[name] = (left if short else left - 1, now)
            if len(self._left) > MOST_BUCKETS:
                self._left.popitem(last=False)
        if short:
            raise TooMany(max(1, math.ceil((1 - left) / self._per_second)))


def whose(name: str) -> str:
    """Whose bucket it is: of an IPv6 address the network, which one house has to itself."""
    if ":" not in name:
        return name
    try:
        address = ip_address(name.partition("%")[0])
    except ValueError:
        return name
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
        return str(IPv6Network((int(address), HOUSE_BITS), strict=False))
    return name


class Limits:
    """The kinds of buckets."""

    def __init__(
        self, per_second: int, tries_per_minute: int, clock: Callable[[], float] = monotonic
    ) -> None:
        self.holders = Buckets(per_second, per_second * 5, clock)  # of tokens
        self.strangers = Buckets(per_second, per_second * 5, clock)  # addresses without a token
        self.tries = Buckets(tries_per_minute / 60, tries_per_minute, clock)  # of a secret
        self.forms = Buckets(tries_per_minute / 60, tries_per_minute, clock)  # that were sent in
