"""How does a form of an open round get a number of its own, which belongs to nobody and counts once?"""

from __future__ import annotations

from survey.answering.codes import make_code
from survey.answering.drafts import check_round_open, hash_code, seal_area
from survey.errors import SurveyError
from survey.installation import Installation
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person
from survey.rounds import find_round_now
from survey.store import audits, submissions
from survey.store.rounds import Round

MOST_PRINTED = 500  # forms in one file: more are printed in several
OPEN_DOOR = "open"


def make_numbers(installation: Installation, round_: Round, number: int, *, by: Person) -> tuple[str, ...]:
    """New random numbers for forms of an open round; only their keyed hashes are kept. Nobody is invited.

    They look like letter codes, so that a slip of a finger is found, and open nothing on the web. Raises
    SurveyError: not_allowed, round_no_numbers for a round whose letters have codes, round_not_open, and
    paper_number_wrong.
    """
    check_can_do(Permission.KEY_PAPER, by=by)
    if round_.door != OPEN_DOOR:
        raise SurveyError("round_no_numbers")
    check_round_open(installation, round_)
    if not 1 <= number <= MOST_PRINTED:
        raise SurveyError("paper_number_wrong", most=MOST_PRINTED)
    codes = tuple(make_code(demo=installation.is_demo) for _ in range(number))
    rows = [(hash_code(installation, code), seal_area(installation, code, "")) for code in codes]
    with installation.database.write() as connection:
        submissions.add_codes(connection, round_.id, rows)
        audits.add_event(connection, "paper numbers made", round_.id, by=by.name, number=number)
    return codes


def check_can_print(installation: Installation, round_id: str, *, by: Person) -> Round:
    """The open round that somebody prints forms of.

    Raises SurveyError not_allowed, round_unknown, round_no_numbers and round_not_open.
    """
    check_can_do(Permission.INVITE, by=by)
    round_ = find_round_now(installation, round_id)
    if round_.door != OPEN_DOOR:
        raise SurveyError("round_no_numbers")
    check_round_open(installation, round_)
    return round_
