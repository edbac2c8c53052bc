"""Is the address of a calendar its owner's alone, kept so that nobody reads it, and dead once taken back?"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from icalendar import Calendar
from sqlalchemy import text

from survey.calendar.subscriptions import (
    end_subscription,
    find_address,
    hash_token,
    read_subscription,
    start_subscription,
)
from survey.errors import SurveyError
from survey.installation import Installation
from survey.panel.leaving import leave_panel
from survey.people.roles import Person, Role
from survey.running import set_installation
from survey.store import calendars
from tests.digest.test_pages import Browser
from tests.panel.made import (
    COORDINATOR,
    MANAGER,
    NAMES,
    OTHER_UNIT,
    accept,
    agree,
    answer,
    list_deeds,
    member,
)
from tests.panel.test_moving import move

A = member("a")


@pytest.fixture
def browser(on_sqlite: Installation) -> Iterator[Browser]:
    set_installation(on_sqlite)
    yield Browser()
    set_installation(None)


def start(installation: Installation, by: Person = A) -> str:
    return start_subscription(installation, language="sv", by=by)


def find_token(address: str) -> str:
    return urlsplit(address).path.removeprefix("/kalender/").removesuffix(".ics")


def list_days(installation: Installation, address: str) -> list[tuple[str, str]]:
    calendar = Calendar.from_ical(read_subscription(installation, find_token(address)))
    return [(f"{one['dtstart'].dt:%m-%d}", str(one["status"])) for one in calendar.walk("VEVENT")]


def test_an_address_follows_what_is_its_owners_as_it_is_now(installation: Installation) -> None:
    made = agree(installation)
    address = start(installation)
    assert list_days(installation, address) == [("10-06", "CONFIRMED")]
    move(installation, made)
    assert list_days(installation, address) == [("10-20", "TENTATIVE")]
    answer(installation, made, "a", comes=False)
    assert list_days(installation, address) == []


def test_each_role_follows_its_own(installation: Installation) -> None:
    agree(installation)
    accept(installation)
    expected = {COORDINATOR: 2, MANAGER: 2, OTHER_UNIT: 0, A: 1, member("c"): 0}
    assert {by: len(list_days(installation, start(installation, by))) for by in expected} == expected


def test_an_address_is_shown_again_and_a_new_one_ends_the_old(installation: Installation) -> None:
    assert find_address(installation, by=A) == ""
    first = start(installation)
    assert find_address(installation, by=A) == first
    assert find_address(installation, by=member("b")) == ""
    second = start(installation)
    assert second != first
    assert find_unknown(installation, find_token(first)) == "calendar_unknown"
    end_subscription(installation, by=A)
    end_subscription(installation, by=A)  # twice is as once
    assert find_address(installation, by=A) == ""
    assert find_unknown(installation, find_token(second)) == "calendar_unknown"
    assert [one[0] for one in list_deeds(installation) if one[0].startswith("calendar")] == [
        "calendar address taken back",
        "calendar address made",
        "calendar address made",
    ]


def find_unknown(installation: Installation, token: str) -> str:
    with pytest.raises(SurveyError) as wrong:
        read_subscription(installation, token)
    return wrong.value.code


def test_what_is_stored_gives_no_address_away(installation: Installation) -> None:
    token = find_token(start(installation))
    with installation.database.read() as connection:
        (row,) = connection.execute(text("SELECT * FROM calendar_address")).all()
    stored = [bytes(one) if isinstance(one, bytes | memoryview) else str(one).encode() for one in row]
    assert all(token.encode() not in one for one in stored)
    assert hash_token(installation, token) in stored
    assert not {"a", *(part for name in NAMES for part in name.split())} & {token}


def test_an_address_names_nobody_and_the_file_no_other_member(
    on_sqlite: Installation, browser: Browser
) -> None:
    agree(on_sqlite)
    address = start(on_sqlite)
    page = browser.get(urlsplit(address).path)
    assert (page.status_code, page.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    assert page.headers["cache-control"] == "private, no-cache"
    assert "no-store" not in page.headers["cache-control"]
    assert not [part for name in NAMES for part in name.split() if f" {part} " in f" {page.text} "]
    assert len(find_token(address)) == 32  # 192 bits


def test_every_address_that_leads_nowhere_is_answered_alike(
    on_sqlite: Installation, browser: Browser
) -> None:
    ended, left = find_token(start(on_sqlite)), find_token(start(on_sqlite, member("b")))
    end_subscription(on_sqlite, by=A)
    leave_panel(on_sqlite, "b", by=COORDINATOR)
    answers = {
        (page.status_code, page.content, page.headers["cache-control"])
        for token in (ended, left, "x", "å", "A" * 32, "A" * 5000, "%00")
        for page in [browser.get(f"/kalender/{token}.ics")]
    }
    assert answers == {(404, b"", "private, no-cache")}
    assert browser.get("/kalender").status_code == 404
    assert browser.post(f"/kalender/{ended}.ics").status_code == 405


def test_who_leaves_is_not_followed_even_where_the_row_is_still_there(on_sqlite: Installation) -> None:
    token = find_token(start(on_sqlite))
    with on_sqlite.database.read() as connection:
        kept = calendars.find_by_token(connection, hash_token(on_sqlite, token))
    assert kept is not None
    leave_panel(on_sqlite, "a", by=A)
    with on_sqlite.database.write() as connection:
        calendars.keep_address(connection, kept)
    assert find_unknown(on_sqlite, token) == "calendar_unknown"


@pytest.mark.parametrize(
    ("by", "code"),
    [
        (Person(Role.RESIDENT), "not_allowed"),
        (Person(Role.STRATEGY_OWNER), "not_allowed"),
        (Person(Role.PANEL_MEMBER, "zz"), "member_unknown"),
        (Person(Role.PANEL_MEMBER), "member_unknown"),
    ],
)
def test_who_has_no_calendar_gets_no_address(on_sqlite: Installation, by: Person, code: str) -> None:
    with pytest.raises(SurveyError, match=code):
        start(on_sqlite, by)
