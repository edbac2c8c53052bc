"""What made-up people send in a month, sealed and mixed as everybody's is.

A month's answers come into the inbox in one transaction with a submission id of their own, as a person's do,
so that a filling that was killed anywhere is completed by the next one and nothing counts twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from analysis.periods import month_of, shift_month
from survey.answering.drafts import Draft, mask_draft
from survey.answering.keys import hash_keyed
from survey.answering.mixer import mix_period, retire_period
from survey.answering.receipt import make_receipt
from survey.answering.seal import Payload, make_row_id, seal_payload
from survey.answering.submit import make_payload
from survey.areas import Area
from survey.definition.model import Definition
from survey.demo.comments import add_comments
from survey.demo.county import County, count_answers, find_pulls, find_something_new, seed_numbers
from survey.demo.doors import LETTER_CHANNEL, Door, choose_door, invite, open_doors
from survey.demo.following import spread_answers
from survey.demo.people import Respondent, list_items, make_people
from survey.errors import SurveyError
from survey.installation import Installation, ensure_period_key, find_definition
from survey.store import installations, rounds, submissions
from survey.store.rounds import Round
from survey.store.submissions import Sealed


@dataclass(frozen=True)
class MadeUp:
    """The round that made-up people answer, their letters, and how much of the county is made."""

    round_: Round
    letters: Round
    county: County


@dataclass(frozen=True)
class MonthsAnswers:
    """A month's answers, sealed, and how many of them answered a letter, by area."""

    sealed: Sequence[Sealed]
    letters: Mapping[str, int]


def bring_in_month(installation: Installation, made: MadeUp, month: str) -> None:
    """Make, send and mix what came in a month that is over, and destroy its key, once.

    One that was killed anywhere is completed by the next. Raises SurveyError key_* and database_*.
    """
    then = travel_to(installation, shift_month(month, 1))
    doors = open_doors(then, month, made.round_, made.letters)
    public_key = find_open_key(then, month)
    if public_key is not None:
        ago = list_round_months(made.round_)[::-1].index(month) + 1
        send_month(then, doors, month, seal_month(then, doors, made.county, month, public_key, ago=ago))
    with installation.database.read(newest=True) as connection:
        if month not in installations.list_living_periods(connection):
            return
    mix_period(then, month, closing=True, forget_traces=False)
    for door in doors:
        spread_answers(then, door.round_, month)
    retire_period(then, month)


def list_round_months(round_: Round) -> tuple[str, ...]:
    """The months of a round, oldest first."""
    months = [month_of(round_.opens)]
    while months[-1] < month_of(round_.closes):
        months.append(shift_month(months[-1], 1))
    return tuple(months)


def travel_to(installation: Installation, month: str) -> Installation:
    """The installation as it is on the first day of a month."""
    first = date.fromisoformat(f"{month}-01")
    return replace(installation, today=lambda: first)


def find_open_key(installation: Installation, month: str) -> bytes | None:
    """The key to seal a month's answers to, None when they were sent before."""
    with installation.database.read() as connection:
        if submissions.has_submission(connection, find_submission(installation, month)):
            return None
    try:
        return ensure_period_key(installation, month)
    except SurveyError as closed:
        if closed.code != "period_closed":
            raise
        return None


def find_submission(installation: Installation, month: str) -> bytes:
    """The submission id of all of a month's made-up answers."""
    return hash_keyed(installation.pepper, "demonstration", month.encode())


def send_month(installation: Installation, doors: Sequence[Door], month: str, came: MonthsAnswers) -> None:
    """Put a month's answers into the inbox and invite those who got letters, all or none, once."""
    if not came.sealed:
        return
    with installation.database.write() as connection:
        if submissions.add_submission(connection, find_submission(installation, month), month):
            submissions.add_sealed(connection, came.sealed)
            for door in doors:
                rounds.freeze_definition(connection, door.round_.survey, door.round_.version)
            invite(installation, connection, doors[-1].round_, came.letters)


def seal_month(
    installation: Installation,
    doors: Sequence[Door],
    county: County,
    month: str,
    public_key: bytes,
    part: float = 1.0,
    *,
    ago: int = 0,
) -> MonthsAnswers:
    """The month's sealed answers of every municipality that is made.

    `part` is how much of the month is over (0-1), `ago` how many months before the running one it lies.
    """
    round_ = doors[0].round_
    definition = find_definition(installation, round_.survey, round_.version)
    sealed: list[Sealed] = []
    letters: Counter[str] = Counter()
    for area in installation.areas.municipalities:
        people = ask_people(definition, county, area, month, ago) if county.has(area) else []
        for number, person in enumerate(people[: round(part * len(people))]):
            door = choose_door(number, doors)
            letters[area.code] += door.channel == LETTER_CHANNEL
            payload = answer_round(door, person, month)
            sealed.append(Sealed(make_row_id(), month, seal_payload(payload, public_key)))
    return MonthsAnswers(sealed, {code: n for code, n in letters.items() if n})


def ask_people(
    definition: Definition, county: County, area: Area, month: str, months_ago: int
) -> list[Respondent]:
    """Those who answer in a municipality in a month; the same people each time it is asked for."""
    number = count_answers(county, area, month, months_ago)
    if not number:
        return []
    pulls = find_pulls(area.code, months_ago, list_items(definition))
    numbers = seed_numbers("people", area.code, str(months_ago))
    people = make_people(definition, area.code, pulls, number, numbers)
    add_comments(definition, people, numbers, new=find_something_new(area, months_ago))
    return people


def answer_round(door: Door, person: Respondent, month: str) -> Payload:
    """What a person sends: a draft, masked before anything is written, as everybody's is."""
    survey = door.surveys[person.form]
    draft = Draft(person.form, person.language, door.channel, make_receipt(), person.answers)
    return make_payload(door.round_, survey, mask_draft(survey, draft), month)
