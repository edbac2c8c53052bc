"""Is each member told what is theirs of missions, rounds, proposals and comments, and nobody else's?"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from survey.errors import SurveyError
from survey.installation import Installation
from survey.language import speak
from survey.panel.answering import Invited
from survey.panel.decisions import cancel_mission, give_material
from survey.panel.evaluation import evaluate_mission
from survey.panel.leaving import leave_panel
from survey.people.roles import Person, Role
from survey.store import comments, reviews
from survey.store.comments import Coding
from survey.store.reviews import Slot
from survey.week.for_member import (
    LOG_DAYS,
    list_comment_tasks,
    list_draft_tasks,
    list_member_tasks,
    list_mission_tasks,
)
from survey.week.tasks import list_tasks, say_task
from survey.week.todo import Kind
from tests.panel.made import (
    A_DAY,
    MANAGER,
    accept,
    agree,
    answer,
    do,
    find_asked,
    get,
    invite,
    member,
    sign,
)
from tests.panel.test_moving import LATER, move
from tests.panel.test_time import log
from tests.panel_rounds.rated import open_a_round, rate_as
from tests.proposals.written import COUNTY, add_comment, draft, show_themes
from tests.walks import Calendar

ANSWER_BY = date(2026, 9, 17)


def tell(installation: Installation, who: str = "a") -> list[tuple[str, date | None]]:
    """What is somebody's, in order, with its day."""
    found = list_tasks(installation, by=member(who), words=speak("sv"))
    return [(one.kind.value, one.day) for one in found]


def test_an_invitation_asks_for_an_answer_by_its_last_day(installation: Installation) -> None:
    made = invite(installation, accept(installation), "a", "b")
    assert tell(installation) == [("answer_invitation", ANSWER_BY)]
    assert tell(installation, "c") == []
    (found,) = list_member_tasks(installation, by=member("a"))
    assert (found.rule.page, found.query) == ("missions", {"mission": made.id})


@pytest.mark.parametrize(("day", "asked"), [(17, True), (18, False)])
def test_an_invitation_is_not_asked_about_when_its_day_is_over(
    on_sqlite: Installation, calendar: Calendar, day: int, asked: bool
) -> None:
    invite(on_sqlite, accept(on_sqlite), "a", "b")
    calendar.turn_to(2026, 9, day)
    assert bool(tell(on_sqlite)) is asked


def test_who_says_yes_is_to_sign_and_come_and_who_says_no_has_nothing(installation: Installation) -> None:
    made = invite(installation, accept(installation), "a", "b")
    answer(installation, made, "a")
    answer(installation, made, "b", comes=False)
    assert tell(installation) == [("sign_agreement", A_DAY), ("take_part", A_DAY)]
    assert tell(installation, "b") == []
    sign(installation, made, "a")
    assert tell(installation) == [("take_part", A_DAY)]


def test_material_is_read_until_the_day(on_sqlite: Installation, calendar: Calendar) -> None:
    made = agree(on_sqlite)
    give_material(on_sqlite, made.id, material="Läs detta", based_on=made.version, by=MANAGER)
    assert tell(on_sqlite) == [("take_part", A_DAY), ("read_material", A_DAY)]
    calendar.turn_to(2026, 10, 6)
    assert tell(on_sqlite) == [
        ("take_part", A_DAY),
        ("read_material", A_DAY),
        ("log_time", A_DAY),
    ]
    calendar.turn_to(2026, 10, 7)
    assert tell(on_sqlite) == [("log_time", A_DAY)]


def test_a_moved_mission_is_asked_about_anew_and_the_old_day_is_gone(installation: Installation) -> None:
    move(installation, agree(installation))
    assert tell(installation) == [("answer_invitation", ANSWER_BY)]
    answer(installation, get(installation, find_asked_mission(installation)), "a")
    assert ("take_part", LATER.day) in tell(installation)
    assert ("take_part", A_DAY) not in tell(installation)


def find_asked_mission(installation: Installation) -> str:
    (task,) = list_member_tasks(installation, by=member("a"))
    return task.place["mission"]


def test_a_mission_that_is_called_off_asks_for_nothing(installation: Installation) -> None:
    made = agree(installation)
    cancel_mission(installation, made.id, reason="Ingen lokal", based_on=made.version, by=MANAGER)
    assert tell(installation) == []


def test_what_has_been_asks_for_time_and_how_it_was_until_both_are_written(
    installation: Installation,
) -> None:
    made = do(installation)
    last = date(2026, 12, 6)  # 30 days after feedback was promised
    assert sorted(tell(installation)) == [("evaluate", last), ("log_time", A_DAY)]
    log(installation, made, "a", 120)
    assert tell(installation) == [("evaluate", last)]
    invitation = find_asked(installation, made, "a")
    evaluate_mission(installation, invitation.id, answers={"b20": "5"}, by=member("a"))
    assert tell(installation) == []
    assert sorted(tell(installation, "b")) == [("evaluate", last), ("log_time", A_DAY)]


