"""Who is to be told now, of what, and what does each letter say?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Protocol

from survey.digest.abouts import About
from survey.digest.addresses import Wish, find_wish
from survey.digest.happened_desk import open_happened_desk
from survey.digest.letters import NO_LINK, Letter
from survey.digest.signals_desk import open_signals_desk
from survey.installation import Installation
from survey.store import digests
from survey.store.digests import Subscription


class Desk(Protocol):
    """Writes the letters about one thing.

    Whoever gets a letter now is told until `latest`; who has been told no further than `told_until` is due.
    """

    latest: int
    told_until: int

    @property
    def about(self) -> About: ...

    def write(self, wish: Wish, told: int, *, leave: str) -> Letter | None:
        """The letter of a wish that has been told so far; None when there is nothing to tell."""
        ...


# Which desk writes about what. A desk is None while it has nothing to write about at all.
DESKS: Mapping[About, Callable[[Installation], Desk | None]] = {
    About.SIGNALS: open_signals_desk,
    About.HAPPENED: open_happened_desk,
}


def open_desks(installation: Installation) -> Iterator[Desk]:
    """Every desk that has something to write about."""
    for open_desk in DESKS.values():
        desk = open_desk(installation)
        if desk is not None:
            yield desk


def find_due(installation: Installation, desk: Desk, *, now: float) -> tuple[Subscription, ...]:
    """Who a desk writes to and may be tried at a time (seconds since 1970)."""
    with installation.database.read(newest=True) as connection:
        return digests.list_due(connection, about=desk.about, told_until=desk.told_until, now=now)


def preview_due(installation: Installation, *, now: float) -> tuple[tuple[Letter, int], ...]:
    """Every letter that would be sent now, and to how many; never an address or a link of theirs."""
    return tuple(
        found for desk in open_desks(installation) for found in preview_desk(installation, desk, now=now)
    )


def preview_desk(installation: Installation, desk: Desk, *, now: float) -> tuple[tuple[Letter, int], ...]:
    """The same of one desk. Who is told different things, or in another language, gets another letter."""
    wanted: Counter[tuple[tuple[str, ...], str, int]] = Counter()
    for one in find_due(installation, desk, now=now):
        wish = find_wish(installation, one.sealed)
        wanted[wish.areas, wish.language, one.told] += 1
    letters: Counter[Letter] = Counter()
    for (areas, language, told), number in wanted.items():
        letter = desk.write(Wish("", areas, language), told, leave=NO_LINK)
        if letter is not None:
            letters[letter] += number
    return tuple(letters.items())
