"""Which responses are there when a test needs many, with scores that it chose?"""

from __future__ import annotations

import json
import random
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from survey.installation import Installation
from survey.store import responses
from survey.store.responses import Response
from tests.walks import ITS_MONTH, SURVEY, VERSION

MEASURES = ("helhet", "kontinuitet", "personcentrering")


@dataclass(frozen=True)
class Person:
    """Who a response is about: where, when, what they scored and which groups they belong to."""

    area: str
    scores: Mapping[str, float]
    month: str = ITS_MONTH
    groups: Mapping[str, str] = field(default_factory=dict[str, str])


def seed(installation: Installation, people: Iterable[Person]) -> None:
    """Store people's responses as the mixer does, in the order they are given."""
    with installation.database.write() as connection:
        responses.add_responses(connection, [make_response(person) for person in people])


def make_response(person: Person) -> Response:
    return Response(
        id=secrets.token_bytes(16),
        survey=SURVEY,
        version=VERSION,
        round_id="runda",
        area=person.area,
        unit="",
        month=person.month,
        channel="open",
        answers="{}",
        scores=json.dumps(person.scores),
        groups=json.dumps(person.groups, sort_keys=True),
        receipt=secrets.token_bytes(32),
    )


def make_people(chance: random.Random, counts: Mapping[tuple[str, str], int]) -> list[Person]:
    """So many people of each (area, month), who scored this and that; some skipped a measure."""
    return [
        Person(
            area, make_scores(chance), month, {"gender": chance.choice(("woman", "man")), "language": "sv"}
        )
        for (area, month), n in counts.items()
        for _ in range(n)
    ]


def make_scores(chance: random.Random, measures: Sequence[str] = MEASURES) -> dict[str, float]:
    return {one: chance.randrange(0, 13) * 100 / 12 for one in measures if chance.random() < 0.85}


def same_score(counts: Mapping[str, int], month: str = ITS_MONTH) -> list[Person]:
    """So many people of each area who all scored 75 in one measure."""
    return [Person(area, {"helhet": 75.0}, month) for area, n in counts.items() for _ in range(n)]
