"""Do letters come once to those they are for, say what they should, and never hold up a mission?"""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from icalendar import Calendar as CalendarFile
from sqlalchemy import text

from survey.installation import Installation
from survey.language import speak
from survey.mail.server import Outcome
from survey.panel.decisions import cancel_mission, give_material, tell_outcome
from survey.panel.inviting import take_back
from survey.panel.leaving import leave_panel
from survey.panel.letters import say_length
from survey.panel.reminders import tend_missions
from survey.panel.seen import list_asked
from survey.panel.sending import send_letters
from survey.store import audits
from tests.mail.mail_server import Mailbox
from tests.panel.made import (
    COORDINATOR,
    MANAGER,
    accept,
    agree,
    answer,
    do,
    find_asked,
    get_replies,
    invite,
    member,
)
from tests.panel.test_moving import move
from tests.walks import Calendar

SECONDS = 2.0


def send(installation: Installation, *, at: float = 0.0) -> dict[str, int]:
    counts = send_letters(installation, now=at, seconds=SECONDS)
    return {Outcome(outcome).value: number for outcome, number in counts.items()}


def read(letter: EmailMessage) -> str:
    """The text of a letter, which may have a file for calendars beside it."""
    text_of = letter.get_body(("plain",))
    assert text_of is not None
    return str(text_of.get_content())


def read_calendar(letter: EmailMessage) -> tuple[str, str, str, str]:
    """What a letter's file for calendars says: what to do with it, how sure it is, the day, and the id."""
    (part,) = letter.iter_attachments()
    assert part.get_content_type() == "text/calendar"
    calendar = CalendarFile.from_ical(part.get_content())
    (event,) = calendar.walk("VEVENT")
    assert part.get_param("method") == str(calendar["method"])
    return (
        str(calendar["method"]),
        str(event["status"]),
        f"{event['dtstart'].dt:%m-%d %H:%M}",
        str(event["uid"]),
    )


def take(box: Mailbox) -> dict[str, EmailMessage]:
    """The letters that came since the last time, by recipient."""
    found = dict(zip(box.to, box.letters, strict=True))
    box.raw.clear()
    box.to.clear()
    return found


def test_who_is_asked_gets_a_letter_with_a_link_of_their_own_once(
    mailing: Installation, box: Mailbox
) -> None:
    invite(mailing, accept(mailing), "a", "b")
    assert (send(mailing), send(mailing)) == ({"sent": 2}, {})
    letters = take(box)
    assert sorted(letters) == ["a@exempel.se", "b@exempel.se"]
    said = read(letters["a@exempel.se"])
    assert letters["a@exempel.se"]["Subject"] == "Vill du vara med i ett uppdrag 2026-10-06?"
    assert letters["a@exempel.se"].get_content_type() == "text/plain"
    assert "https://svara.example.se/e/u/uppdrag/" in said
    assert "svara senast 2026-09-17" in said
    assert "Vad behöver man veta den första dagen hemma?" in said
    assert "Bo" not in said
    assert said != read(letters["b@exempel.se"])


def test_a_mission_is_told_of_from_the_question_to_what_came_of_it(
    mailing: Installation, box: Mailbox, calendar: Calendar
) -> None:
    made = agree(mailing)
    send(mailing)
    confirmed = take(box)
    assert {one["Subject"] for one in confirmed.values()} == {"Gruppen är klar för 2026-10-06"}
    method, status, starts, uid = read_calendar(confirmed["a@exempel.se"])
    assert (method, status, starts) == ("PUBLISH", "CONFIRMED", "10-06 13:30")
    assert uid != read_calendar(confirmed["b@exempel.se"])[3]
    at = {"based_on": made.version, "by": MANAGER}
    made = give_material(mailing, made.id, material="https://exempel.se/underlag", **at)
    send(mailing)
    assert "https://exempel.se/underlag" in read(take(box)["a@exempel.se"])
    cancel_mission(mailing, made.id, reason="Ingen lokal", based_on=made.version, by=MANAGER)
    send(mailing)
    letters = take(box)
    assert sorted(letters) == ["a@exempel.se", "b@exempel.se"]
    assert letters["a@exempel.se"]["Subject"] == "Uppdraget 2026-10-06 är inställt"
    assert read_calendar(letters["a@exempel.se"]) == ("CANCEL", "CANCELLED", "10-06 13:30", uid)


def test_who_took_part_is_told_that_there_is_feedback(mailing: Installation, box: Mailbox) -> None:
    made = do(mailing)
    send(mailing)
    take(box)
    tell_outcome(mailing, made.id, outcome="En ny lapp", based_on=made.version, by=MANAGER)
    send(mailing)
    said = read(take(box)["a@exempel.se"])
    assert "https://svara.example.se/missions" in said
    assert "En ny lapp" not in said  # what was written is read on the page


def test_a_moved_mission_asks_anew_by_another_link(mailing: Installation, box: Mailbox) -> None:
    made = agree(mailing)
    send(mailing)
    uid = read_calendar(take(box)["a@exempel.se"])[3]
    move(mailing, made)
    send(mailing)
    letters = take(box)
    assert letters["a@exempel.se"]["Subject"] == "Uppdraget har flyttats till 2026-10-20. Kan du då?"
    assert read_calendar(letters["a@exempel.se"]) == ("PUBLISH", "TENTATIVE", "10-20 09:00", uid)
    links = {find_asked(mailing, made, one).id for one in ("a", "b")}
    assert [one for one in links if one in read(letters["a@exempel.se"])]


