"""What of a proposal is news to a resident, from which day, and what is not?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.following.actions import ActionState, change_action
from survey.installation import Installation
from survey.proposals.activities import Organisation, add_activity
from survey.proposals.feedback import tell_residents
from survey.proposals.news import Followed, News, NewsKind, find_beginning, find_followed, list_news
from survey.proposals.states import Event, State
from survey.proposals.writing import take_down
from survey.store.following import Action
from survey.store.proposals import Proposal, Told
from tests.following.written import ACTION
from tests.proposals.written import COORDINATOR, COUNTY, LJUNGBY, MANAGER, MARKARYD, NEW, TEXTS, make
from tests.walks import A_DAY, SURVEY, Calendar

MONDAY = date(2026, 9, 7)


def find_day(number: int) -> date:
    """A day, counted from a Monday."""
    return MONDAY + timedelta(days=number)


def propose(state: str = State.ACCEPTED, day: int = 0) -> Proposal:
    known = {"framework": "", "item": "", "theme": "", "event": Event.ACCEPT, "reason": "Skäl"}
    known |= {"answer_by": None, "supporters": 1, "made": find_day(day), "made_by": "manager"}
    return Proposal("p", 3, SURVEY, LJUNGBY, "Rubrik", "Text", "kontinuitet", state=state, **known)


def tell(*versions: tuple[int, str]) -> list[Told]:
    """What residents were told: on which day, and what."""
    return [
        Told("p", number, {"sv": {"heard": text}}, find_day(day), "manager")
        for number, (day, text) in enumerate(versions, start=1)
    ]


def act(*versions: tuple[int, str, str]) -> list[Action]:
    """An activity: on which day, its state and its title."""
    return [
        Action(
            "a",
            number,
            SURVEY,
            LJUNGBY,
            "action",
            title,
            (),
            "2026-09",
            None,
            "better",
            "områdeschef",
            state,
            "",
            datetime(2026, 9, 7, 12, tzinfo=UTC) + timedelta(days=day),
            "manager",
        )
        for number, (day, state, title) in enumerate(versions, start=1)
    ]


def list_days(*news: News) -> list[tuple[str, int]]:
    return [(one.kind.value, (one.day - MONDAY).days) for one in news]


@pytest.mark.parametrize(
    ("state", "news"),
    [
        (State.DRAFT, []),
        (State.PROPOSED, []),
        (State.ACCEPTED, [("accepted", 0)]),
        (State.DECLINED, [("declined", 0)]),
        (State.WITHDRAWN, []),
    ],
)
def test_a_decision_is_news_and_nothing_before_it(state: str, news: list[tuple[str, int]]) -> None:
    assert list_days(*list_news(propose(state), (), ())) == news


@pytest.mark.parametrize(
    ("told", "news"),
    [
        ([], []),
        ([(1, "a")], [("told", 1)]),
        ([(1, "a"), (2, "b")], [("told", 2)]),
        ([(1, "a"), (2, "a")], [("told", 1)]),  # written anew as it was
        ([(1, "a"), (2, "b"), (3, "b")], [("told", 2)]),
        ([(1, "a"), (2, "b"), (3, "a")], [("told", 3)]),
    ],
)
def test_what_residents_are_told_is_news_when_it_says_something_else(
    told: list[tuple[int, str]], news: list[tuple[str, int]]
) -> None:
    assert list_days(*list_news(propose(), tell(*told), ())) == [("accepted", 0), *news]


@pytest.mark.parametrize(
    ("versions", "news"),
    [
        ([(1, "planned", "A")], []),
        ([(1, "planned", "A"), (2, "planned", "B")], []),
        ([(1, "ongoing", "A")], [("begun", 1)]),
        ([(1, "planned", "A"), (2, "ongoing", "A")], [("begun", 2)]),
        ([(1, "ongoing", "A"), (2, "ongoing", "B")], [("begun", 1)]),  # only its title is another
        ([(1, "ongoing", "A"), (2, "done", "A")], [("done", 2)]),
        ([(1, "done", "A"), (2, "ongoing", "A")], [("begun", 2)]),  # taken up again
        ([(1, "ongoing", "A"), (2, "stopped", "A")], [("stopped", 2)]),
        ([(1, "ongoing", "A"), (2, "stopped", "A"), (3, "planned", "A")], []),
    ],
)
def test_something_begun_done_or_stopped_is_news_since_it_is_so(
    versions: list[tuple[int, str, str]], news: list[tuple[str, int]]
) -> None:
    found = list(list_news(propose(), (), [act(*versions)]))
    assert list_days(*found) == [("accepted", 0), *news]
    assert all(one.title == versions[-1][2] for one in found[1:])


def test_news_is_told_in_one_order_whatever_came_first() -> None:
    activities = [act((1, "stopped", "C")), act((3, "done", "B")), act((2, "ongoing", "A"))]
    found = list_news(propose(day=9), tell((0, "x")), activities)
    assert [one.kind for one in found] == ["accepted", "begun", "done", "stopped", "told"]


def test_the_day_of_an_activity_is_the_day_it_was_in_sweden() -> None:
    late = replace(act((0, "done", "A"))[0], made=datetime(2026, 9, 7, 22, 30, tzinfo=UTC))
    (_, done) = list_news(propose(), (), [[late]])
    assert done.day == date(2026, 9, 8)


@pytest.mark.parametrize(
    ("told", "until", "is_news"),
    [(-1, 0, True), (0, 0, False), (0, 5, False), (-2, -1, False), (-9, 9, True)],
)
def test_only_what_came_after_what_was_told_and_before_the_day_ended(
    told: int, until: int, is_news: bool
) -> None:
    one = Followed(propose(), tuple(list_news(propose(), (), ())))
    zero = MONDAY.toordinal()
    assert bool(one.since(zero + told, until=zero + until)) is is_news


days = st.integers(0, 40)


@given(
    st.lists(st.tuples(days, st.sampled_from([*ActionState]), st.sampled_from("AB")), min_size=1, max_size=6),
    st.lists(st.tuples(days, st.sampled_from("ab")), max_size=4),
    st.lists(days, min_size=1, max_size=6),
)
def test_letters_one_after_another_tell_each_thing_that_holds_once(
    versions: list[tuple[int, str, str]], told: list[tuple[int, str]], letters: list[int]
) -> None:
    news = list_news(propose(), tell(*sorted(told)), [act(*sorted(versions, key=lambda one: one[0]))])
    one = Followed(propose(), tuple(news))
    ends = [-1, *sorted(set(letters)), 41]
    zero = MONDAY.toordinal()
    pairs = pairwise(ends)
    sent = [found for start, end in pairs for found in one.since(zero + start, until=zero + end)]
    assert sorted(sent, key=repr) == sorted(one.news, key=repr)


@given(st.lists(st.sampled_from("ab"), min_size=1, max_size=8))
def test_a_thing_holds_from_the_first_version_of_the_last_row_that_says_it(said: Sequence[str]) -> None:
    numbered = list(enumerate(said))
    place, text = find_beginning(numbered, lambda one: one[1])
    assert set(said[place:]) == {text} == {said[-1]}
    assert place == 0 or said[place - 1] != text


def list_kinds(installation: Installation, area: str = LJUNGBY) -> list[tuple[str, str]]:
    """What is news in an area: the proposal's title and what."""
    return [(one.proposal.title, news.kind) for one in find_followed(installation, area) for news in one.news]


