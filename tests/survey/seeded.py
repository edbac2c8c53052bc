"""Which responses are there when a test needs many, from people that it chose?"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from survey.answering.answers import Value
from survey.answering.mixer import make_response
from survey.answering.receipt import hash_receipt, make_receipt, read_receipt, show_receipt
from survey.answering.seal import Payload
from survey.definition.scoring import make_rules
from survey.installation import Installation, find_definition
from survey.store import responses
from survey.store.populations import Margin
from tests.survey.little_county import AGES, FIRST, GENDERS, PROV, SCORES
from tests.walks import ITS_MONTH

CHANNELS = ("open", "paper", "panel")


@dataclass(frozen=True)
class Person:
    """Who a response is about: where and when, what they answered, and the receipt they were given."""

    area: str
    month: str = ITS_MONTH
    answers: Mapping[str, Value | None] = field(default_factory=dict[str, Value | None])
    unit: str = ""
    channel: str = "open"
    version: str = FIRST
    survey: str = PROV
    receipt: str = field(default_factory=lambda: show_receipt(make_receipt()))


def seed(installation: Installation, people: Iterable[Person]) -> None:
    """Store people's responses as the mixer does, in the order they are given."""
    found = list(people)
    known = {one.version: find_definition(installation, one.survey, one.version) for one in found}
    rows = [
        make_response(make_payload(one), known[one.version], make_rules(known[one.version])) for one in found
    ]
    with installation.database.write() as connection:
        responses.add_responses(connection, rows)


def make_payload(person: Person) -> Payload:
    receipt = read_receipt(person.receipt)
    return Payload(
        survey=person.survey,
        version=person.version,
        round_id="runda",
        month=person.month,
        area=person.area,
        channel=person.channel,
        language="sv",
        answers=person.answers,
        comments={},
        for_panel=False,
        response_hash=hash_receipt(receipt, "response"),
        comment_hash=hash_receipt(receipt, "comment"),
        unit=person.unit,
    )


def make_people(
    chance: random.Random, counts: Mapping[tuple[str, str], int], *, units: Sequence[str] = ("",)
) -> list[Person]:
    """So many people of each (area, month), who are this and that; some leave a question out."""
    return [
        Person(area, month, make_answers(chance), chance.choice(units), chance.choice(CHANNELS))
        for (area, month), n in counts.items()
        for _ in range(n)
    ]


def make_answers(chance: random.Random) -> dict[str, Value | None]:
    """A person's answers: one in eight skips a question, and one in eight was never asked it."""
    care = tuple(code for code in ("home", "centre") if chance.random() < 0.6)
    answers: dict[str, Value | None] = {
        "b1": chance.choice(("self", "self", "carer")),
        "b3": chance.choice((*AGES, *AGES, "pns")),
        "b4": chance.choice((*GENDERS, *GENDERS, *GENDERS, "other", "pns")),
        **({"b5": care} if care else {}),
    }
    for question, scores in SCORES.items():
        fate = chance.randrange(8)
        if fate:
            answers[question] = chance.choice(sorted(scores)) if fate > 1 else None
    return answers


def forget_third_question(people: Iterable[Person], version: str) -> list[Person]:
    """The same people in a version that does not ask it."""
    return [
        replace(one, version=version, answers={q: a for q, a in one.answers.items() if q != "q3"})
        for one in people
    ]


def some_people(counts: Mapping[str, int], month: str = ITS_MONTH, *, unit: str = "") -> list[Person]:
    """So many people of each area who answered the first question, every other one best and worst."""
    return [
        Person(area, month, {"q1": "41"[number % 2]}, unit)
        for area, n in counts.items()
        for number in range(n)
    ]


def make_margins(chance: random.Random, areas: Iterable[str], *, most: int = 400) -> list[Margin]:
    """How many people live in each stratum of some municipalities: 0 to `most`."""
    return [
        Margin(area, age, gender, chance.randrange(most + 1))
        for area in areas
        for age in AGES
        for gender in GENDERS
    ]
