"""Does the weekly letter come once on Mondays to those who asked, when there is something, until it ends?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from email.message import EmailMessage
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as some

from survey.errors import SurveyError
from survey.installation import Installation
from survey.panel.leaving import leave_panel
from survey.panel.members import NewMember, add_member
from survey.people.roles import Person
from survey.running import set_installation
from survey.store.missions import Mission
from survey.week.letters import is_time, queue_weekly_letters
from survey.week.subscribe import gets_letter, make_stop_token, read_stop_token, start_letter, stop_letter
from tests.digest.test_pages import Browser
from tests.light.plain_phone import read_words
from tests.mail.mail_server import Mailbox
from tests.panel.made import COORDINATOR, MANAGER, NAMES, accept, invite, list_deeds, member
from tests.panel.test_letters import send, take
from tests.proposals.written import add_comment
from tests.walks import Calendar

MORNING = 7
MONDAY = (2026, 9, 14)


@pytest.fixture
def browser(mailing: Installation) -> Iterator[Browser]:
    set_installation(mailing)
    yield Browser()
    set_installation(None)


@pytest.fixture
def asked(mailing: Installation, box: Mailbox, calendar: Calendar) -> Mission:
    """Two members are asked about a mission, one of them wants the letter, and it is Monday."""
    made = invite(mailing, accept(mailing), "a", "b")
    send(mailing)
    take(box)
    start_letter(mailing, by=member("a"))
    calendar.turn_to(*MONDAY)
    return made


def read(letter: EmailMessage) -> str:
    assert letter.get_content_type() == "text/plain"
    return str(letter.get_content()).replace("\r\n", "\n")


def find_stop(letter: EmailMessage) -> str:
    return urlsplit(str(letter["List-Unsubscribe"]).strip("<>")).path


@pytest.mark.usefixtures("asked")
def test_who_asked_gets_one_letter_with_what_is_theirs(mailing: Installation, box: Mailbox) -> None:
    add_comment(mailing, "Ingen svarar i telefonen")
    assert (queue_weekly_letters(mailing, hour=MORNING), queue_weekly_letters(mailing, hour=8)) == (1, 0)
    assert send(mailing) == {"sent": 1}
    letters = take(box)
    assert list(letters) == ["a@exempel.se"]
    letter, said = letters["a@exempel.se"], read(letters["a@exempel.se"])
    assert letter["Subject"] == "Ditt i resursgruppen, vecka 38"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    told = "* Svara om du kan vara med i uppdraget hos Hemtjänsten i Ljungby. Senast 17 september."
    assert f"Den här veckan\n{told}\n" in said
    assert "https://svara.example.se/week" in said
    assert not {part for name in NAMES for part in name.split()} & set(said.split())
    assert "telefonen" not in said
    assert queue_weekly_letters(mailing, hour=9) == 0  # sent is sent


@pytest.mark.usefixtures("asked")
def test_the_next_week_has_a_letter_of_its_own_when_there_is_something(
    mailing: Installation, box: Mailbox, calendar: Calendar
) -> None:
    assert queue_weekly_letters(mailing, hour=MORNING) == 1
    send(mailing)
    calendar.turn_to(2026, 9, 21)  # the invitation's last day is over
    assert queue_weekly_letters(mailing, hour=MORNING) == 0
    invite(mailing, accept(mailing), "a", "b")
    calendar.turn_to(2026, 9, 28)  # today is the last day of the new one
    assert queue_weekly_letters(mailing, hour=MORNING) == 1
    send(mailing)
    weeks = [str(one["Subject"]) for one in box.letters if "vecka" in str(one["Subject"])]
    assert weeks == ["Ditt i resursgruppen, vecka 38", "Ditt i resursgruppen, vecka 40"]


@pytest.mark.usefixtures("asked")
def test_a_letter_that_the_server_put_off_until_the_next_week_is_dropped(
    mailing: Installation, box: Mailbox, calendar: Calendar
) -> None:
    queue_weekly_letters(mailing, hour=MORNING)
    box.recipient_replies = ["451 later"]
    assert send(mailing) == {"put_off": 1}
    calendar.turn_to(2026, 9, 20)  # still the same week
    queue_weekly_letters(mailing, hour=MORNING)
    box.recipient_replies = ["451 later"]
    assert send(mailing, at=1e6) == {"put_off": 1}
    calendar.turn_to(2026, 9, 21)
    queue_weekly_letters(mailing, hour=MORNING)
    assert send(mailing, at=1e9) == {}
    assert box.to == []


@pytest.mark.parametrize(
    ("day", "hour", "is_so"),
    [
        (date(2026, 9, 13), 7, False),  # Sunday
        (date(2026, 9, 14), 5, False),
        (date(2026, 9, 14), 6, True),
        (date(2026, 9, 14), 11, True),
        (date(2026, 9, 14), 12, False),
        (date(2026, 9, 15), 7, False),
        (date(2026, 12, 28), 6, True),  # the first day of week 53
        (date(2026, 10, 26), 6, True),  # the day after clocks were put back
    ],
)
def test_letters_are_written_on_monday_mornings(day: date, hour: int, is_so: bool) -> None:
    assert is_time(day, hour) is is_so


@given(some.dates(), some.integers(0, 23))
def test_no_other_day_has_letters(day: date, hour: int) -> None:
    assert not is_time(day, hour) or day.isoweekday() == 1


@pytest.mark.usefixtures("asked")
def test_the_letters_link_only_opened_changes_nothing_and_pressed_ends_them(
    mailing: Installation, box: Mailbox, browser: Browser, calendar: Calendar
) -> None:
    queue_weekly_letters(mailing, hour=MORNING)
    send(mailing)
    path = find_stop(take(box)["a@exempel.se"])
    for method in ("GET", "HEAD"):
        assert browser.request(method, path).status_code == 200
    assert gets_letter(mailing, by=member("a"))
    page = browser.post(path, content="List-Unsubscribe=One-Click")
    assert (page.status_code, gets_letter(mailing, by=member("a"))) == (200, False)
    assert "Veckobrevet är avslutat" in read_words(page)
    assert browser.post(path).status_code == 200  # twice is as once
    calendar.turn_to(2026, 9, 14)
    assert queue_weekly_letters(mailing, hour=MORNING) == 0


@pytest.mark.parametrize("token", ["x", "å", "AAAA" * 20, "AAAAA", "====", ""])
def test_a_link_that_is_none_of_ours_says_so(browser: Browser, token: str) -> None:
    assert browser.post(f"/e/u/vecka/{token}").status_code in ((410,) if token else (404, 405))


def test_a_link_names_nobody_and_another_installations_is_none(
    mailing: Installation, on_sqlite: Installation
) -> None:
    token = make_stop_token(mailing, "medlem7")
    assert "medlem7" not in token
    assert read_stop_token(mailing, token) == "medlem7"
    assert read_stop_token(mailing, token[:-8] + "AAAAAAAA") is None


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize("how", ["stop", "leave"])
def test_who_stops_or_leaves_gets_nothing_also_of_what_waits(
    mailing: Installation, box: Mailbox, how: str
) -> None:
    assert queue_weekly_letters(mailing, hour=MORNING) == 1
    if how == "stop":
        stop_letter(mailing, by=member("a"))
    else:
        leave_panel(mailing, "a", by=COORDINATOR)
    send(mailing)
    assert [one for one in box.letters if "vecka" in str(one["Subject"])] == []
    assert queue_weekly_letters(mailing, hour=MORNING) == 0


def test_a_week_with_nothing_has_no_letter(mailing: Installation, calendar: Calendar) -> None:
    start_letter(mailing, by=member("a"))
    calendar.turn_to(*MONDAY)
    assert queue_weekly_letters(mailing, hour=MORNING) == 0


def test_it_is_asked_for_and_ended_on_each_engine_and_told_once(
    installation: Installation, mailing: Installation
) -> None:
    stop_letter(installation, by=member("a"))  # nothing to end
    assert not gets_letter(installation, by=member("a"))
    for _ in range(2):
        start_letter(mailing, by=member("a"))
    stop_letter(mailing, by=member("a"))
    told = [one for one in list_deeds(mailing) if one[0].startswith("weekly")]
    assert told == [
        ("weekly letter ended", "panel_member a"),
        ("weekly letter asked for", "panel_member a"),
    ]


def find_code(installation: Installation, by: Person) -> str:
    with pytest.raises(SurveyError) as wrong:
        start_letter(installation, by=by)
    return wrong.value.code


def test_nobody_asks_for_a_letter_that_cannot_come(mailing: Installation, installation: Installation) -> None:
    add_member(mailing, NewMember("Gun Al", ""), by=COORDINATOR, member="g")
    assert find_code(mailing, member("g")) == "weekly_no_address"
    assert find_code(installation, member("a")) == "weekly_no_address"  # no mail server
    assert find_code(mailing, member("zz")) == "member_unknown"
    assert find_code(mailing, MANAGER) == "not_allowed"
