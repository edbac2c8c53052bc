"""How many people reach each part of a form, counted so that nobody's way through it can be followed?

A number that grew whenever a draft is kept would tell, to somebody who reads the database's log, which parts
the draft came to and so which answer became of it. So the process counts in memory, and adds to the database
when one part of a round's form has been reached by twenty people since the last time: a number never grows
by fewer. Each draft carries, sealed, how far it has been counted. A process that ends forgets what it has
not added, of at most nineteen people in each form of a round: what is shown is the least there can be.
"""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from survey.answering.answers import Answers
from survey.answering.journey import Step, Survey, list_steps
from survey.errors import SurveyError
from survey.installation import Installation
from survey.store import monitoring

log = logging.getLogger(__name__)
TOGETHER = 20  # people who reached one part, before the numbers in the database grow
LOOKED_OVER, SENT = "-look-over", "-sent"  # no part can be called so: a part's id begins with a letter


def list_places(survey: Survey) -> tuple[str, ...]:
    """The places of a form that are counted, in their order: its parts, looking over, and having sent."""
    return (*(part.id for part, _ in survey.parts), LOOKED_OVER, SENT)


def find_place_after(survey: Survey, answers: Answers, step: Step) -> str:
    """The place that Next leads to from a step, with the answers that were given there."""
    steps = list_steps(survey, answers)
    return steps[step.number].part.id if step.number < len(steps) else LOOKED_OVER


def find_new(survey: Survey, counted: int, place: str) -> tuple[tuple[str, ...], int]:
    """The places that somebody reaches for the first time by coming to one, and how many are counted then.

    A part that was passed over, having nothing to ask, was reached too: nobody stopped before it. Nothing is
    new to somebody who goes back.
    """
    places = list_places(survey)
    until = places.index(place) + 1
    return places[counted:until], max(counted, until)


class Tally:
    """What one process has counted and not yet added to the database."""

    def __init__(self) -> None:
        self._waiting: dict[tuple[str, str], Counter[str]] = {}
        self._lock = threading.Lock()

    def note(self, round_id: str, form: str, places: Iterable[str]) -> Mapping[str, int]:
        """Count somebody in. What is to be added to the database now: nothing, or all that was waiting."""
        key = (round_id, form)
        with self._lock:
            waiting = self._waiting.setdefault(key, Counter())
            waiting.update(places)
            if max(waiting.values(), default=0) < TOGETHER:
                return {}
            return self._waiting.pop(key)

    def put_back(self, round_id: str, form: str, numbers: Mapping[str, int]) -> None:
        """Keep numbers that could not be added."""
        with self._lock:
            self._waiting.setdefault((round_id, form), Counter()).update(numbers)


@lru_cache(maxsize=64)
def find_tally(_installation: Installation) -> Tally:
    """The tally of this process for an installation."""
    return Tally()


def count_reached(installation: Installation, round_id: str, form: str, places: Iterable[str]) -> None:
    """Count somebody who has come to some places for the first time, when that is safely kept.

    A database that cannot be written now does not trouble them: they are counted in with the next.
    """
    tally = find_tally(installation)
    numbers = tally.note(round_id, form, places)
    if not numbers:
        return
    try:
        installation.database.write_together(
            lambda connection: monitoring.add_reached(connection, round_id, form, numbers)
        )
    except SurveyError as wrong:
        log.warning("how far people came could not be counted (%s): it is tried again", wrong.code)
        tally.put_back(round_id, form, numbers)
