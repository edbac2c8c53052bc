"""What is every number of a closing, when it is worked out person by person and nothing is ever summed up?

Shares with the product how a stratum is weighted (`analysis/weights.py`, which has tests of its own) and
nothing else: everybody's weight is then their own, and every formula is written as the method page has it.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum, sqrt

import numpy as np
import pytest
from scipy import stats
from sqlalchemy import select

from analysis.disclosure import is_all_alike
from analysis.group_tables import GROUP_LEAST
from analysis.periods import Period, PeriodKind, list_months
from analysis.weights import find_county_weights, find_weights
from survey.installation import Installation
from survey.store.publications import Cell
from survey.store.tables import response
from tests.survey.little_county import AGES, DIMENSIONS, GENDERS, QUESTIONS, SCORES

Key = tuple[str, str, str, str, str, str]  # period, area, unit, group, value, measure
Margins = Mapping[tuple[str, str, str], int]  # people by area, age and gender
WITH_GROUPS = (PeriodKind.HALF_YEAR, PeriodKind.YEAR)
POSITIVE = 75.0 - 1e-9
UNKNOWN = ("", "")
LEAST = 5  # people in any cell that anybody sees


@dataclass(frozen=True)
class Respondent:
    """One person as the reference remembers them: stratum is age and gender, mix role, channel and age."""

    area: str
    unit: str
    month: str
    stratum: tuple[str, str]
    group_stratum: tuple[str, str]
    mix: tuple[str, str, str]
    groups: Mapping[str, tuple[str, ...]]
    scores: Mapping[str, float]
    answers: Mapping[str, str | None]

    def forget(self, *, half_is_out: bool) -> Respondent:
        """The person after taking their answers back from a closed month: of no known kind."""
        gone = replace(self, stratum=UNKNOWN, mix=("", "", ""))
        return gone if half_is_out else replace(gone, groups={}, group_stratum=UNKNOWN)


def read_respondents(installation: Installation, month: str) -> dict[bytes, Respondent]:
    """Everybody whose response is kept of a month, by the hash of their receipt."""
    with installation.database.read() as connection:
        rows = connection.execute(select(response).where(response.c.month == month)).all()
    return {row.receipt: read_respondent(row) for row in rows}


def read_respondent(row) -> Respondent:  # type: ignore[no-untyped-def]
    told = json.loads(row.groups)
    answers = json.loads(row.answers)
    age, gender = told.get("age", ""), told.get("gender", "")
    questions = {q: SCORES[q][answers[q]] for q in QUESTIONS if answers.get(q) is not None}
    return Respondent(
        area=row.area,
        unit=row.unit,
        month=row.month,
        stratum=(age, gender),
        group_stratum=(age, gender),
        mix=(told.get("who", ""), row.channel, age),
        groups={group: (code,) if isinstance(code, str) else tuple(code) for group, code in told.items()},
        scores=json.loads(row.scores) | {q: score for q, score in questions.items() if score is not None},
        answers={q: answers[q] for q in QUESTIONS if q in answers},
    )


Numbers = dict[str, object]
"""The numbers of a cell, under the names they are published with."""


def compute_cells(
    people: Iterable[Respondent], county: str, areas: Sequence[str], period: Period, margins: Margins
) -> dict[Key, Numbers]:
    """Every cell of a county's period that anybody has a score in."""
    months = set(list_months(period))
    inside = [one for one in people if one.month in months and one.area in areas]
    own, whole, methods = weigh_everybody(inside, areas, margins)
    adjusted = adjust_everybody(inside, areas)
    found: dict[Key, Numbers] = {}
    for place, members in list_cells(inside, county, period).items():
        weights = whole if place[0] == county else own
        weighed = [(one, weights[(one.area, stratum)]) for one, stratum in members]
        for measure in (*DIMENSIONS, *QUESTIONS):
            some = [(w, one.scores[measure]) for one, w in weighed if measure in one.scores]
            if some and is_published(place, county, measure):
                numbers = estimate(some) | {"weighting": methods[place[0] if place[0] != county else ""]}
                mean = adjusted.get((place[0], measure)) if place[1:] == ("", "", "") else None
                shares = share_answers(weighed, measure) if measure in QUESTIONS else None
                found[(period.code, *place, measure)] = numbers | {"adjusted": mean, "shares": shares}
    return found


