"""Is a response rate told anew only when nobody stands out by what is new in it?"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from sqlalchemy import delete

from analysis.periods import shift_month
from survey.answering.mixer import mix_period
from survey.errors import SurveyError
from survey.installation import Installation
from survey.publication.counting import Month
from survey.publication.rates import count_rates
from survey.rounds import NewRound, make_codes
from survey.rounds import open_round as start_round
from survey.store import invitations
from survey.store.publications import Rate
from survey.store.rounds import Round
from survey.store.tables import response
from tests.analysis.attacker import find_smallest_by_trying
from tests.processes import reopen, run_together
from tests.survey.published_by_hand import answer, keep_publication, publish
from tests.walks import SURVEY, VERSION, Calendar, answer_survey, open_a_round

KRONOBERG, KALMAR = "07", "08"
VAXJO, LJUNGBY, TINGSRYD, NYBRO = "0780", "0781", "0763", "0881"
Told = dict[str, tuple[int, int] | str | None]


@pytest.fixture
def letters(installation: Installation, coded_round: Round) -> Round:
    """A round with 100 letters to each of three municipalities in Kronoberg."""
    for area in (VAXJO, LJUNGBY, TINGSRYD):
        invite(installation, coded_round, area, 100)
    return coded_round


def invite(installation: Installation, round_: Round, area: str, people: int) -> None:
    with installation.database.write() as connection:
        invitations.add_invited(connection, round_.id, area, people)


def answer_letters(installation: Installation, counts: Mapping[str, int], month: str) -> None:
    for area, n in counts.items():
        answer(installation, n, area=area, month=month, round_id="brev")


def list_told(rates: tuple[Rate, ...]) -> Told:
    """(answered, invited) by area, or why it is hidden."""
    return {r.area: r.hidden_public or (r.answered, r.invited) for r in rates}


def tell_months(installation: Installation, *months: Mapping[str, int]) -> list[Told]:
    """What is told of each month from September on."""
    told: list[Told] = []
    for number, counts in enumerate(months, start=9):
        month = f"2026-{number:02d}"
        answer_letters(installation, counts, month)
        told.append(list_told(publish(installation, month)[1]))
    return told


# Invitations


def test_as_many_are_invited_as_codes_were_made(installation: Installation, coded_round: Round) -> None:
    for area, number in ((VAXJO, 3), (VAXJO, 4), (LJUNGBY, 1), (TINGSRYD, 0)):
        make_codes(installation, coded_round, area=area, number=number, by="test")
    with installation.database.read() as connection:
        assert invitations.list_invited(connection) == {"brev": {VAXJO: 7, LJUNGBY: 1}}


def test_nobody_is_invited_when_codes_are_refused(installation: Installation, open_round: Round) -> None:
    with pytest.raises(SurveyError, match="round_not_coded"):
        make_codes(installation, open_round, area=VAXJO, number=3, by="test")
    with installation.database.read() as connection:
        assert invitations.list_invited(connection) == {}


def test_codes_that_are_made_at_once_all_count(installation: Installation, coded_round: Round) -> None:
    installation.database.close()

    def make_some() -> int:
        return len(make_codes(reopen(installation), coded_round, area=VAXJO, number=5, by="test"))

    assert [one.error for one in run_together(*[make_some] * 3)] == [""] * 3
    with installation.database.read() as connection:
        assert invitations.list_invited(connection) == {"brev": {VAXJO: 15}}


# One publication


def test_a_rate_is_of_those_invited_in_a_municipality_and_in_its_county(
    installation: Installation, letters: Round
) -> None:
    invite(installation, letters, NYBRO, 40)
    (told,) = tell_months(installation, {VAXJO: 30, LJUNGBY: 20, NYBRO: 12})
    assert told == {
        KRONOBERG: (50, 300),
        VAXJO: (30, 100),
        LJUNGBY: (20, 100),
        TINGSRYD: (0, 100),
        KALMAR: (12, 40),
        NYBRO: (12, 40),
    }


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ({VAXJO: 10}, {KRONOBERG: 10, VAXJO: 10, LJUNGBY: 0, TINGSRYD: 0}),
        ({VAXJO: 9}, {KRONOBERG: "too_few", VAXJO: "too_few", LJUNGBY: 0, TINGSRYD: 0}),
        ({}, {KRONOBERG: 0, VAXJO: 0, LJUNGBY: 0, TINGSRYD: 0}),
        (
            {VAXJO: 9, LJUNGBY: 20, TINGSRYD: 30},
            {KRONOBERG: 59, VAXJO: "too_few", LJUNGBY: "protects_another", TINGSRYD: 30},
        ),
    ],
)
def test_too_few_are_hidden_and_so_is_a_municipality_that_would_give_them_away(
    installation: Installation, letters: Round, counts: Mapping[str, int], told: Told
) -> None:
    (found,) = tell_months(installation, counts)
    assert {a: v if isinstance(v, str) or v is None else v[0] for a, v in found.items()} == told


def test_of_what_nobody_may_see_no_number_is_kept(installation: Installation, letters: Round) -> None:
    answer_letters(installation, {VAXJO: 9}, "2026-09")
    _, rates = publish(installation)
    assert {r.area: r.answered for r in rates} == dict.fromkeys((KRONOBERG, VAXJO, LJUNGBY, TINGSRYD), 0)
    assert {(r.hidden_public, r.hidden_signed_in) for r in rates} == {("too_few",) * 2, (None, None)}


def test_answers_of_other_rounds_and_of_a_pool_are_in_no_rate(
    installation: Installation, letters: Round
) -> None:
    for other in ("", "annan"):
        answer(installation, 20, area=VAXJO, round_id=other)
    assert tell_months(installation, {VAXJO: 12})[0][VAXJO] == (12, 100)


def test_a_round_without_invitations_has_no_rate(installation: Installation, open_round: Round) -> None:
    answer(installation, 20, round_id=open_round.id)
    assert publish(installation)[1] == ()


def test_people_who_live_where_nobody_was_invited_count_in_the_county_only(
    installation: Installation, letters: Round
) -> None:
    (told,) = tell_months(installation, {"0760": 10, VAXJO: 30})
    assert told == {KRONOBERG: (40, 300), VAXJO: (30, 100), LJUNGBY: (0, 100), TINGSRYD: (0, 100)}


def test_a_round_has_no_rate_before_it_opens(installation: Installation, letters: Round) -> None:
    assert publish(installation, "2025-12")[1] == ()
    assert list_told(publish(installation, "2026-01")[1])[KRONOBERG] == (0, 300)


def test_real_answers_with_real_codes_have_a_rate(
    installation: Installation, coded_round: Round, calendar: Calendar
) -> None:
    codes = make_codes(installation, coded_round, area=VAXJO, number=60, by="test")
    for number, code in enumerate(codes[:21]):
        chance = random.Random(number)
        answer_survey(installation, coded_round, municipality=VAXJO, code=code, chance=chance)
    mix_period(installation, "2026-09")
    calendar.turn_to(2026, 10)
    assert list_told(publish(installation)[1]) == {KRONOBERG: (21, 60), VAXJO: (21, 60)}


# One publication after another


@pytest.mark.parametrize(
    ("new", "vaxjo", "county"),
    [(0, (30, 100), (50, 300)), (9, (30, 100), (50, 300)), (10, (40, 100), (60, 300))],
)
def test_a_rate_is_told_anew_when_nobody_or_enough_have_answered_since(
    installation: Installation,
    letters: Round,
    new: int,
    vaxjo: tuple[int, int],
    county: tuple[int, int],
) -> None:
    _, second = tell_months(installation, {VAXJO: 30, LJUNGBY: 20}, {VAXJO: new})
    assert (second[VAXJO], second[LJUNGBY], second[KRONOBERG]) == (vaxjo, (20, 100), county)


def test_few_who_answer_again_and_again_are_told_when_they_are_enough_together(
    installation: Installation, letters: Round
) -> None:
    told = tell_months(installation, {VAXJO: 30}, {VAXJO: 4}, {VAXJO: 5}, {VAXJO: 1})
    assert [one[VAXJO] for one in told] == [(30, 100), (30, 100), (30, 100), (40, 100)]


def test_a_few_new_in_one_municipality_keep_another_as_it_was(
    installation: Installation, letters: Round
) -> None:
    """The county's number less Ljungby's and Växjö's would tell how many are new in Tingsryd."""
    _, second = tell_months(
        installation,
        {VAXJO: 50, LJUNGBY: 40, TINGSRYD: 30},
        {VAXJO: 30, LJUNGBY: 20, TINGSRYD: 3},
    )
    assert second == {KRONOBERG: (173, 300), VAXJO: (80, 100), LJUNGBY: (40, 100), TINGSRYD: (30, 100)}


