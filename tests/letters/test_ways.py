"""Do a way's and a round's limits hold, whoever comes, and is what is sent never counted?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from survey.errors import SurveyError
from survey.installation import Installation
from survey.rounds import NewRound, open_round
from survey.store import ways as stored
from survey.store.rounds import Round
from survey.waves import name_wave, plan_wave
from survey.ways import add_way, close_way, count_beginning, find_way, list_ways
from tests.letters.conftest import COORDINATOR, LETTERS, MANAGER
from tests.walks import Calendar

OPEN = replace(LETTERS, id="alla", door="open")


def open_one(installation: Installation, **how: object) -> Round:
    return open_round(installation, replace(OPEN, **how), by="test")  # type: ignore[arg-type]


def begin(installation: Installation, round_: Round, key: str = "") -> str:
    """What comes of somebody who begins."""
    way = find_way(installation, round_, key) if key else None
    try:
        count_beginning(installation, round_, way)
    except SurveyError as wrong:
        return wrong.code
    return "begun"


def test_a_poster_takes_so_many_a_day_and_as_many_the_next(
    installation: Installation, calendar: Calendar
) -> None:
    round_ = open_one(installation)
    key = add_way(installation, round_.id, "Vårdcentralen", most_a_day=2, by=COORDINATOR).key
    assert [begin(installation, round_, key) for _ in range(3)] == ["begun", "begun", "way_full"]
    assert begin(installation, round_) == "begun"  # the round's own door has no limit
    calendar.day += timedelta(1)
    assert begin(installation, round_, key) == "begun"


def test_a_round_takes_so_many_in_all_by_every_way(installation: Installation) -> None:
    round_ = open_one(installation, most=3)
    key = add_way(installation, round_.id, "Vårdcentralen", most_a_day=None, by=COORDINATOR).key
    came = [begin(installation, round_, one) for one in (key, "", key, "", key)]
    assert came == ["begun", "begun", "begun", "round_full", "round_full"]


def test_where_there_is_no_limit_nothing_is_counted(quick: Installation) -> None:
    round_ = open_one(quick)
    assert begin(quick, round_) == "begun"
    with quick.database.read() as connection:
        assert stored.count_begun(connection, round_.id) == 0


def test_a_way_is_closed_once_and_leads_nowhere_then(installation: Installation) -> None:
    round_ = open_one(installation)
    key = add_way(installation, round_.id, "Vårdcentralen", most_a_day=None, by=COORDINATOR).key
    close_way(installation, key, by=COORDINATOR)
    with pytest.raises(SurveyError, match="way_closed"):
        close_way(installation, key, by=COORDINATOR)
    with pytest.raises(SurveyError, match="way_closed"):
        find_way(installation, round_, key)
    assert [one.closed for one in list_ways(installation, round_.id)] == [True]


def test_a_way_leads_into_its_own_round_only(quick: Installation) -> None:
    first, second = open_one(quick), open_one(quick, id="andra")
    key = add_way(quick, first.id, "Här", most_a_day=None, by=COORDINATOR).key
    with pytest.raises(SurveyError, match="way_unknown"):
        find_way(quick, second, key)


@pytest.mark.parametrize(
    ("name", "most", "door", "code"),
    [
        (" ", None, "open", "way_name_wrong"),
        ("x" * 81, None, "open", "way_name_wrong"),
        ("Här", 0, "open", "way_most_wrong"),
        ("Här", None, "coded", "way_door_wrong"),
    ],
)
def test_a_way_that_will_not_do_is_told(
    quick: Installation, name: str, most: int | None, door: str, code: str
) -> None:
    round_ = open_one(quick, door=door)
    with pytest.raises(SurveyError, match=code):
        add_way(quick, round_.id, name, most_a_day=most, by=COORDINATOR)


def test_only_a_coordinator_adds_and_closes(quick: Installation) -> None:
    round_ = open_one(quick)
    with pytest.raises(SurveyError, match="not_allowed"):
        add_way(quick, round_.id, "Här", most_a_day=None, by=MANAGER)
    with pytest.raises(SurveyError, match="not_allowed"):
        close_way(quick, "x", by=MANAGER)


# Rounds


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"mode": "secret", "door": "coded"}, "round_mode_wrong"),
        ({"mode": "confidential", "door": "open"}, "round_mode_wrong"),
        ({"left_out": ("b1",)}, "round_left_out_wrong"),
        ({"left_out": ("nothing",)}, "round_left_out_wrong"),
        ({"most": 0}, "round_most_wrong"),
        ({"most": 5, "door": "coded"}, "round_most_wrong"),
    ],
)
def test_what_is_wrong_with_a_round_is_said(
    quick: Installation, change: dict[str, object], code: str
) -> None:
    with pytest.raises(SurveyError, match=code):
        open_one(quick, **change)


@pytest.mark.parametrize(
    ("old", "known", "name"),
    [
        ("brev-2026", (), "brev-2027"),
        ("brev-2026", ("brev-2027",), "brev-2027-2"),
        ("brev", ("brev", "brev-2"), "brev-3"),
        ("x" * 40, ("x" * 40,), "x" * 38 + "-2"),
    ],
)
def test_a_new_wave_has_a_name_that_is_free(old: str, known: tuple[str, ...], name: str) -> None:
    assert name_wave(old, year=2027, known=known) == name


def test_a_new_wave_is_the_old_round_a_period_later(quick: Installation, calendar: Calendar) -> None:
    old = open_one(quick, id="var-2026", title="Vår 2026", audience="Alla över 15", most=500)
    wave = plan_wave(old, known=("var-2026",), today=calendar.day)
    assert (wave.id, wave.title, wave.opens) == ("var-2027", "Vår 2027", old.closes + timedelta(1))
    assert wave.closes - wave.opens == old.closes - old.opens
    kept = ("survey", "version", "door", "forms", "mode", "audience", "left_out", "most")
    assert [getattr(wave, one) for one in kept] == [getattr(old, one) for one in kept]
    assert isinstance(wave, NewRound)
    open_round(quick, wave, by="test")
