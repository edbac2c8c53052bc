"""Does everybody see how the answers resemble the people, each with the figures they may see?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from analysis.disclosure import Hidden, HiddenReason, NoAnswers, Shown
from survey.errors import SurveyError
from survey.insight.representation import (
    Representation,
    find_latest_representation,
    find_representation,
)
from survey.installation import Installation
from survey.people.roles import Person, Role
from survey.population.load import keep_population
from survey.store.populations import Margin
from tests.insight.hand_made import add_publication, add_row
from tests.walks import SURVEY, opened

PUBLIC, MANAGER = Person(), Person(Role.MANAGER)
KRONOBERG, VAXJO = "07", "0780"
AGES = ("a15_29", "a30_44", "a45_64", "a65_79", "a80p")


@pytest.fixture
def installation(database_url: str, tmp_path: Path) -> Iterator[Installation]:
    with opened(database_url, tmp_path / "var") as found:
        add_publication(found, "2026-12")
        yield found


def publish(installation: Installation, counts: Mapping[tuple[str, str], int | None], **more: Any) -> None:
    """Publish so many answers per group and value of Kronoberg in the second half of 2026."""
    for (group, value), n in counts.items():
        cell = {"survey": SURVEY, "area": KRONOBERG, "kind": "half_year", "period": "2026-H2", "revision": 1}
        told = {"measure": "helhet", "group": group, "value": value, "n": n}
        add_row(installation, "published_cell", **{**cell, **told, **more})


def add_margins(installation: Installation, *areas: str, young: int = 100) -> None:
    """As many women as men in every band, 100 of each; in the youngest `young`."""
    people = dict.fromkeys(AGES, 100) | {"a15_29": young}
    margins = [Margin(a, age, g, n) for a in areas for age, n in people.items() for g in ("woman", "man")]
    keep_population(installation, margins, year=2025, source="påhittad", by="test")


def list_kronoberg(installation: Installation) -> list[str]:
    return [area.code for area in installation.areas.within(KRONOBERG)]


def look(installation: Installation, viewer: Person = MANAGER, **how: Any) -> Representation:
    asked = {"survey": SURVEY, "area": KRONOBERG, "period": "2026-H2", **how}
    return find_representation(installation, **asked, viewer=viewer)


def list_shares(found: Representation, variable: str) -> dict[str, Any]:
    return {
        option.code: share
        for one in found.variables
        if one.group.id == variable
        for option, share in one.shares
    }


BY_GENDER = {("", ""): 104, ("gender", "woman"): 78, ("gender", "man"): 22}
BY_AGE = {("age_band", age): n for age, n in zip(AGES, (9, 21, 20, 30, 20), strict=True)}


def test_a_county_is_compared_with_the_people_of_all_its_municipalities(installation: Installation) -> None:
    publish(installation, BY_GENDER | BY_AGE)
    add_margins(installation, *list_kronoberg(installation))
    found = look(installation)
    women = list_shares(found, "gender")["woman"]
    assert (women.answers, women.people, women.ratio, women.is_under) == (Shown(0.8), 0.5, 1.6, False)
    assert {code: share.is_under for code, share in list_shares(found, "gender").items()} == {
        "woman": False,
        "man": True,
    }
    assert [share.is_under for share in list_shares(found, "age_band").values()] == [True, *[False] * 4]
    assert found.has_warning
    assert found.source is not None
    assert found.source.year == 2025


def test_other_and_prefer_not_to_say_are_no_groups(installation: Installation) -> None:
    publish(installation, BY_GENDER)
    assert list(list_shares(look(installation), "gender")) == ["woman", "man"]
    assert list(list_shares(look(installation), "age_band")) == list(AGES)


@pytest.mark.parametrize("viewer", [PUBLIC, MANAGER])
def test_everybody_sees_counts_in_fives_and_whole_per_cents_with_the_warning_of_exact_counts(
    installation: Installation, viewer: Person
) -> None:
    publish(installation, {("", ""): 104, ("gender", "woman"): 76, ("gender", "man"): 24})
    add_margins(installation, *list_kronoberg(installation))
    found = look(installation, viewer)
    men = list_shares(found, "gender")["man"]
    assert found.answers == Shown(105)
    assert (men.answers, men.ratio, men.is_under) == (Shown(0.25), 0.5, True)


@pytest.mark.parametrize(
    ("everybody", "shown", "share"),
    [(62, {"a15_29": 58}, 1.0), (42, {"a15_29": 13, "a30_44": 13, "a45_64": 13}, 0.33)],
)
def test_nobody_sees_a_share_of_an_exact_count(
    installation: Installation, everybody: int, shown: dict[str, int], share: float
) -> None:
    publish(installation, {("", ""): everybody, **{("age_band", age): n for age, n in shown.items()}})
    publish(installation, {("age_band", "a80p"): 3}, hidden_public="too_few")
    seen = list_shares(look(installation, PUBLIC), "age_band")
    assert [seen[age].answers for age in shown] == [Shown(share)] * len(shown)


def test_what_is_hidden_from_the_public_stays_hidden_and_others_are_of_everybody(
    installation: Installation,
) -> None:
    publish(installation, {("", ""): 100, ("gender", "woman"): 70})
    publish(installation, {("gender", "man"): 20}, hidden_public="too_few")
    add_margins(installation, *list_kronoberg(installation))
    seen = list_shares(look(installation, PUBLIC), "gender")
    assert seen["man"].answers == Hidden(HiddenReason.NOT_TOLD, 30)
    assert (seen["man"].ratio, seen["man"].is_under) == (None, None)
    assert seen["woman"].answers == Shown(0.7)
    assert list_shares(look(installation), "gender")["man"].answers == Shown(0.22)


def test_a_group_without_a_cell_gave_no_answers(installation: Installation) -> None:
    publish(installation, BY_GENDER)
    add_margins(installation, *list_kronoberg(installation))
    oldest = list_shares(look(installation), "age_band")["a80p"]
    assert oldest.answers == NoAnswers()


def test_without_margins_or_with_a_municipality_lacking_shares_of_people_are_unknown(
    installation: Installation,
) -> None:
    publish(installation, BY_GENDER)
    assert look(installation).source is None
    add_margins(installation, *list_kronoberg(installation)[1:])
    women = list_shares(look(installation), "gender")["woman"]
    assert (women.answers, women.people, women.ratio, women.is_under) == (Shown(0.8), None, None, None)
    assert not look(installation).has_warning


def test_a_municipality_is_compared_with_its_own_people(installation: Installation) -> None:
    publish(installation, BY_GENDER | BY_AGE, area=VAXJO)
    add_margins(installation, VAXJO, young=400)
    youngest = list_shares(look(installation, area=VAXJO), "age_band")["a15_29"]
    assert (youngest.people, youngest.ratio) == (0.5, 0.2)


def test_the_year_of_the_margins_can_be_chosen(installation: Installation) -> None:
    publish(installation, BY_GENDER)
    add_margins(installation, *list_kronoberg(installation))
    older = [Margin(a, "a15_29", g, 1) for a in list_kronoberg(installation) for g in ("woman", "man")]
    keep_population(installation, older, year=2020, source="äldre", by="test")
    years = [
        found.source.year for found in (look(installation), look(installation, year=2020)) if found.source
    ]
    assert years == [2025, 2020]
    assert look(installation, year=1999).source is None


def test_the_counts_are_of_the_measure_that_most_people_answered(installation: Installation) -> None:
    publish(installation, BY_GENDER)
    more = {key: 2 * n for key, n in BY_GENDER.items()}
    publish(installation, more, measure="trygghet")
    assert look(installation).answers == Shown(210)


def test_the_latest_revision_counts(installation: Installation) -> None:
    publish(installation, BY_GENDER, revision=2)
    publish(installation, dict.fromkeys(BY_GENDER, 50), measure="trygghet")
    publish(installation, dict.fromkeys(BY_GENDER, None), measure="tillit", hidden_signed_in="too_few")
    assert look(installation).answers == Shown(105)


def test_a_measure_that_is_not_published_by_group_is_passed_over(installation: Installation) -> None:
    publish(installation, BY_GENDER)
    publish(installation, {("", ""): 140}, measure="d1")
    assert look(installation).answers == Shown(105)
    assert list_shares(look(installation), "gender")["woman"].answers == Shown(0.8)


def test_a_total_that_nobody_may_see_has_no_number_and_is_hidden(installation: Installation) -> None:
    nobody = {"hidden_public": "too_few", "hidden_signed_in": "too_few"}
    publish(installation, dict.fromkeys(BY_GENDER, None), **nobody)
    found = look(installation)
    assert (found.answers, found.variables) == (Hidden(HiddenReason.TOO_FEW, 5), ())


def test_the_latest_half_year_is_shown_and_the_year_where_its_groups_are_hidden(
    installation: Installation,
) -> None:
    asked = {"survey": SURVEY, "area": KRONOBERG, "viewer": MANAGER}
    assert find_latest_representation(installation, **asked, last="2026-11") is None
    for month in ("2025-01", "2026-06"):
        add_publication(installation, month)
    publish(installation, {("", ""): 40, ("gender", "woman"): None}, hidden_signed_in="too_few")
    latest = find_latest_representation(installation, **asked, last="2026-12")
    assert latest is not None
    assert (latest.period, latest.has_shares) == ("2026-H2", False)
    publish(installation, BY_GENDER, kind="year", period="2026")
    latest = find_latest_representation(installation, **asked, last="2026-12")
    assert latest is not None
    assert (latest.period, latest.has_shares) == ("2026", True)
    earlier = find_latest_representation(installation, **asked, last="2026-11")
    assert earlier is not None
    assert earlier.period == "2026-H1"


def test_nothing_published_and_a_hidden_total_are_two_things_and_neither_has_shares(
    installation: Installation,
) -> None:
    nothing = look(installation)
    publish(installation, {("", ""): 7}, hidden_public="too_few")
    hidden = look(installation, PUBLIC)
    assert (nothing.answers, nothing.variables) == (NoAnswers(), ())
    assert (hidden.answers, hidden.variables) == (Hidden(HiddenReason.NOT_TOLD, 10), ())
    assert look(installation).answers == Shown(5)


@pytest.mark.parametrize(
    ("asked", "code"), [({"area": "9999"}, "area_unknown"), ({"period": "hösten"}, "span_wrong")]
)
def test_an_area_or_a_period_that_is_none_is_told(
    installation: Installation, asked: dict[str, Any], code: str
) -> None:
    with pytest.raises(SurveyError, match=code):
        look(installation, **asked)