def test_where_nobody_had_answered_a_few_are_hidden_and_not_told_as_nobody(
    installation: Installation, letters: Round
) -> None:
    first, second = tell_months(installation, {VAXJO: 30}, {LJUNGBY: 3})
    assert first[LJUNGBY] == (0, 100)
    assert second[LJUNGBY] == "too_few"


def test_more_letters_count_when_the_number_is_told_anew(installation: Installation, letters: Round) -> None:
    tell_months(installation, {VAXJO: 30, LJUNGBY: 20})
    for area in (VAXJO, LJUNGBY):
        invite(installation, letters, area, 50)
    answer_letters(installation, {VAXJO: 5}, "2026-10")
    told = list_told(publish(installation, "2026-10")[1])
    assert told[VAXJO] == (30, 100)
    assert told[LJUNGBY] == (20, 150)
    assert told[KRONOBERG] == (50, 300)


def test_a_municipality_that_is_invited_late_is_told_when_the_county_is(
    installation: Installation, letters: Round
) -> None:
    """By itself it would not be remembered as told together with anything."""
    tell_months(installation, {"0760": 12, VAXJO: 30})
    invite(installation, letters, "0760", 50)
    assert list_told(publish(installation, "2026-10")[1])["0760"] == "protects_another"
    answer_letters(installation, {VAXJO: 10}, "2026-11")
    assert list_told(publish(installation, "2026-11")[1])["0760"] == (12, 50)


