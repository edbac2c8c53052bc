"""Who answers in the demonstration county, and what they say of their care.

A person has a mood, which age, needs and role move; an answer is what people usually say in that dimension,
and the pull of the municipality, and the mood, and chance, in the five steps of the scale.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from survey.answering.answers import Value
from survey.definition.model import Definition, Form, Question
from survey.demo.shares import (
    AGES,
    CARE_TYPES,
    COMPLEX_NEEDS,
    CONTACTS,
    DIMENSION_SPREAD,
    FULL_SHARE,
    GENDERS,
    ITEM_SPREAD,
    LANGUAGES,
    LEVELS,
    MOOD_BY_AGE,
    MOOD_BY_COMPLEX_NEED,
    MOOD_BY_RISK,
    MOOD_BY_ROLE,
    MOOD_SPREAD,
    NEEDS,
    NEEDS_BY_AGE,
    NEEDS_UNSAID,
    NO_CARE,
    NOT_RELEVANT_SHARE,
    ROLES,
    SAME_PERSON,
    SKIPPED,
    SKIPPED_SHARE,
    USUAL_LEVEL,
    Shares,
)


@dataclass(frozen=True)
class Respondent:
    """One made-up person. `mood` is points above or below what is usual; `answers` lacks what was skipped."""

    form: Form
    language: str
    mood: float
    answers: dict[str, Value]


def list_items(definition: Definition) -> tuple[Question, ...]:
    """The questions that measure something, in the order they are asked."""
    return tuple(q for q in definition.questions if q.kind == "scale" and q.dimension is not None)


def make_people(
    definition: Definition, area: str, pulls: np.ndarray, number: int, rng: np.random.Generator
) -> list[Respondent]:
    """Some people of a municipality with their answers; `pulls` are points per question of list_items."""
    ids = {q.key: q.id for q in definition.questions if q.key is not None}
    roles, ages = draw(rng, ROLES, number), draw(rng, AGES, number)
    needs = draw_needs(rng, ages)
    care = draw_several(rng, CARE_TYPES, np.ones(number))
    mood = find_moods(roles, ages, needs) + rng.normal(0, MOOD_SPREAD, number)
    contacts = [c if chosen else "n0" for c, chosen in zip(draw(rng, CONTACTS, number), care, strict=True)]
    columns: dict[str, Sequence[Value]] = {
        ids["role"]: roles,
        ids["municipality"]: [area] * number,
        ids["care_types"]: [chosen or (NO_CARE,) for chosen in care],
        ids["contacts"]: contacts,
        **answer_items(definition, mood, pulls, rng),
        ids["same_person"]: draw(rng, SAME_PERSON, number),
        ids["age_band"]: ages,
        ids["gender"]: draw(rng, GENDERS, number),
        ids["needs"]: needs,
    }
    full = rng.random(number) < FULL_SHARE
    languages = draw(rng, LANGUAGES, number)
    return [
        Respondent(
            "full" if full[i] else "short",
            languages[i],
            float(mood[i]),
            {question: given for question, given in zip(columns, row, strict=True) if given},
        )
        for i, row in enumerate(zip(*columns.values(), strict=True))
    ]


def draw(rng: np.random.Generator, shares: Shares, number: int) -> list[str]:
    """One code per person."""
    codes, weights = list(shares), np.array(list(shares.values()))
    found: list[int] = rng.choice(len(codes), number, p=weights / weights.sum()).tolist()
    return [codes[i] for i in found]


def draw_several(rng: np.random.Generator, shares: Shares, likely: np.ndarray) -> list[tuple[str, ...]]:
    """The codes that each person chooses, perhaps none; `likely` multiplies the shares, per person."""
    chosen = rng.random((len(likely), len(shares))) < np.outer(likely, list(shares.values()))
    return [tuple(c for c, yes in zip(shares, row, strict=True) if yes) for row in chosen.tolist()]


def draw_needs(rng: np.random.Generator, ages: Sequence[str]) -> list[tuple[str, ...]]:
    """What each person ticks about needs; empty where the question was skipped."""
    by_age = np.array([NEEDS_BY_AGE.get(age, 1.0) for age in ages])
    complex_ones = {code: share for code, share in NEEDS.items() if code in COMPLEX_NEEDS}
    risks = {code: share for code, share in NEEDS.items() if code not in COMPLEX_NEEDS}
    chosen = zip(
        draw_several(rng, complex_ones, by_age),
        draw_several(rng, risks, np.ones(len(ages))),
        draw(rng, NEEDS_UNSAID, len(ages)),
        strict=True,
    )
    return [c + r if c or r else (unsaid,) if unsaid else () for c, r, unsaid in chosen]


def find_moods(roles: Sequence[str], ages: Sequence[str], needs: Sequence[tuple[str, ...]]) -> np.ndarray:
    """What role, age and needs do to each person's mood, in points."""
    return np.array(
        [
            MOOD_BY_ROLE.get(role, 0)
            + MOOD_BY_AGE.get(age, 0)
            + MOOD_BY_COMPLEX_NEED * len(COMPLEX_NEEDS.intersection(chosen))
            + MOOD_BY_RISK * sum(code in NEEDS and code not in COMPLEX_NEEDS for code in chosen)
            for role, age, chosen in zip(roles, ages, needs, strict=True)
        ],
        dtype=np.float64,
    )


def answer_items(
    definition: Definition, mood: np.ndarray, pulls: np.ndarray, rng: np.random.Generator
) -> dict[str, list[str]]:
    """Everybody's answer to each measuring question, as codes; SKIPPED where there is none."""
    items = list_items(definition)
    dimensions = sorted({str(item.dimension) for item in items})
    place = [dimensions.index(str(item.dimension)) for item in items]
    levels = np.array([LEVELS.get(str(item.dimension), USUAL_LEVEL) for item in items])
    number = len(mood)
    points = (
        levels + pulls + mood[:, None] + rng.normal(0, DIMENSION_SPREAD, (number, len(dimensions)))[:, place]
    )
    points += rng.normal(0, ITEM_SPREAD, (number, len(items)))
    chance = rng.random((number, len(items)))
    return {
        item.id: answer_item(definition, item, points[:, i], chance[:, i]) for i, item in enumerate(items)
    }


def answer_item(definition: Definition, item: Question, points: np.ndarray, chance: np.ndarray) -> list[str]:
    """One question's answers: the nearest step, the escape or nothing. A reversed question is turned."""
    steps = sorted(
        (o for o in definition.list_options(item) if o.score is not None), key=lambda o: o.score or 0
    )
    codes = [option.code for option in (reversed(steps) if item.reverse else steps)]
    escape = next((o.code for o in definition.list_options(item) if o.score is None), SKIPPED)
    best = len(codes) - 1
    nearest = np.clip(np.rint(points * best / 100), 0, best).astype(int)
    nearest[chance < NOT_RELEVANT_SHARE + SKIPPED_SHARE] = best + 1
    nearest[chance < SKIPPED_SHARE] = best + 2
    choices = [*codes, escape, SKIPPED]
    return [choices[i] for i in nearest.tolist()]