Members = list[tuple[Respondent, tuple[str, str]]]  # each with the stratum that they count in


def list_cells(people: Iterable[Respondent], county: str, period: Period) -> dict[tuple[str, ...], Members]:
    """Who is in each published place of a period: (area, unit, group, value)."""
    found: dict[tuple[str, ...], Members] = defaultdict(list)
    for one in people:
        places = [(one.area, "", "", ""), (county, "", "", "")]
        if one.unit and period.kind is PeriodKind.QUARTER:
            places.append((one.area, one.unit, "", ""))
        for place in places:
            found[place].append((one, one.stratum))
        if period.kind in WITH_GROUPS:
            for group, codes in one.groups.items():
                for area in (one.area, county):
                    for code in codes:
                        found[(area, "", group, code)].append((one, one.group_stratum))
    return found


def is_published(place: tuple[str, ...], county: str, measure: str) -> bool:
    """Of municipalities' groups only the dimensions are."""
    return place[2] == "" or place[0] == county or measure in DIMENSIONS


def estimate(some: Sequence[tuple[float, float]]) -> Numbers:
    """The numbers of people, each a weight and a score."""
    n, all_weights = len(some), fsum(w for w, _ in some)
    mean = fsum(w * x for w, x in some) / all_weights
    error = None
    if n > 1:
        error = sqrt(n / (n - 1) * fsum(w**2 * (x - mean) ** 2 for w, x in some)) / all_weights
    half = None if error is None else float(stats.t.ppf(0.975, n - 1)) * error
    effective = all_weights**2 / fsum(w**2 for w, _ in some)
    share = fsum(w for w, x in some if x >= POSITIVE) / all_weights
    low, high = bound_by_wilson(share, effective)
    return {
        "n": n,
        "mean": mean,
        "raw": fsum(x for _, x in some) / n,
        "sd": None if error is None else error * sqrt(n),
        "low": None if half is None else max(mean - half, 0.0),
        "high": None if half is None else min(mean + half, 100.0),
        "n_effective": effective,
        "largest_weight": max(w for w, _ in some),
        "positive": share,
        "positive_low": low,
        "positive_high": high,
    }


def bound_by_wilson(share: float, n: float) -> tuple[float, float]:
    z = float(stats.norm.ppf(0.975))
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return max(middle - half, 0.0), min(middle + half, 1.0)


def share_answers(weighed: Sequence[tuple[Respondent, float]], question: str) -> dict[str, float] | None:
    """How a question was answered: scored answers weighted among themselves, the others of all asked."""
    asked = [(one.answers[question], w) for one, w in weighed if question in one.answers]
    scored = fsum(w for code, w in asked if code is not None and SCORES[question][code] is not None)
    return {
        code: fsum(w for given, w in asked if given == code) / scored
        if SCORES[question].get(code) is not None
        else sum(given == (None if code == "skipped" else code) for given, _ in asked) / len(asked)
        for code in (*SCORES[question], "skipped")
    }


Weights = dict[tuple[str, tuple[str, str]], float]  # by area and stratum


def weigh_everybody(
    people: Sequence[Respondent], areas: Sequence[str], margins: Margins
) -> tuple[Weights, Weights, dict[str, str]]:
    """What each counts in their municipality and in the county, and by which method; "" is the county's."""
    counts = Counter((one.area, *place_stratum(one.stratum)) for one in people)
    shape = (len(AGES) + 1, len(GENDERS) + 1)
    tables = [np.array([counts[(a, *at)] for at in np.ndindex(shape)]).reshape(shape) for a in areas]
    known = [
        np.array([[margins[(a, age, gender)] for gender in GENDERS] for age in AGES])
        if all((a, age, gender) in margins for age in AGES for gender in GENDERS)
        else None
        for a in areas
    ]
    found = [find_weights(table, margin) for table, margin in zip(tables, known, strict=True)]
    totals = [None if margin is None else float(margin.sum()) for margin in known]
    whole = find_county_weights(np.stack([one.weights for one in found]), np.stack(tables), totals)
    methods = {area: one.method.value for area, one in zip(areas, found, strict=True)}
    inside = [n for n, table in enumerate(tables) if table.sum()]
    raked = any(methods[areas[n]] == "raked" for n in inside)
    complete = all(totals[n] for n in inside) and bool(inside)
    methods[""] = ("raked" if raked else "post_stratified") if complete else "none"
    strata = [(age, gender) for age in (*AGES, "") for gender in (*GENDERS, "")]
    places = [(n, area, s, place_stratum(s)) for n, area in enumerate(areas) for s in strata]
    own: Weights = {(area, s): float(found[n].weights[at]) for n, area, s, at in places}
    return own, {(area, s): float(whole[n][at]) for n, area, s, at in places}, methods


