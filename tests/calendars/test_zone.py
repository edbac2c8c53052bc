"""Does a calendar file say the same time as Swedish clocks, through the nights they are changed?"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from survey.calendar.zone import make_zone
from survey.installation import SWEDEN

OURS = make_zone().to_tz()
MOMENTS = some.datetimes(datetime(1997, 1, 1), datetime(2037, 12, 31))  # noqa: DTZ001


@given(MOMENTS)
def test_the_rules_are_those_of_sweden(moment: datetime) -> None:
    for fold in (0, 1):
        local = moment.replace(fold=fold)
        if (
            local.replace(tzinfo=SWEDEN).utcoffset()
            != local.replace(tzinfo=SWEDEN, fold=1 - fold).utcoffset()
        ):
            continue  # an hour that is there twice, or never: programs differ
        assert local.replace(tzinfo=OURS).utcoffset() == local.replace(tzinfo=SWEDEN).utcoffset()


@pytest.mark.parametrize(
    ("moment", "hours"),
    [
        ("2026-03-29T01:59", 1),
        ("2026-03-29T03:00", 2),
        ("2026-10-25T01:59", 2),
        ("2026-10-25T03:00", 1),
        ("2027-03-28T03:00", 2),
        ("2026-12-31T23:59", 1),
    ],
)
def test_clocks_are_changed_on_the_last_sundays_of_march_and_october(moment: str, hours: int) -> None:
    assert datetime.fromisoformat(moment).replace(tzinfo=OURS).utcoffset() == timedelta(hours=hours)
