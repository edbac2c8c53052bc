"""Do followers get at most a letter a week, only with news, and never a resident's words?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from survey.digest.happened_letter import MOST_CHAPTERS
from survey.installation import Installation
from survey.proposals.decide import decide
from survey.proposals.faults import NewProposal
from survey.proposals.feedback import tell_residents
from survey.proposals.states import Event, State
from survey.proposals.writing import take_down
from tests.digest.followers.following import follow, read_last, turn
from tests.digest.readers import ADDRESS, PUBLIC_ADDRESS, read_part, send
from tests.mail.mail_server import Mailbox
from tests.proposals.written import (
    COORDINATOR,
    COUNTY,
    LJUNGBY,
    MANAGER,
    MARKARYD,
    NEW,
    REASON,
    TEXTS,
    add_comment,
    make,
    show_themes,
)
from tests.walks import Calendar


def test_a_decision_is_told_once_with_its_reason_and_a_link(
    installation: Installation, box: Mailbox, calendar: Calendar
) -> None:
    follow(installation, box)
    turn(calendar, 2)
    make(installation, State.ACCEPTED)
    turn(calendar, 7)
    assert send(installation) == {"sent": 1}
    assert box.to == [ADDRESS]
    assert box.letters[0]["Subject"] == "Invånarrösten: något nytt har hänt"
    page = f"{PUBLIC_ADDRESS}/vad-hande-sen/{LJUNGBY}?sprak=sv"
    assert read_last(box) == (
        f"Det här är nytt * {NEW.title} (Ljungby) Svaret är ja: det ska göras. Beslutat 2026-09-12. "
        f"Skäl: {REASON} Läs mer på webben {page}"
    )
    html = read_part(box.letters[0], "html")
    assert f'<bdi lang="sv">{REASON}</bdi>' in html
    assert f'href="{page}"' in html
    turn(calendar, 60)
    assert send(installation) == {}


@pytest.mark.parametrize(
    ("happens", "sends", "counts"),
    [
        ([], [7, 14], [{}, {}]),  # nothing new, no letter
        ([0], [6, 7], [{}, {"sent": 1}]),  # the first comes a week after confirming, with that day in it
        ([6], [7, 14], [{"sent": 1}, {}]),
        ([7], [7, 8, 14], [{}, {}, {"sent": 1}]),  # a day is told when it has ended
        ([1, 2, 3, 4, 5], [7, 14], [{"sent": 1}, {}]),  # five decisions are one letter
        ([1, 8], [7, 13, 14], [{"sent": 1}, {}, {"sent": 1}]),  # at most one a week
        ([20], [7, 14, 21, 28], [{}, {}, {"sent": 1}, {}]),
        ([30], [31], [{"sent": 1}]),  # nothing was sent for a month: all of it is told
    ],
)
def test_at_most_a_letter_a_week_and_only_with_news(
    installation: Installation,
    box: Mailbox,
    calendar: Calendar,
    happens: list[int],
    sends: list[int],
    counts: list[dict[str, int]],
) -> None:
    follow(installation, box)
    told: list[dict[str, int]] = []
    for day in sorted({*happens, *sends}):
        turn(calendar, day)
        if day in happens:
            make(installation, State.ACCEPTED)
        if day in sends:
            told.append(send(installation))
    assert told == counts


def test_what_was_decided_before_somebody_followed_is_no_news(
    installation: Installation, box: Mailbox, calendar: Calendar
) -> None:
    make(installation, State.ACCEPTED)
    turn(calendar, 1)
    follow(installation, box)
    turn(calendar, 30)
    assert send(installation) == {}


def test_what_is_taken_down_on_the_same_day_or_later_is_told_nobody(
    installation: Installation, box: Mailbox, calendar: Calendar
) -> None:
    follow(installation, box)
    one = make(installation, State.ACCEPTED)
    turn(calendar, 7)
    take_down(installation, one.id, reason="Ett namn", based_on=3, by=COORDINATOR)
    assert send(installation) == {}


def test_a_no_that_becomes_a_yes_is_told_as_what_it_is_now(
    installation: Installation, box: Mailbox, calendar: Calendar
) -> None:
    follow(installation, box)
    one = make(installation, State.DECLINED)
    turn(calendar, 7)
    decide(installation, one.id, Event.ACCEPT, reason="Pengar finns.", based_on=3, by=MANAGER)
    assert send(installation) == {}  # the no holds no longer, and the day of the yes has not ended
    turn(calendar, 14)
    assert send(installation) == {"sent": 1}
    assert "Svaret är ja" in read_last(box)
    assert "Pengar finns." in read_last(box)


def test_a_letter_never_holds_a_residents_words_nor_the_panels_text(
    installation: Installation, box: Mailbox, calendar: Calendar
) -> None:
    show_themes(installation)
    said = "Jag får börja om varje gång."
    follow(installation, box)
    new = replace(NEW, quotes=(add_comment(installation, said),))
    one = make(installation, State.ACCEPTED, new)
    tell_residents(installation, one.id, TEXTS, based_on=0, by=MANAGER)
    turn(calendar, 7)
    send(installation)
    whole = box.raw[0].decode() + read_part(box.letters[0], "plain") + read_part(box.letters[0], "html")
    assert "Det finns en ny text om vad som hände." in whole
    for text in (said, NEW.text, *TEXTS["sv"].values(), *TEXTS["sv-x-lattlast"].values()):
        assert text not in whole


@pytest.mark.parametrize(
    ("language", "said", "has_reason"),
    [
        ("sv", "Svaret är nej: det görs inte.", True),
        ("sv-x-lattlast", "Svaret är nej. Det ska inte göras.", False),
        ("en", "The answer is no: it will not be done.", True),
    ],
)
def test_a_letter_speaks_the_followers_language(
    installation: Installation,
    box: Mailbox,
    calendar: Calendar,
    language: str,
    said: str,
    has_reason: bool,
) -> None:
    follow(installation, box, language=language)
    make(installation, State.DECLINED)
    turn(calendar, 7)
    send(installation)
    assert said in read_last(box)
    assert (REASON in read_last(box)) is has_reason
    assert f"?sprak={language}" in read_last(box)


def test_nothing_that_was_typed_becomes_html(
    installation: Installation, box: Mailbox, calendar: Calendar
) -> None:
    hostile = "<script>alert(1)</script> <img src=x>"
    follow(installation, box)
    make(installation, State.ACCEPTED, NewProposal(hostile, hostile, "kontinuitet"))
    turn(calendar, 7)
    send(installation)
    assert "<script" not in read_part(box.letters[0], "html")
    assert hostile in read_part(box.letters[0], "plain")


def test_a_countys_proposal_is_told_once_to_who_follows_two_of_its_municipalities(
    installation: Installation, box: Mailbox, calendar: Calendar
) -> None:
    follow(installation, box)
    follow(installation, box, MARKARYD)
    make(installation, State.ACCEPTED, replace(NEW, title="Hela länet"), area=COUNTY)
    make(installation, State.ACCEPTED, replace(NEW, title="Grannen"), area=MARKARYD)
    turn(calendar, 7)
    assert send(installation) == {"sent": 1}
    assert read_last(box).count("Hela länet (Kronobergs län)") == 1
    assert f"vad-hande-sen/{MARKARYD}" in read_last(box)


def test_a_letter_of_many_proposals_counts_the_rest(
    installation: Installation, box: Mailbox, calendar: Calendar
) -> None:
    follow(installation, box)
    for _ in range(MOST_CHAPTERS + 2):
        make(installation, State.ACCEPTED)
    turn(calendar, 7)
    send(installation)
    assert read_last(box).count("* ") == MOST_CHAPTERS
    assert "Det finns 2 förslag till med nyheter på webben." in read_last(box)