@pytest.mark.parametrize(("days", "asked"), [(-1, False), (0, True), (LOG_DAYS, True), (LOG_DAYS + 1, False)])
def test_time_is_asked_for_from_the_day_and_for_a_month(
    on_sqlite: Installation, days: int, asked: bool
) -> None:
    made = agree(on_sqlite)
    one = Invited(made, find_asked(on_sqlite, made, "a"), False)
    found = list_mission_tasks(one, logged=(), today=A_DAY + timedelta(days=days))
    assert (Kind.LOG_TIME in {task.kind for task in found}) is asked


def test_a_round_of_the_panel_is_asked_about_with_its_minutes_until_it_is_sent(
    installation: Installation,
) -> None:
    found = open_a_round(installation)
    assert tell(installation) == [("rate", found.answer_by)]
    (task,) = list_member_tasks(installation, by=member("a"))
    assert say_task(speak("sv"), task).startswith("Svara i omgången ”Höstens förslag”. Det tar ungefär ")
    assert (task.number or 0) >= 1
    assert task.query == {"round": found.id}
    rate_as(installation, found.id, "a", {"1": {"b01": ["4"]}})
    assert tell(installation) == []
    assert tell(installation, "b") == [("rate", found.answer_by)]
    assert list_member_tasks(installation, by=Person(Role.PANEL_MEMBER)) == ()


def test_a_draft_waits_for_whoever_wrote_it(on_sqlite: Installation) -> None:
    one = draft(on_sqlite)
    for writer, number in ((one.made_by, 1), ("panel_member a", 0), ("", 0)):
        assert len(list(list_draft_tasks([one], writer=writer))) == number
    assert list_member_tasks(on_sqlite, by=member("anka"))[0].facts == {"title": one.title}
    assert list_member_tasks(on_sqlite, by=member("a")) == ()


@pytest.mark.parametrize(
    ("waiting", "apart", "kinds"),
    [
        (0, 0, []),
        (3, 0, ["code_comments"]),
        (0, 1, ["discuss_coding"]),
        (999, 1, ["code_comments", "discuss_coding"]),
    ],
)
def test_comments_are_numbers_without_a_day(waiting: int, apart: int, kinds: list[str]) -> None:
    found = list(list_comment_tasks(waiting, apart))
    assert [one.kind.value for one in found] == kinds
    assert all(one.day is None and not one.facts and not one.place for one in found)
    assert all((one.number or 0) <= 200 for one in found)


def test_the_queue_and_what_two_read_apart_are_counted_and_never_quoted(installation: Installation) -> None:
    show_themes(installation, COUNTY)
    waits, read = (add_comment(installation, text, chain="kedja") for text in ("Vänta länge", "Ring aldrig"))
    for reader, themes in (("a", ("access",)), ("b", ("food",))):
        with installation.database.write() as connection:
            slot = 1 if reader == "a" else 2
            now = datetime.now(UTC)
            reviews.take_slot(connection, Slot(read, slot, member(reader).name, now, done=True))
            comments.add_coding(connection, Coding(read, member(reader).name, themes, installation.today()))
    told = {one.kind: one for one in list_member_tasks(installation, by=member("a"))}
    assert {kind.value: one.number for kind, one in told.items()} == {"code_comments": 1, "discuss_coding": 1}
    assert tell(installation, "c") == [("code_comments", None)]  # of what others read apart they are told not
    said = " ".join(say_task(speak("sv"), one) for one in told.values())
    assert "Vänta" not in said
    assert "Ring" not in said
    assert waits.hex() not in said


def test_who_has_left_has_nothing_and_a_role_that_is_no_member_may_not_ask(
    installation: Installation,
) -> None:
    invite(installation, accept(installation), "a", "b")
    open_a_round(installation)
    leave_panel(installation, "a", by=member("a"))
    assert tell(installation) == []
    with pytest.raises(SurveyError, match="not_allowed"):
        list_member_tasks(installation, by=MANAGER)


def test_no_task_names_another_member(installation: Installation) -> None:
    made = invite(installation, accept(installation), "a", "b")
    answer(installation, made, "a")
    said = " ".join(
        say_task(speak("sv"), one)
        for who in ("a", "b")
        for one in list_tasks(installation, by=member(who), words=speak("sv"))
    )
    assert not {"Anna", "Bo", "Ek", "Ask"} & set(said.replace(".", " ").split())
    assert made.purpose not in said
