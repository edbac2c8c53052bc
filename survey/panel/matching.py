"""Who is asked first: matching on members' own tags, their times, and fair turns?

Pure functions of plain values. Nobody is told which tags somebody has, only how many of the wanted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from survey.panel.availability import is_available

TURN_DAYS = 365  # how far back it counts that somebody has been asked
OFTEN_TIMES = 2  # asked so many times as often as the middle member is too often
OFTEN_AT_LEAST = 3  # but never fewer times than this: twice may be chance in a small panel


@dataclass(frozen=True)
class Someone:
    """What matching knows of a member; `asked` are the days on which they were asked about a mission."""

    id: str
    tags: Collection[str]
    times: Collection[str]
    paused_until: date | None
    asked: Sequence[date] = ()


@dataclass(frozen=True)
class Wanted:
    """What a mission wants, and the day on which somebody looks for people."""

    mission: str
    tags: Collection[str]
    day: date
    starts: str
    today: date


@dataclass(frozen=True)
class Candidate:
    """A member who can be asked: how many of the wanted tags they share, and how often they are asked."""

    member: str
    shared: int
    asked: int
    asked_often: bool


def rank_candidates(
    wanted: Wanted, people: Iterable[Someone], *, but: Collection[str] = ()
) -> tuple[Candidate, ...]:
    """Those who can take part then, in the order to ask them; `but` are asked already.

    First those who share a wanted tag, of them those who are not asked too often, then those who share most,
    then those who were asked least and longest ago. What is left is decided by a draw that is another for
    each mission and the same each time.
    """
    known = list(people)
    counts = {one.id: count_recent(one.asked, wanted.today) for one in known}
    often = find_often(counts)
    free = [
        one
        for one in known
        if one.id not in but and is_available(one.times, one.paused_until, wanted.day, wanted.starts)
    ]
    candidates = {
        one.id: Candidate(one.id, len(set(one.tags) & set(wanted.tags)), counts[one.id], one.id in often)
        for one in free
    }

    def find_turn(one: Someone) -> tuple[object, ...]:
        found = candidates[one.id]
        suits = found.shared > 0 or not wanted.tags
        last = max(one.asked, default=date.min)
        return (not suits, found.asked_often, -found.shared, found.asked, last, draw(wanted.mission, one.id))

    return tuple(candidates[one.id] for one in sorted(free, key=find_turn))


def count_recent(asked: Iterable[date], today: date) -> int:
    """How many times somebody was asked in the year until today."""
    return sum(today - timedelta(days=TURN_DAYS) < day for day in asked)


def find_often(counts: Mapping[str, int]) -> frozenset[str]:
    """Those who are asked too often: twice as often as the middle member, and three times at least."""
    if not counts:
        return frozenset()
    limit = max(OFTEN_TIMES * median(counts.values()), OFTEN_AT_LEAST)
    return frozenset(member for member, number in counts.items() if number >= limit)


def draw(mission: str, member: str) -> str:
    """A lot that nobody chooses."""
    return hashlib.sha256(f"{mission} {member}".encode()).hexdigest()
