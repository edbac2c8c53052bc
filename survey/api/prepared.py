"""Which answers lie ready as bytes, so that nothing is worked out for one that was given before?"""

from __future__ import annotations

import gzip
import threading
from collections import OrderedDict
from dataclasses import dataclass

MOST_BYTES = 32 * 1024 * 1024  # of all that lies ready; the one that was asked for longest ago goes first
LEAST_TO_PACK = 500  # bytes; what is shorter hardly gets shorter
LEVEL = 6
Key = tuple[int, str, str, bytes]  # edition, figures, path, query


@dataclass(frozen=True)
class Ready:
    """An answer as it goes out. `packed` is gzip, None for a short one."""

    plain: bytes
    packed: bytes | None
    next: str | None

    @property
    def size(self) -> int:
        return len(self.plain) + len(self.packed or b"")


def pack(plain: bytes, following: str | None) -> Ready:
    """An answer, and its compressed form where that is worth it. The same bytes give the same."""
    packed = gzip.compress(plain, LEVEL, mtime=0) if len(plain) >= LEAST_TO_PACK else None
    return Ready(plain, packed, following)


class Shelf:
    """The answers that lie ready. Those of an earlier edition go by themselves: nobody asks for them."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = most
        self._ready: OrderedDict[Key, Ready] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def find(self, key: Key) -> Ready | None:
        with self._lock:
            found = self._ready.get(key)
            if found is not None:
                self._ready.move_to_end(key)
            return found

    def keep(self, key: Key, ready: Ready) -> None:
        """Keep an answer, unless it is so large that many others would have to go."""
        if ready.size > self._most // 4:
            return
        with self._lock:
            old = self._ready.pop(key, None)
            self._bytes += ready.size - (old.size if old else 0)
            self._ready[key] = ready
            while self._bytes > self._most:
                _, gone = self._ready.popitem(last=False)
                self._bytes -= gone.size
