"""Is it told how far people come, in fives, and nothing of few?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.disclosure import Hidden, HiddenReason, Shown
from survey.answering.drafts import find_survey
from survey.answering.reached import SENT, list_places
from survey.errors import SurveyError
from survey.insight.stopping import find_stopping
from survey.installation import Installation
from survey.people.roles import Person, Role
from survey.store import monitoring
from survey.store.rounds import Round
from tests.walks import open_a_round, opened

COORDINATOR = Person(Role.COORDINATOR)


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    with opened(f"sqlite:///{tmp_path / 'prov.db'}", tmp_path / "var") as found:
        yield found


@pytest.fixture
def round_(installation: Installation) -> Round:
    return open_a_round(installation)


def come(installation: Installation, round_: Round, form: str, numbers: list[int]) -> tuple[str, ...]:
    """So many came to the first places."""
    places = list_places(find_survey(installation, round_, "full"))
    with installation.database.write() as connection:
        some = dict(zip(places, numbers, strict=False))
        monitoring.add_reached(connection, round_.id, form, some)
    return places


def test_people_are_told_in_fives_with_their_share_of_those_who_began(
    installation: Installation, round_: Round
) -> None:
    places = come(installation, round_, "full", [203, 197, 101, 10, 9])
    (form,) = find_stopping(installation, round_, viewer=COORDINATOR)
    hidden = Hidden(HiddenReason.TOO_FEW, 10)
    told = [(one.place, one.people, one.per_cent) for one in form.places]
    assert told[:5] == [
        (places[0], Shown(205), 100),
        (places[1], Shown(195), 95),
        (places[2], Shown(100), 49),
        (places[3], Shown(10), 5),
        (places[4], hidden, None),
    ]
    assert told[-1] == (SENT, hidden, None)
    assert form.places[0].title is not None and form.places[-1].title is None


def test_forms_are_told_apart_and_one_that_nobody_took_is_left_out(
    installation: Installation, round_: Round
) -> None:
    assert find_stopping(installation, round_, viewer=COORDINATOR) == ()
    come(installation, round_, "short", [40])
    come(installation, round_, "full", [60])
    found = find_stopping(installation, round_, viewer=COORDINATOR)
    assert [(one.form, one.places[0].people) for one in found] == [("full", Shown(60)), ("short", Shown(40))]


@pytest.mark.parametrize(
    ("numbers", "hardest"),
    [
        ([100, 95, 70, 65], (1, 2)),
        ([100, 60, 55, 20], (0, 1)),
        ([100, 95, 90, 85], None),  # a fall of 5 can be rounding alone
        ([100, 9, 0, 0], None),  # how far it fell is hidden
        ([60, 100, 90, 90], (1, 2)),  # what began before a restart may be counted later only
    ],
)
def test_the_hardest_place_is_where_clearly_most_stop(
    installation: Installation, round_: Round, numbers: list[int], hardest: tuple[int, int] | None
) -> None:
    places = come(installation, round_, "full", numbers)
    (form,) = find_stopping(installation, round_, viewer=COORDINATOR)
    found = form.hardest and tuple(one.place for one in form.hardest)
    assert found == (hardest and (places[hardest[0]], places[hardest[1]]))


def test_only_those_who_see_rounds_may_know(installation: Installation, round_: Round) -> None:
    with pytest.raises(SurveyError, match="not_allowed"):
        find_stopping(installation, round_, viewer=Person(Role.MANAGER))
