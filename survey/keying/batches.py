"""How many forms has somebody keyed today, how many wait, and can the last one still be undone?"""

from __future__ import annotations

from dataclasses import dataclass

from survey.installation import Installation
from survey.keying.opening import name_keyer, takes_paper
from survey.keying.states import State
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person
from survey.rounds import list_rounds
from survey.store import keyed
from survey.store.rounds import Round


@dataclass(frozen=True)
class Batch:
    """The keying of a round as one person sees it: their own of today, all, and what waits."""

    own_today: int
    today: int
    whole: int
    waiting: int
    waiting_for_me: int
    differing: int
    can_undo: bool


def find_batch(installation: Installation, round_: Round, *, viewer: Person) -> Batch:
    """Raises SurveyError not_allowed."""
    check_can_do(Permission.KEY_PAPER, by=viewer)
    keyer, day = name_keyer(viewer), installation.today()
    with installation.database.read(newest=True) as connection:
        states = keyed.count_forms(connection, round_.id)
        waits = State.WAITING.value
        last = keyed.list_forms(connection, states=[State.LAST.value], round_id=round_.id, by=keyer)
        return Batch(
            keyed.count_keyed(connection, round_.id, day=day, keyer=keyer),
            keyed.count_keyed(connection, round_.id, day=day),
            keyed.count_keyed(connection, round_.id),
            states.get(waits, 0),
            keyed.count_for_second(connection, round_.id, state=waits, but=keyer),
            states.get(State.DIFFERING.value, 0),
            bool(last),
        )


def list_paper_rounds(installation: Installation, *, viewer: Person) -> tuple[Round, ...]:
    """The rounds that paper forms come into today. Raises SurveyError not_allowed."""
    check_can_do(Permission.KEY_PAPER, by=viewer)
    today = installation.today()
    return tuple(one for one in list_rounds(installation) if takes_paper(one) and one.is_open(today))
