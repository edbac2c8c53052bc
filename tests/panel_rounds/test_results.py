"""Does a closed round say what the group thinks, and nothing of what each one thinks?"""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from analysis.panel_ratings import NotTold, Rating
from survey.installation import Installation
from survey.panel_rounds.close import finish_round
from survey.panel_rounds.open import withdraw_subject
from survey.panel_rounds.results import Judged, Results, find_ratings, find_results, find_texts
from survey.panel_rounds.spreads import Spread
from survey.people.roles import Person, Role
from tests.panel_rounds.rated import (
    CONTACT,
    COORDINATOR,
    EVENING,
    SPREAD,
    THEMES,
    close,
    find_code,
    open_a_round,
    open_again,
    rate_as,
)

MANAGER = Person(Role.MANAGER)
FEASIBLE = ("4", "4", "3", "3", "5")


def rate_proposal(
    installation: Installation, round_id: str, importance: Sequence[str], *, key: str = "1"
) -> None:
    for number, answer in enumerate(importance):
        raw = {"b01": [answer], "b02": [FEASIBLE[number % 5]], "b06": [f"Tanke {number}"]}
        rate_as(installation, round_id, f"m{number}", {key: raw})


def find(results: Results, ref: str) -> Judged:
    return next(one for one in results.judged if one.subject.ref == ref)


def find_spread(spreads: Sequence[Spread], question: str) -> Spread:
    return next(one for one in spreads if one.asked.id == question)


def test_a_proposal_has_medians_spread_and_priority(installation: Installation) -> None:
    found = open_a_round(installation)
    rate_proposal(installation, found.id, SPREAD)
    close(installation, found)
    judged = find(find_results(installation, found.id, viewer=COORDINATOR), EVENING.ref)
    assert judged.importance == Rating(5, 75, 50, 75)
    assert judged.feasibility == Rating(5, 75, 50, 75)
    assert (judged.priority, judged.is_disagreed) == (56.25, False)
    assert find_spread(judged.spreads, "b02").shown == {"5": 1, "4": 2, "3": 2, "2": 0, "1": 0}


def test_two_camps_go_to_dialogue_and_are_not_ranked(installation: Installation) -> None:
    found = open_a_round(installation)
    rate_proposal(installation, found.id, ["5", "5", "5", "1", "1", "1"])
    close(installation, found)
    judged = find(find_results(installation, found.id, viewer=COORDINATOR), EVENING.ref)
    assert (judged.is_disagreed, judged.priority) == (True, None)


@pytest.mark.parametrize("importance", [["5"] * 6, ["5"] * 5 + ["1"]], ids=["all alike", "all but one"])
def test_where_nearly_all_answered_alike_only_the_median_is_told(
    on_sqlite: Installation, importance: list[str]
) -> None:
    found = open_a_round(on_sqlite)
    rate_proposal(on_sqlite, found.id, importance)
    close(on_sqlite, found)
    judged = find(find_results(on_sqlite, found.id, viewer=COORDINATOR), EVENING.ref)
    assert judged.importance == Rating(6, 100, None, None)
    assert find_spread(judged.spreads, "b01").shown is NotTold.ALIKE
    assert judged.priority == 75


def test_who_cannot_judge_counts_apart_and_not_towards_five(on_sqlite: Installation) -> None:
    found = open_a_round(on_sqlite)
    for number, answer in enumerate([*SPREAD[:4], "na", "na"]):
        rate_as(on_sqlite, found.id, f"m{number}", {"1": {"b01": [answer]}, "2": {"b01": ["na"]}})
    close(on_sqlite, found)
    results = find_results(on_sqlite, found.id, viewer=COORDINATOR)
    assert find(results, EVENING.ref).importance is NotTold.FEW
    assert find_spread(find(results, EVENING.ref).spreads, "b01") == Spread(
        find(results, EVENING.ref).spreads[0].asked, NotTold.FEW, None
    )
    assert find(results, CONTACT.ref).importance is NotTold.NONE