def test_an_answer_that_is_taken_back_changes_no_number_that_was_told(
    installation: Installation, letters: Round
) -> None:
    tell_months(installation, {VAXJO: 30, LJUNGBY: 20})
    with installation.database.write() as connection:
        for area in (VAXJO, LJUNGBY):
            chosen = [row[0] for row in connection.execute(response.select().where(response.c.area == area))]
            connection.execute(delete(response).where(response.c.id == chosen[0]))
    answer_letters(installation, {VAXJO: 10}, "2026-10")
    told = list_told(publish(installation, "2026-10")[1])
    assert (told[VAXJO], told[LJUNGBY], told[KRONOBERG]) == ((40, 100), (20, 100), (60, 300))


def test_a_round_that_is_over_stands_until_somebody_answers_late(
    installation: Installation, letters: Round
) -> None:
    answer_letters(installation, {VAXJO: 30}, "2026-12")
    last = publish(installation, "2026-12")[1]
    invite(installation, letters, VAXJO, 50)
    after = publish(installation, "2027-01")[1]
    assert [replace(rate, publication_id=0) for rate in after] == [
        replace(rate, publication_id=0) for rate in last
    ]
    answer_letters(installation, {VAXJO: 10}, "2027-02")
    assert list_told(publish(installation, "2027-02")[1])[VAXJO] == (40, 150)