def place_stratum(stratum: tuple[str, str]) -> tuple[int, int]:
    return (*AGES, "").index(stratum[0]), (*GENDERS, "").index(stratum[1])


def adjust_everybody(people: Sequence[Respondent], areas: Sequence[str]) -> dict[tuple[str, str], float]:
    """{(municipality, measure): mean adjusted for the mix of people}: least squares over individuals."""
    orders = ((*AGES, ""), *(sorted({one.mix[n] for one in people}) for n in (0, 1)))
    found: dict[tuple[str, str], float] = {}
    for measure in (*DIMENSIONS, *QUESTIONS):
        some = [one for one in people if measure in one.scores]
        mixes = [(one.mix[2], one.mix[0], one.mix[1]) for one in some]
        columns = list(code_mixes(mixes, orders))
        here = [area for area in areas if any(one.area == area for one in some)]
        if len(here) < 2 or len(some) < len(areas) + 10 * len(columns):
            continue
        x = np.array(columns, dtype=float).reshape(len(columns), len(some)).T
        y = np.array([one.scores[measure] for one in some])
        rows = {area: np.array([one.area == area for one in some]) for area in here}
        centred, left = x.copy(), y.copy()
        for inside in rows.values():
            centred[inside] -= x[inside].mean(axis=0)
            left[inside] -= y[inside].mean()
        betas = np.linalg.lstsq(centred, left, rcond=1e-9)[0]
        for area, inside in rows.items():
            mean = y[inside].mean() - (x[inside].mean(axis=0) - x.mean(axis=0)) @ betas
            found[(area, measure)] = float(np.clip(mean, 0, 100))
    return found


def code_mixes(
    mixes: Sequence[tuple[str, str, str]], orders: Sequence[Sequence[str]]
) -> Iterator[list[bool]]:
    """One column of 0 and 1 for each category that is there, but the largest of each adjuster."""
    for number, order in enumerate(orders):
        given = Counter(mix[number] for mix in mixes)
        there = [code for code in order if given[code]]
        largest = max(there, key=lambda code: given[code], default="")
        for code in there:
            if code != largest:
                yield [mix[number] == code for mix in mixes]


def name(cell: Cell) -> Key:
    return (cell.period, cell.area, cell.unit, cell.group, cell.value, cell.measure)


def check_cells(cells: Sequence[Cell], expected: dict[Key, Numbers]) -> int:
    """Every cell is there and none besides, with the right numbers or with none; how many have numbers."""
    assert {name(cell) for cell in cells} == set(expected)
    for cell in cells:
        numbers = expected[name(cell)]
        people = numbers["n"]
        assert isinstance(people, int)
        if cell.hidden_signed_in is not None:
            assert {getattr(cell, one) for one in numbers if one != "weighting"} == {None}, cell
            assert cell.hidden_public is not None
            continue
        assert people >= (GROUP_LEAST if cell.group else LEAST), cell
        assert not is_all_alike(people, cell.sd or 0.0), cell
        shares = {} if cell.shares is None else json.loads(cell.shares)
        assert shares == pytest.approx(numbers["shares"] or {}, abs=1e-9), cell
        for one, value in numbers.items():
            if one != "shares":
                assert getattr(cell, one) == almost(value), (one, cell)
    return sum(cell.hidden_signed_in is None for cell in cells)


def almost(value: object) -> object:
    return pytest.approx(value, abs=1e-9, rel=0) if isinstance(value, float) else value