def test_a_question_that_is_over_before_its_letter_has_gone_is_not_asked(
    mailing: Installation, box: Mailbox
) -> None:
    made = invite(mailing, accept(mailing, tags=("dental_care",), number=1), "d")
    take_back(mailing, find_asked(mailing, made, "d").id, by=COORDINATOR)
    assert send(mailing) == {}
    assert box.to == []
    with mailing.database.read() as connection:
        assert connection.execute(text("SELECT outcome, sealed FROM mission_letter")).all() == [
            ("dropped", None)
        ]


def test_what_the_server_puts_off_is_tried_again_and_what_it_refuses_is_handed_over(
    mailing: Installation, box: Mailbox
) -> None:
    made = invite(mailing, accept(mailing, number=1), "a")
    box.recipient_replies = ["451 later"]
    assert send(mailing) == {"put_off": 1}
    assert send(mailing) == {}
    box.letter_replies = ["451 later"]
    assert send(mailing, at=1e6) == {"put_off": 1}
    box.recipient_replies = ["550 no"]
    assert send(mailing, at=2e6) == {"refused": 1}
    assert send(mailing, at=9e9) == {}
    (asked,) = list_asked(mailing, made, viewer=COORDINATOR)
    assert asked.link.startswith("https://svara.example.se/e/u/uppdrag/")


def test_a_link_is_handed_over_only_where_no_letter_goes(
    mailing: Installation, on_sqlite: Installation
) -> None:
    made = invite(mailing, accept(mailing), "a", "b")
    assert [one.link for one in list_asked(mailing, made, viewer=COORDINATOR)] == ["", ""]
    made = invite(on_sqlite, accept(on_sqlite), "a", "b")
    answer(on_sqlite, made, "a")
    links = {one.invitation.member: one.link for one in list_asked(on_sqlite, made, viewer=COORDINATOR)}
    assert links["a"] == ""
    assert links["b"].startswith("http://127.0.0.1:8501/e/u/uppdrag/")
    with on_sqlite.database.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM mission_letter")).scalar_one() == 0


def test_no_link_address_or_name_lies_open_in_the_outbox(mailing: Installation) -> None:
    made = invite(mailing, accept(mailing), "a", "b")
    with mailing.database.read() as connection:
        rows = [tuple(row) for row in connection.execute(text("SELECT * FROM mission_letter"))]
        events = [str(one.facts) for one in audits.list_events(connection)]
    assert len(rows) == 2
    for secret in ("exempel", "Anna", "uppdrag/"):
        assert secret not in repr(rows) + repr(events)
    assert find_asked(mailing, made, "a").id not in repr(events)


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (15, "15 minuter"),
        (59, "59 minuter"),
        (60, "1 timme"),
        (75, "1,25 timmar"),
        (90, "1,5 timmar"),
        (120, "2 timmar"),
        (720, "12 timmar"),
    ],
)
def test_a_length_is_said_as_people_say_it(minutes: int, said: str) -> None:
    assert say_length(minutes, speak("sv")) == said


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_letter_speaks_its_readers_language(mailing: Installation, box: Mailbox, language: str) -> None:
    with mailing.database.write() as connection:
        connection.execute(text("UPDATE panel_member SET language = :one"), {"one": language})
    invite(mailing, accept(mailing), "a", "b")
    send(mailing)
    letter = take(box)["a@exempel.se"]
    assert letter["Content-Language"] == language
    assert ("Hello" in read(letter)) is (language == "en")


def test_who_has_left_gets_no_letter(mailing: Installation, box: Mailbox) -> None:
    made = agree(mailing)
    send(mailing)
    take(box)
    leave_panel(mailing, "a", by=member("a"))
    cancel_mission(mailing, made.id, reason="Ingen lokal", based_on=made.version + 1, by=COORDINATOR)
    send(mailing)
    assert sorted(take(box)) == ["b@exempel.se", "c@exempel.se"]


def test_an_unanswered_question_is_withdrawn_and_the_next_is_asked(
    installation: Installation, calendar: Calendar
) -> None:
    made = invite(installation, accept(installation), "a", "b")
    calendar.turn_to(2026, 9, 17)  # the last day to answer
    tend_missions(installation)
    assert get_replies(installation, made) == {"a": "waiting", "b": "waiting"}
    calendar.turn_to(2026, 9, 18)
    for _ in range(2):
        tend_missions(installation)
        assert get_replies(installation, made) == {"a": "withdrawn", "b": "withdrawn", "c": "waiting"}


def test_late_feedback_is_reminded_of_every_other_week(
    mailing: Installation, box: Mailbox, calendar: Calendar
) -> None:
    do(mailing, "a", "b", typed="chef@exempel.se")
    send(mailing)
    take(box)
    reminded: list[int] = []
    for day in (6, 7, 8, 20, 21):  # promised for 6 November
        calendar.turn_to(2026, 11, day)
        tend_missions(mailing)
        send(mailing)
        if "chef@exempel.se" in take(box):
            reminded.append(day)
    assert reminded == [7, 21]