def test_those_who_could_not_judge_are_told_of_where_the_rest_is_shown(on_sqlite: Installation) -> None:
    found = open_a_round(on_sqlite)
    rate_proposal(on_sqlite, found.id, [*SPREAD, "na"])
    close(on_sqlite, found)
    judged = find(find_results(on_sqlite, found.id, viewer=COORDINATOR), EVENING.ref)
    assert judged.spreads[0].unable == 1
    assert judged.importance == Rating(5, 75, 50, 75)


def test_themes_are_chosen_among_and_groups_counted(installation: Installation) -> None:
    found = open_a_round(installation, *THEMES)
    for number in range(6):
        raw = {"b12": ["young", "rural"] if number else ["young"]}
        rate_as(
            installation,
            found.id,
            f"m{number}",
            {"1": raw, "input": {"b13": ["food"] if number < 3 else ["access"]}},
        )
    close(installation, found)
    results = find_results(installation, found.id, viewer=MANAGER)
    groups = find_spread(results.judged[0].spreads, "b12").shown
    assert not isinstance(groups, NotTold)
    assert (groups["young"], groups["rural"], groups["oldest"]) == (None, None, 0)
    assert find_spread(results.once, "b13").shown == {"access": 3, "food": 3, "digital": 0, "transport": 0}


def test_texts_are_read_by_coordinators_alone_and_in_no_order_of_members(installation: Installation) -> None:
    found = open_a_round(installation)
    rate_proposal(installation, found.id, [*SPREAD, *SPREAD, *SPREAD])
    close(installation, found)
    texts = [one.text for one in find_texts(installation, found.id, viewer=COORDINATOR)]
    assert sorted(texts) == sorted(f"Tanke {number}" for number in range(15))
    assert texts != [f"Tanke {number}" for number in range(15)]  # by chance once in 10^12


def test_what_was_withdrawn_is_not_shown_at_all(on_sqlite: Installation) -> None:
    found = open_a_round(on_sqlite)
    rate_proposal(on_sqlite, found.id, SPREAD)
    close(on_sqlite, found)
    withdraw_subject(on_sqlite, found.id, 1, by=COORDINATOR)
    assert [one.subject.ref for one in find_results(on_sqlite, found.id, viewer=COORDINATOR).judged] == [
        "kontakt"
    ]
    assert find_texts(on_sqlite, found.id, viewer=COORDINATOR) == ()
    assert find_ratings(on_sqlite, EVENING.ref, viewer=MANAGER) == ()


def test_a_proposals_page_gets_what_the_last_time_said(installation: Installation) -> None:
    found = open_a_round(installation)
    assert find_ratings(installation, EVENING.ref, viewer=MANAGER) == ()
    rate_proposal(installation, found.id, SPREAD)
    close(installation, found)
    assert [one.wave for one in find_ratings(installation, EVENING.ref, viewer=MANAGER)] == [1]
    open_again(installation, found)
    rate_proposal(installation, found.id, ["5", "5", "5", "4", "4"])
    assert [one.wave for one in find_ratings(installation, EVENING.ref, viewer=MANAGER)] == [1]
    close(installation, found)
    finish_round(installation, found.id, seen="second_closed", by=COORDINATOR)
    (rating,) = find_ratings(installation, EVENING.ref, viewer=MANAGER)
    assert (rating.wave, rating.sent, rating.judged.importance) == (2, 5, Rating(5, 100, 75, 100))
    assert find_ratings(installation, "ett annat", viewer=MANAGER) == ()
    assert find_code(find_ratings, installation, EVENING.ref, viewer=Person()) == "not_allowed"


def test_each_time_round_can_be_looked_at(on_sqlite: Installation) -> None:
    found = open_a_round(on_sqlite)
    rate_proposal(on_sqlite, found.id, SPREAD)
    close(on_sqlite, found)
    open_again(on_sqlite, found)
    close(on_sqlite, found)
    last = find_results(on_sqlite, found.id, viewer=MANAGER)
    assert (last.wave, last.sent, last.is_told) == (2, 0, False)
    assert find_results(on_sqlite, found.id, viewer=MANAGER, wave=1).sent == 5