def test_an_area_has_its_own_and_its_countys_and_no_neighbours(installation: Installation) -> None:
    for area in (LJUNGBY, COUNTY, MARKARYD):
        make(installation, State.ACCEPTED, replace(NEW, title=area), area=area)
    make(installation, State.PROPOSED)
    assert sorted(list_kinds(installation)) == [(COUNTY, "accepted"), (LJUNGBY, "accepted")]
    assert list_kinds(installation, COUNTY) == [(COUNTY, "accepted")]


def test_what_was_done_and_told_is_news_until_it_is_taken_down(
    installation: Installation, calendar: Calendar
) -> None:
    one = make(installation, State.ACCEPTED)
    calendar.day = A_DAY + timedelta(days=40)
    planned = add_activity(installation, one, ACTION, organisation=Organisation.BOTH, by=MANAGER)
    assert list_kinds(installation) == [(NEW.title, "accepted")]
    change_action(installation, planned.id, replace(ACTION, state="ongoing"), based_on=1, by=MANAGER)
    tell_residents(installation, one.id, TEXTS, based_on=0, by=MANAGER)
    (found,) = find_followed(installation, LJUNGBY)
    assert [news.kind for news in found.news] == ["accepted", "begun", "told"]
    assert [news.day for news in found.news if news.kind != "begun"] == [A_DAY, calendar.day]
    take_down(installation, one.id, reason="Ett namn", based_on=3, by=COORDINATOR)
    assert find_followed(installation, LJUNGBY) == ()


def test_every_kind_of_news_is_told_in_a_letter() -> None:
    kinds = set(NewsKind)
    states = ["ongoing", "done", "stopped"]
    accepted = list_news(propose(), tell((0, "x")), [act((0, state, "A")) for state in states])
    declined = list_news(propose(State.DECLINED), (), ())
    assert {one.kind for one in (*accepted, *declined)} == kinds