def test_a_correction_in_between_changes_nothing(installation: Installation, letters: Round) -> None:
    tell_months(installation, {VAXJO: 30})
    with installation.database.write() as connection:
        keep_publication(connection, "2026-09", Month((), 30, ()), revision=2)
    answer_letters(installation, {VAXJO: 9}, "2026-10")
    assert list_told(publish(installation, "2026-10")[1])[VAXJO] == (30, 100)
    answer_letters(installation, {VAXJO: 1}, "2026-11")
    assert list_told(publish(installation, "2026-11")[1])[VAXJO] == (40, 100)


@pytest.mark.parametrize(("first", "last"), [("2025-11", 140), ("2026-01", 120)])
def test_a_round_is_told_at_most_a_dozen_times_the_last_in_its_last_month(
    installation: Installation, first: str, last: int
) -> None:
    opens = date.fromisoformat(f"{first}-01")
    round_ = NewRound("brev", SURVEY, VERSION, "Brev", opens, date(2026, 12, 31), door="coded")
    invite(installation, start_round(installation, round_, by="test"), VAXJO, 200)
    told: dict[str, object] = {}
    month = first
    while month <= "2027-01":
        answer_letters(installation, {VAXJO: 10}, month)
        told[month] = list_told(publish(installation, month)[1])[VAXJO]
        month = shift_month(month, 1)
    numbers = list(told.values())
    assert numbers[:11] == [(10 * n, 200) for n in range(1, 12)]
    assert set(numbers[11:-2]) <= {(110, 200)}
    assert numbers[-2:] == [(last, 200)] * 2


def test_nothing_that_was_told_gives_few_away_to_who_tries_every_sum_and_difference(
    installation: Installation, letters: Round
) -> None:
    chance = random.Random(11)
    areas = (VAXJO, LJUNGBY, TINGSRYD)
    months = [{area: chance.randrange(0, 16) for area in areas} for _ in range(4)]
    told = tell_months(installation, *months)
    people = np.array([[month[area] for month in months] for area in areas])
    figures: list[np.ndarray] = []
    for until, numbers in enumerate(told, start=1):
        for rows, area in (([0, 1, 2], KRONOBERG), *(([row], area) for row, area in enumerate(areas))):
            number = numbers[area]
            if isinstance(number, tuple):
                figures.append(find_sum(people, rows, number[0], until))
    smallest = find_smallest_by_trying(np.array(figures), people.ravel())
    assert len({tuple(one) for one in figures}) > 4
    assert smallest is None or smallest >= 10


def find_sum(people: np.ndarray, rows: list[int], answered: int, until: int) -> np.ndarray:
    """Which people a number counts: those of the last month, until now, that it fits."""
    for month in range(until, -1, -1):
        counted = np.zeros_like(people)
        counted[rows, :month] = 1
        if (counted * people).sum() == answered:
            return counted.ravel()
    raise AssertionError(f"{answered} is the number of no months together.")


def test_a_survey_without_letters_asks_nothing_of_the_database(
    installation: Installation, open_round: Round
) -> None:
    with installation.database.read() as connection:
        assert count_rates(connection, installation, SURVEY, "2026-09") == ()


def test_rounds_of_other_surveys_are_in_no_rate(installation: Installation, letters: Round) -> None:
    with installation.database.read() as connection:
        assert count_rates(connection, installation, "resursgrupp", "2026-09") == ()


def test_two_rounds_have_rates_of_their_own(installation: Installation, letters: Round) -> None:
    other = open_a_round(installation, "annat", door="coded")
    invite(installation, other, VAXJO, 50)
    answer_letters(installation, {VAXJO: 30}, "2026-09")
    answer(installation, 20, area=VAXJO, round_id=other.id)
    rates = {(r.round_id, r.area): (r.answered, r.invited) for r in publish(installation)[1]}
    assert rates["annat", VAXJO] == (20, 50)
    assert rates["brev", VAXJO] == (30, 100)
