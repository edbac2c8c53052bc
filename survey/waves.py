"""What does a new round like an old one look like, with the same questions?"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, timedelta
from itertools import count

from survey.rounds import NewRound
from survey.store.rounds import Round

YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
LONGEST_NAME = 40  # signs, as survey/rounds.py has it


def plan_wave(old: Round, *, known: Collection[str], today: date) -> NewRound:
    """The next wave: everything as it was, as long as it was, from the day after it or from today.

    `known` are the names that are taken. A year in the name or the title becomes the new round's.
    """
    opens = max(today, old.closes + timedelta(1))
    return NewRound(
        name_wave(old.id, year=opens.year, known=known),
        old.survey,
        old.version,
        YEAR.sub(str(opens.year), old.title),
        opens,
        opens + (old.closes - old.opens),
        old.door,
        old.forms,
        old.mode,
        old.audience,
        old.left_out,
        old.most,
    )


def name_wave(old: str, *, year: int, known: Collection[str]) -> str:
    """A name that is free: with the new year, else with the first free number behind it."""
    base = YEAR.sub(str(year), old)
    if base not in known:
        return base
    for number in count(2):
        tail = f"-{number}"
        name = base[: LONGEST_NAME - len(tail)].rstrip("-") + tail
        if name not in known:
            return name
    raise AssertionError("count never ends")
