"""How much may one caller ask for, and how long must they wait when it was too much?

Kept in memory: writing to the database for each request would cost more than most answers, and nobody's
address is stored. Several processes each count for themselves: docs/api.md says what follows.
"""

from __future__ import annotations

import ipaddress
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from survey.errors import SurveyError

MADE, READY = 1.0, 0.05  # what an answer costs that must be made, and one that lies ready
MOST_CALLERS = 10_000  # that are remembered; the one who has been silent longest is forgotten first
IPV6_NETWORK = 64  # bits; a household or an office has all addresses below them


@dataclass(frozen=True)
class Limit:
    """What may be asked for at once, and how much of it comes back each second."""

    most: float
    each_second: float


ANYBODY_LIMIT = Limit(100, 5)  # of an address: a proxy or a hospital is one, so it is a generous one
PERMIT_LIMIT = Limit(400, 20)


@dataclass
class Bucket:
    """What a caller has left, and when that was so."""

    left: float
    at: float


class Buckets:
    """A token bucket for each caller."""

    def __init__(self, limit: Limit, *, now: Callable[[], float] = time.monotonic) -> None:
        self.limit = limit
        self._now = now
        self._known: OrderedDict[str, Bucket] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, caller: str, cost: float) -> None:
        """Raises SurveyError too_many_requests with the whole seconds to wait, and takes nothing then."""
        with self._lock:
            now = self._now()
            bucket = self._known.pop(caller, None) or Bucket(self.limit.most, now)
            self._known[caller] = bucket
            if len(self._known) > MOST_CALLERS:
                self._known.popitem(last=False)
            grown = bucket.left + (now - bucket.at) * self.limit.each_second
            bucket.left, bucket.at = min(self.limit.most, grown), now
            if bucket.left < cost:
                missing = (cost - bucket.left) / self.limit.each_second
                raise SurveyError("too_many_requests", seconds=int(missing) + 1)
            bucket.left -= cost


def name_address(host: str) -> str:
    """What callers without a permit are told apart by: their address, of IPv6 the network it is in."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if address.version == 4:
        return host
    return str(ipaddress.ip_network((address, IPV6_NETWORK), strict=False))
