"""Who agrees to what, who decides, and what ends when an agreement does?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from survey.errors import SurveyError
from survey.following.faults import FollowingError
from survey.installation import Installation
from survey.light.routes import ServeForm
from survey.people.roles import Person, Role
from survey.people.sign_in import COOKIE, make_demo_ticket
from survey.research import agreements, drawing, making
from survey.research.agreements import (
    ask_for_file,
    decide,
    end_agreement,
    end_what_is_over,
    find_agreement,
    list_agreements,
)
from survey.research.fetching import fetch_file
from survey.research.kept import KEPT_DAYS, find_file
from survey.research.making import make_file
from survey.research.states import STEPS, Event, State, find_step
from survey.running import set_installation
from survey.store import audits
from tests.research.whole_county import (
    ADMINISTRATOR,
    NEW,
    OFFICER,
    OTHER,
    RESEARCHER,
    approve,
    fetch,
    open_closed_county,
)
from tests.walks import Calendar

ROOT = Path(__file__).parents[2]
WHY = {"reason": "Ett skäl", "based_on": 1}


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory, calendar: Calendar) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("county")
    with open_closed_county(f"sqlite:///{folder / 'county.db'}", folder, calendar, number=60) as (found, _):
        yield found


@pytest.fixture(autouse=True)
def october(calendar: Calendar) -> None:
    calendar.turn_to(2026, 10)


def tell(act: object, *arguments: object, **named: object) -> str:
    """The code of what goes wrong."""
    with pytest.raises(SurveyError) as wrong:
        act(*arguments, **named)  # type: ignore[operator]
    return wrong.value.code


# What is asked for


def test_everything_that_is_wrong_is_told_at_once(county: Installation) -> None:
    bad = replace(
        NEW, survey="annan", purpose="x", approval="1", principal=" ", people="", until="igår", accepted=False
    )
    with pytest.raises(FollowingError) as wrong:
        ask_for_file(county, bad, by=RESEARCHER)
    assert {one.code.removeprefix("research_") for one in wrong.value.faults} == {
        "survey_unpublished",
        "purpose_short",
        "people_missing",
        "principal_missing",
        "approval_wrong",
        "until_wrong",
        "not_accepted",
    }


@pytest.mark.parametrize(
    ("until", "code"),
    [
        ("2026-09-30", "research_until_past"),
        ("2026-10-01", ""),
        ("2031-10-05", ""),
        ("2031-10-06", "research_until_far"),
        ("2026-13-01", "research_until_wrong"),
    ],
)
def test_the_last_day_is_to_come_and_within_five_years(county: Installation, until: str, code: str) -> None:
    new = replace(NEW, until=until)
    if code:
        assert tell(ask_for_file, county, new, by=RESEARCHER) == code
    else:
        assert ask_for_file(county, new, by=RESEARCHER).state == State.ASKED


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2026-01234-01", "2026-01234-01"),
        (" Dnr 2026-01234-01 ", "2026-01234-01"),
        ("dnr. 2026–01234–01", "2026-01234-01"),
    ],
)
def test_the_number_is_kept_as_the_authority_writes_it(county: Installation, typed: str, kept: str) -> None:
    assert ask_for_file(county, replace(NEW, approval=typed), by=RESEARCHER).approval == kept


@pytest.mark.parametrize("typed", ["", "2026-1234-01", "2026-01234", "=2026-01234-01", "2026-01234-01 x"])
def test_another_number_is_refused(county: Installation, typed: str) -> None:
    assert (
        tell(ask_for_file, county, replace(NEW, approval=typed), by=RESEARCHER) == "research_approval_wrong"
    )


def test_the_terms_are_kept_as_they_were_accepted(
    county: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ask_for_file(county, NEW, by=RESEARCHER)
    monkeypatch.setattr(agreements, "write_terms", lambda _installation: "Andra villkor")
    assert "Ingen försöker ta reda på" in find_agreement(county, asked.id, by=RESEARCHER).terms


# Who decides


@pytest.mark.parametrize("by", [OFFICER, ADMINISTRATOR])
def test_an_officer_or_an_administrator_decides_with_a_reason(county: Installation, by: Person) -> None:
    asked = ask_for_file(county, NEW, by=RESEARCHER)
    assert (
        tell(decide, county, asked.id, Event.APPROVE, reason=" ", based_on=1, by=by)
        == "research_reason_missing"
    )
    decide(county, asked.id, Event.APPROVE, **WHY, by=by)
    now = find_agreement(county, asked.id, by=by)
    assert (now.state, now.decided_by, now.reason) == (State.APPROVED, by.name, "Ett skäl")


def test_nobody_decides_about_their_own_in_another_role(county: Installation) -> None:
    asked = ask_for_file(county, NEW, by=RESEARCHER)
    same = Person(Role.ADMINISTRATOR, RESEARCHER.id)
    assert tell(decide, county, asked.id, Event.APPROVE, **WHY, by=same) == "research_own"


def test_of_two_who_decide_at_once_the_second_is_told(county: Installation) -> None:
    asked = ask_for_file(county, NEW, by=RESEARCHER)
    decide(county, asked.id, Event.DECLINE, **WHY, by=OFFICER)
    assert tell(decide, county, asked.id, Event.APPROVE, **WHY, by=ADMINISTRATOR) == "research_not_now"


def test_a_request_whose_last_day_passed_before_the_decision_is_not_approved(
    county: Installation, calendar: Calendar
) -> None:
    asked = ask_for_file(county, replace(NEW, until="2026-10-05"), by=RESEARCHER)
    calendar.turn_to(2026, 10, 6)
    assert tell(decide, county, asked.id, Event.APPROVE, **WHY, by=OFFICER) == "research_ended"


def test_a_researcher_sees_their_own_agreements_only(county: Installation) -> None:
    asked = ask_for_file(county, NEW, by=RESEARCHER)
    assert tell(find_agreement, county, asked.id, by=OTHER) == "research_unknown"
    assert asked.id not in {one.id for one in list_agreements(county, viewer=OTHER)}
    assert asked.id in {one.id for one in list_agreements(county, viewer=OFFICER)}


@pytest.mark.parametrize("role", [Role.MANAGER, Role.COORDINATOR, Role.RESIDENT, Role.PANEL_MEMBER])
def test_others_see_none(county: Installation, role: Role) -> None:
    assert tell(list_agreements, county, viewer=Person(role, "x")) == "not_allowed"


# What can be done in each state


def test_a_file_is_made_for_whoever_asked_when_it_is_approved(county: Installation) -> None:
    asked = ask_for_file(county, NEW, by=RESEARCHER)
    assert tell(make_file, county, asked.id, based_on=1, by=RESEARCHER) == "research_not_now"
    decide(county, asked.id, Event.APPROVE, **WHY, by=OFFICER)
    assert tell(make_file, county, asked.id, based_on=2, by=OTHER) == "research_unknown"
    assert tell(make_file, county, asked.id, based_on=2, by=OFFICER) == "not_allowed"
    assert tell(fetch_file, county, asked.id, by=RESEARCHER) == "research_no_file"
    assert tell(make_file, county, asked.id, based_on=1, by=RESEARCHER) == "research_changed"
    make_file(county, asked.id, based_on=2, by=RESEARCHER)
    assert tell(fetch_file, county, asked.id, by=OTHER) == "research_unknown"
    assert tell(fetch_file, county, asked.id, by=ADMINISTRATOR) == "not_allowed"


def test_every_step_is_written_in_the_log_without_what_was_written(county: Installation) -> None:
    agreement = approve(county)
    fetch(county, agreement)
    end_agreement(county, agreement.id, reason="Klart", based_on=4, by=RESEARCHER)
    with county.database.read() as connection:
        events = audits.list_events(connection, search=audits.Search(subject=agreement.id))
    assert sorted(one.action for one in events) == [
        "research agreement ended",
        "research file approved",
        "research file asked",
        "research file fetched",
        "research file made",
    ]
    assert not [one for one in events if "trygghet" in str(one.facts) or "Två forskare" in str(one.facts)]


def test_a_step_and_its_event_are_kept_together_or_not_at_all(
    county: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ask_for_file(county, NEW, by=RESEARCHER)

    def fail(*_arguments: object, **_named: object) -> None:
        raise SurveyError("database_full")

    with monkeypatch.context() as patch:
        patch.setattr(audits, "add_event", fail)
        assert tell(decide, county, asked.id, Event.APPROVE, **WHY, by=OFFICER) == "database_full"
    assert find_agreement(county, asked.id, by=OFFICER) == asked


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("event", Event)
def test_a_step_is_taken_only_where_the_table_has_it(state: State, event: Event) -> None:
    found = find_step(state, event)
    assert (found is not None) == ((state, event) in {(one.state, one.event) for one in STEPS})
    if state in (State.ENDED, State.DECLINED):
        assert found is None


# When it ends


def test_an_end_removes_the_file_at_once(county: Installation) -> None:
    agreement = approve(county)
    make_file(county, agreement.id, based_on=2, by=RESEARCHER)
    end_agreement(county, agreement.id, reason="Klart", based_on=3, by=OFFICER)
    assert not find_file(county, agreement.id).exists()
    assert tell(fetch_file, county, agreement.id, by=RESEARCHER) == "research_ended"
    assert tell(make_file, county, agreement.id, based_on=4, by=RESEARCHER) == "research_ended"


def test_a_download_breaks_off_when_the_agreement_ends_in_the_middle(
    county: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("survey.research.fetching.PIECE", 100)
    agreement = approve(county)
    make_file(county, agreement.id, based_on=2, by=RESEARCHER)
    _, content = fetch_file(county, agreement.id, by=RESEARCHER)
    assert len(next(content)) == 100
    end_agreement(county, agreement.id, reason="Missbruk", based_on=4, by=OFFICER)
    assert tell(list, content) == "research_ended"


def test_a_file_that_is_being_made_when_the_agreement_ends_is_never_there(
    county: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    agreement = approve(county)
    real = making.pack

    def pack_and_end(*arguments):  # type: ignore[no-untyped-def]
        made = real(*arguments)
        end_agreement(county, agreement.id, reason="Missbruk", based_on=2, by=OFFICER)
        return made

    monkeypatch.setattr(making, "pack", pack_and_end)
    assert tell(make_file, county, agreement.id, based_on=2, by=RESEARCHER) == "research_ended"
    assert not find_file(county, agreement.id).exists()
    assert find_agreement(county, agreement.id, by=RESEARCHER).state == State.ENDED


def test_a_file_lies_seven_days_and_an_agreement_ends_after_its_last_day(
    county: Installation, calendar: Calendar
) -> None:
    agreement = approve(county, replace(NEW, until="2026-10-20"))
    make_file(county, agreement.id, based_on=2, by=RESEARCHER)
    assert find_agreement(county, agreement.id, by=RESEARCHER).kept_until == date(2026, 10, 1 + KEPT_DAYS)
    for day, state, there in ((8, State.MADE, True), (9, State.APPROVED, False), (20, State.APPROVED, False)):
        calendar.turn_to(2026, 10, day)
        end_what_is_over(county)
        assert find_agreement(county, agreement.id, by=RESEARCHER).state == state
        assert find_file(county, agreement.id).exists() is there
    calendar.turn_to(2026, 10, 21)
    end_what_is_over(county)
    end_what_is_over(county)
    assert find_agreement(county, agreement.id, by=RESEARCHER).state == State.ENDED


def test_a_file_is_not_kept_longer_than_the_agreement(county: Installation) -> None:
    agreement = approve(county, replace(NEW, until="2026-10-03"))
    make_file(county, agreement.id, based_on=2, by=RESEARCHER)
    assert find_agreement(county, agreement.id, by=RESEARCHER).kept_until == date(2026, 10, 3)


def test_what_no_agreement_knows_of_is_removed(county: Installation) -> None:
    agreement = approve(county)
    make_file(county, agreement.id, based_on=2, by=RESEARCHER)
    stray = find_file(county, "strayed")
    stray.write_bytes(b"x")
    end_what_is_over(county)
    assert not stray.exists()
    assert find_file(county, agreement.id).exists()


# The way to the file


async def end_of_the_line(scope, receive, send):  # type: ignore[no-untyped-def]
    raise AssertionError("no address of the plain form")


def test_an_address_that_is_only_opened_hands_out_nothing(tmp_path: Path) -> None:
    """The way through HTTP, in a demonstration whose cookie says the role."""
    with open_closed_county(f"sqlite:///{tmp_path / 'c.db'}", tmp_path, Calendar(), number=40) as (found, _):
        demo = replace(found, settings=found.settings.model_copy(update={"demo": True}))
        set_installation(demo)
        try:
            agreement = approve(demo)
            make_file(demo, agreement.id, based_on=2, by=RESEARCHER)
            browser = TestClient(ServeForm(end_of_the_line))
            path = f"/forskning/{agreement.id}"
            assert browser.get(path).status_code == 403
            for person, status in ((OTHER, 404), (OFFICER, 403), (RESEARCHER, 200)):
                ticket = make_demo_ticket(demo, person.role.value, person=person.id)
                browser.cookies.set(COOKIE, ticket)
                assert browser.get(path).status_code == status
                for site in ({"sec-fetch-site": "cross-site"}, {"origin": "https://x.example"}, {}):
                    assert browser.post(path, headers=site).status_code == 403
            assert find_agreement(demo, agreement.id, by=RESEARCHER).state == State.MADE
            answer = browser.post(path, headers={"sec-fetch-site": "same-origin"})
            assert answer.status_code == 200
            assert answer.content[:2] == b"PK"
            assert answer.headers["cache-control"] == "no-store"
            assert find_agreement(demo, agreement.id, by=RESEARCHER).state == State.FETCHED
        finally:
            set_installation(None)


def test_the_picture_in_the_document_is_drawn_from_the_table() -> None:
    assert drawing.write_states() in (ROOT / "docs" / "research.md").read_text("utf-8")
