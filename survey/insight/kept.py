"""What is worked out once for everybody who may see the same, as long as nothing more is published."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TypeVar
from weakref import WeakKeyDictionary

from survey.store.database import Database

T = TypeVar("T")
MOST_KEPT = 16  # values for each database: kinds of period and audiences of the surveys somebody looks at

_kept: WeakKeyDictionary[Database, dict[str, OrderedDict[Hashable, object]]] = WeakKeyDictionary()


def keep(
    database: Database, key: Hashable, work_out: Callable[[], T], *, shelf: str = "", most: int = MOST_KEPT
) -> T:
    """The value of a key, worked out when it is asked for first; the one that was made first is let go.

    The key must tell everything that the value depends on: who may see it, and what it was made of. Two
    threads may work the same value out at once; they get the same. A `shelf` keeps so many of its own, so
    that what is asked for by everybody does not crowd out the rest.
    """
    known = _kept.setdefault(database, {}).setdefault(shelf, OrderedDict())
    if key in known:
        return known[key]  # type: ignore[return-value]
    value = work_out()
    known[key] = value
    while len(known) > most:
        known.popitem(last=False)
    return value
