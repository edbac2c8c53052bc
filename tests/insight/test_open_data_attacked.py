"""Can somebody who has the exported files and nothing else work out what they hide?

The attackers read the files back and know which people nobody is; the real people are used only to check
what they found. Everything is of one measure, with one variable's groups at a time: see docs/disclosure.md.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from analysis.disclosure import LEAST_THRESHOLD, ROUND_TO, round_count
from survey.insight.shares import find_least, say_share
from tests.analysis.attacker import bound_hidden_counts, find_group_by_programme, read_interval
from tests.insight.exported_county import County, close_a_year, find_atom, has_score
from tests.insight.exported_files import Files, Reading, key_by_place
from tests.insight.mean_attacker import MEAN, SHARE, MeanAttack
from tests.survey.little_county import COUNTY, SCORES

PUBLIC = 10  # the threshold that the year was closed with
NEARLY = 1e-6
# How wide apart a hidden few's mean (of 0-1) and positive share can be at least. In eight such counties the
# narrowest of 1,272 were 0.60 and 0.35 for a reader of the files, 0.54 and 0.17 for one of exact counts.
WIDE = {MEAN: 0.5, SHARE: 0.15}
READINGS = [
    (measure, variable)
    for measure in ("q1", "q3", "safety")
    for variable in ("", "age", "gender", "care.home")
]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[County]:
    folder = tmp_path_factory.mktemp("attacked")
    with close_a_year(f"sqlite:///{folder / 'county.db'}", folder) as found:
        yield found


@pytest.fixture(scope="module")
def files(county: County) -> Files:
    return county.export()


def read(files: Files, county: County, measure: str, variable: str = "") -> tuple[Reading, np.ndarray]:
    """A measure as the files have it, and how many people each atom really has."""
    reading = Reading(files, measure, COUNTY, variable)
    has = has_score(measure)
    people = [one for one in county.people if has(one) and one.area.startswith(COUNTY)]
    return reading, reading.count_people(find_atom(one, variable) for one in people)


@pytest.mark.parametrize(("measure", "variable"), READINGS)
def test_the_children_of_a_code_add_up_to_it_and_every_row_has_somebody(
    files: Files, county: County, measure: str, variable: str
) -> None:
    reading, people = read(files, county, measure, variable)
    shown, hidden = reading.pick("shown"), reading.pick("hidden")
    assert len(shown) > 10
    assert len(hidden) > 10
    true = reading.sum_rows(shown) @ people
    assert [row["n"] for row in shown] == [str(round_count(int(n))) for n in true]
    assert true.min() >= PUBLIC
    assert (reading.sum_rows(hidden) @ people).min() > 0


@pytest.mark.parametrize(("measure", "variable"), READINGS)
def test_nobody_can_be_isolated(files: Files, county: County, measure: str, variable: str) -> None:
    reading, people = read(files, county, measure, variable)
    sums = reading.sum_rows(reading.pick("shown"))
    assert find_group_by_programme(sums, people, most=PUBLIC - 1) is None


def test_a_file_that_shows_one_row_too_many_is_caught(files: Files, county: County) -> None:
    """The smallest hidden municipality month, shown: the attack must be able to find something."""
    reading, people = read(files, county, "q1")
    hidden = reading.sum_rows([row for row in reading.pick("hidden") if len(row["period"]) == len("2026-01")])
    sizes = hidden @ people
    sums = np.concatenate([reading.sum_rows(reading.pick("shown")), hidden[[sizes.argmin()]]])
    found = find_group_by_programme(sums, people, most=PUBLIC - 1)
    assert found is not None


@pytest.mark.parametrize("rounded", [True, False])
@pytest.mark.parametrize(("measure", "variable"), READINGS)
def test_a_hidden_count_under_the_threshold_can_be_any_of_as_many_as_the_threshold(
    files: Files, county: County, measure: str, variable: str, rounded: bool
) -> None:
    reading, people = read(files, county, measure, variable)
    hidden = reading.sum_rows(reading.pick("hidden"))
    small = hidden[hidden @ people < PUBLIC]
    assert len(small) > 0
    shown = reading.sum_rows(reading.pick("shown"))
    bounds = bound_hidden_counts(shown, people, small, threshold=PUBLIC, rounded=rounded)
    assert (bounds[:, 1] - bounds[:, 0]).min() >= PUBLIC - NEARLY


@pytest.mark.parametrize("rounded", [True, False])
@pytest.mark.parametrize(
    ("measure", "share", "score"),
    [
        *((measure, "positive", None) for measure in ("q1", "q3", "safety")),
        *(("q1", code, score) for code, score in SCORES["q1"].items() if score is not None),
        *(("q3", code, score) for code, score in SCORES["q3"].items() if score is not None),
    ],
)
def test_the_scores_and_answers_of_a_hidden_few_can_be_nearly_anything(
    files: Files, county: County, measure: str, share: str, score: float | None, rounded: bool
) -> None:
    reading, people = read(files, county, measure)
    some = people > 0
    places = key_by_place(files.cells)
    shown = reading.pick("shown")
    sums = reading.sum_rows(shown)[:, some]
    true = (sums @ people[some])[:, None] * [1, 1]
    told = np.array([read_interval(int(row["n"]), threshold=PUBLIC) for row in shown])
    shares = [
        places[(row["area"], row["period"], row["group"], f"{measure}:{share}")]["value"] for row in shown
    ]
    means = [row["value"] for row in shown]
    known = {} if score is None else {"inside": (score / 100, score / 100), "outside": (0.0, 1.0)}
    attack = MeanAttack(sums, told if rounded else true, means, shares, **known)
    hidden = reading.sum_rows(reading.pick("hidden"))[:, some]
    for row in hidden[hidden @ people[some] < PUBLIC]:
        for what, wide in WIDE.items():
            low, high = attack.bound(row, what)
            assert high - low >= wide


def test_the_attack_on_scores_finds_what_two_figures_give_away() -> None:
    """A county of 40 with mean 60 less 30 with mean 50 leaves ten with a mean of about 90."""
    counts = np.array([[40, 40], [30, 30]])
    attack = MeanAttack(np.array([[1, 1], [1, 0]]), counts, ["60", "50"], ["..", ".."])
    assert attack.bound(np.array([0, 1])) == pytest.approx((0.865, 0.935))


# A share that is said as below or above a limit


def list_possible(n: int, share: str) -> set[tuple[int, int]]:
    """(people, of whom so many) that a reader of a rounded n and a share thinks possible, weighed alike."""
    return {
        (people, some)
        for people in range(LEAST_THRESHOLD, n + ROUND_TO)
        if round_count(people) == n
        for some in range(people + 1)
        if say_share(some / people, find_least(n)) == share
    }


@pytest.mark.parametrize("n", range(LEAST_THRESHOLD, 53))
@pytest.mark.parametrize("end", [0, 1])
def test_a_share_near_an_end_never_tells_that_it_is_nobody_or_everybody(n: int, end: int) -> None:
    rounded = round_count(n)
    share = say_share(end, find_least(rounded))
    assert not share.isdecimal()
    possible = list_possible(rounded, share)
    for people in {people for people, _ in possible}:
        apart = {abs(some - end * people) for whole, some in possible if whole == people}
        assert {0, 1} <= apart


@pytest.mark.parametrize("n", range(10, 60))
def test_what_is_said_of_shares_does_not_tell_more_of_n_than_its_rounding(n: int) -> None:
    said = {find_least(round_count(other)) for other in range(10, 60) if round_count(other) == round_count(n)}
    assert len(said) == 1


def test_no_share_of_few_has_answers_beside_it_that_it_could_be_worked_out_from(files: Files) -> None:
    answers = [row for row in files.cells if row["measure"].startswith(("q1:", "q2:", "q3:"))]
    answers = [row for row in answers if not row["measure"].endswith(":positive")]
    places = key_by_place(files.cells)
    shown = [row for row in answers if row["status"] == "shown"]
    assert shown
    for row in answers:
        whole = places[(row["area"], row["period"], row["group"], row["measure"][:2])]
        is_many = whole["status"] == "shown" and int(whole["n"]) >= 55
        assert (row["status"] == "shown") is is_many
