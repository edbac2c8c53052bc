"""Does what is put in a calendar file come out of it again, and nothing that should not be there?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as some
from icalendar import Calendar, Event

from survey.calendar.file import make_uid, write_all, write_one
from survey.calendar.standing import Booked, Standing, find_standing
from survey.installation import SWEDEN, Installation
from survey.language import speak
from survey.panel.states import Reply, State
from survey.store.missions import Mission
from tests.walks import opened

AT = datetime(2026, 9, 10, 8, 0, tzinfo=UTC)
ME = "panel_member a"
MISSION = Mission(
    id="u1", version=4, occasion=1, state="agreed", unit="Hemtjänsten i Ljungby", requested_by="manager",
    purpose="Vi vill göra det lättare", question="Vad behöver man veta?", form="meeting", place="Kommunhuset",
    day=date(2026, 10, 6), starts="13:30", minutes=120, number=2, tags=("carer",),
    feedback_by=date(2026, 11, 6), feedback_from="områdeschef", contact=b"x", material="Underlag",
    material_on=None, outcome="", reason="", requested=date(2026, 9, 1), agreed=None, ended=None,
    told=None, reminded=None,
)  # fmt: skip
TEXTS = some.text(some.characters(codec="utf-8", exclude_categories=["C", "Z"]) | some.just(" "), min_size=1)
MISSIONS = some.builds(
    lambda day, at, minutes, unit, place, version: replace(
        MISSION, day=day, starts=f"{at:%H:%M}", minutes=minutes, unit=unit, place=place, version=version
    ),
    some.dates(date(2000, 1, 1), date(2036, 12, 31)),
    some.times(),
    some.integers(1, 720),
    TEXTS,
    TEXTS,
    some.integers(1, 999),
)


@pytest.fixture(scope="module")
def installation() -> Iterator[Installation]:
    with TemporaryDirectory() as folder, opened(f"sqlite:///{folder}/x.db", Path(folder) / "var") as found:
        yield found


def write(installation: Installation, mission: Mission, standing: Standing = Standing.CONFIRMED) -> Calendar:
    booked = Booked(mission, standing)
    return Calendar.from_ical(write_one(installation, booked, speak("sv"), owner=ME, at=AT))  # type: ignore[return-value]


def find_event(calendar: Calendar) -> Event:
    (event,) = calendar.walk("VEVENT")
    return event  # type: ignore[return-value]


@given(MISSIONS, some.sampled_from(Standing))
def test_what_was_put_in_comes_out(installation: Installation, mission: Mission, standing: Standing) -> None:
    event = find_event(write(installation, mission, standing))
    starts = datetime.combine(mission.day, time.fromisoformat(mission.starts))
    assert event["dtstart"].dt.replace(tzinfo=None) == starts
    assert event["dtstart"].params["TZID"] == "Europe/Stockholm"
    assert event["duration"].dt == timedelta(minutes=mission.minutes)
    assert str(event["summary"]) == f"Uppdrag: {mission.unit}"
    assert (str(event["location"]), str(event["contact"])) == (mission.place, mission.unit)
    assert (event["sequence"], str(event["status"])) == (mission.version, standing.upper())
    assert event["dtstamp"].dt == AT


@given(some.lists(MISSIONS, max_size=5))
def test_a_file_has_every_mission_once(installation: Installation, known: list[Mission]) -> None:
    booked = [Booked(replace(one, id=f"u{n}"), Standing.CONFIRMED) for n, one in enumerate(known)]
    calendar = Calendar.from_ical(write_all(installation, booked, speak("sv"), owner=ME))
    uids = [str(one["uid"]) for one in calendar.walk("VEVENT")]
    assert uids == [make_uid(installation, one.mission, ME) for one in booked]
    assert len(set(uids)) == len(known)
    assert len(calendar.walk("VTIMEZONE")) == 1


@pytest.mark.parametrize(
    ("day", "starts", "minutes", "begins", "ends"),
    [
        ("2026-10-06", "13:30", 120, "2026-10-06T11:30", "2026-10-06T13:30"),
        ("2026-12-31", "23:00", 120, "2026-12-31T22:00", "2027-01-01T00:00"),  # into the next year
        ("2026-10-06", "00:00", 60, "2026-10-05T22:00", "2026-10-05T23:00"),  # at midnight
        ("2026-10-25", "01:30", 180, "2026-10-24T23:30", "2026-10-25T02:30"),  # clocks are put back
        ("2026-03-29", "01:30", 60, "2026-03-29T00:30", "2026-03-29T01:30"),  # and forward
        ("2026-10-25", "13:00", 60, "2026-10-25T12:00", "2026-10-25T13:00"),
        ("2026-10-24", "13:00", 60, "2026-10-24T11:00", "2026-10-24T12:00"),
    ],
)
def test_a_meeting_is_when_it_is_and_as_long_as_it_is(
    installation: Installation, day: str, starts: str, minutes: int, begins: str, ends: str
) -> None:
    mission = replace(MISSION, day=date.fromisoformat(day), starts=starts, minutes=minutes)
    event = find_event(write(installation, mission))
    first = event["dtstart"].dt.replace(tzinfo=SWEDEN).astimezone(UTC)
    assert (f"{first:%Y-%m-%dT%H:%M}", f"{first + event['duration'].dt:%Y-%m-%dT%H:%M}") == (begins, ends)


def test_a_moved_mission_is_the_same_event_with_a_higher_number(installation: Installation) -> None:
    before = find_event(write(installation, MISSION))
    after = find_event(
        write(installation, replace(MISSION, version=5, day=date(2026, 10, 20)), Standing.TENTATIVE)
    )
    assert before["uid"] == after["uid"]
    assert after["sequence"] > before["sequence"]
    assert after["dtstart"].dt.date() == date(2026, 10, 20)


@pytest.mark.parametrize(
    ("standing", "method"),
    [(Standing.CONFIRMED, "PUBLISH"), (Standing.TENTATIVE, "PUBLISH"), (Standing.CANCELLED, "CANCEL")],
)
def test_a_mission_that_is_called_off_is_taken_out(
    installation: Installation, standing: Standing, method: str
) -> None:
    calendar = write(installation, MISSION, standing)
    assert (str(calendar["method"]), str(find_event(calendar)["status"])) == (method, standing.upper())


@pytest.mark.parametrize(
    ("state", "reply", "standing"),
    [
        (State.REQUESTED, None, Standing.TENTATIVE),
        (State.INVITING, None, Standing.TENTATIVE),
        (State.AGREED, None, Standing.CONFIRMED),
        (State.TOLD, None, Standing.CONFIRMED),
        (State.DECLINED, None, Standing.CANCELLED),
        (State.CANCELLED, None, Standing.CANCELLED),
        (State.INVITING, Reply.WAITING, Standing.TENTATIVE),
        (State.INVITING, Reply.SIGNED, Standing.TENTATIVE),
        (State.AGREED, Reply.SIGNED, Standing.CONFIRMED),
        (State.AGREED, Reply.WAITING, Standing.TENTATIVE),
        (State.AGREED, Reply.LEFT, Standing.CANCELLED),
        (State.AGREED, Reply.NO, Standing.CANCELLED),
        (State.CANCELLED, Reply.SIGNED, Standing.CANCELLED),
        (State.CANCELLED, Reply.WITHDRAWN, Standing.CANCELLED),
    ],
)
def test_how_sure_a_mission_is(state: State, reply: Reply | None, standing: Standing) -> None:
    assert find_standing(replace(MISSION, state=state), reply) is standing


def test_an_events_id_is_its_owners_own_and_names_nobody(installation: Installation) -> None:
    mine, others = (make_uid(installation, MISSION, who) for who in (ME, "panel_member b"))
    assert mine != others
    assert MISSION.id not in mine
    written = write_one(installation, Booked(MISSION, Standing.CONFIRMED), speak("sv"), owner=ME)
    for secret in (ME, "panel_member", "områdeschef", "Vad behöver man veta"):
        assert secret not in written
