"""How are an area's goals shown, set, changed and ended?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.following_form import (
    Deed,
    Place,
    draw_card,
    draw_dimension,
    draw_history,
    draw_text,
    draw_writing,
    press,
)
from survey.following.faults import MOST_CHARACTERS, find_this_month
from survey.following.goals import (
    Goal,
    GoalState,
    NewGoal,
    add_goal,
    change_goal,
    end_goal,
    list_goal_histories,
)
from survey.insight.told import write_target


def draw_goals(place: Place) -> None:
    """What is to be reached, also what holds only later; then what was said before."""
    words = place.frame.words
    histories = list_goal_histories(place.frame.installation, place.area.code, place.survey)
    st.header(words.say("follow.goals"), anchor=False)
    standing = [one[-1] for one in histories if one[-1].state == GoalState.STANDS]
    if not standing:
        st.markdown(escape_markdown(words.say("follow.goals_none", area=place.area.name)))
    for goal in sorted(standing, key=lambda one: place.name(one.dimension)):
        with st.container(border=True, key=f"goal-{goal.id}"):
            draw_card(place, goal, tell_goal(place, goal), list_about(place, goal))
            draw_change(place, goal)
            draw_end(place, goal)
    name = f"goal-add-{place.area.code}"
    draw_writing(
        place, words.say("follow.form.goal_add"), name, len(histories), lambda key: fill_add(place, key)
    )
    draw_history(place, list(tell_earlier(place, histories)))


def tell_goal(place: Place, goal: Goal) -> str:
    """What is to be reached by when."""
    words = place.frame.words
    return words.say(
        "follow.goal_line",
        dimension=place.name(goal.dimension),
        target=write_target(place.frame.words, goal.target),
        due=words.month(goal.due),
    )


def list_about(place: Place, goal: Goal) -> list[str]:
    """Since when a goal holds and what is behind it."""
    words = place.frame.words
    since = words.say("follow.goal_since", since=words.month(goal.since))
    return [since, words.say("follow.goal_reason", reason=goal.reason)]


def tell_earlier(place: Place, histories: Sequence[Sequence[Goal]]) -> Iterator[tuple[Goal, str]]:
    """Every version that is not the one that stands now."""
    for versions in histories:
        for one in versions:
            if one.state != GoalState.STANDS:
                ended = place.frame.words.say("follow.goal_ended", reason=one.reason)
                yield one, f"{place.name(one.dimension)}. {ended}"
            elif one is not versions[-1]:
                yield one, " ".join([tell_goal(place, one), *list_about(place, one)])


def fill_add(place: Place, key: str) -> Deed | None:
    """The form of a new goal."""
    with st.form(key + "-form", border=False):
        dimension = draw_dimension(place, f"{key}-dimension")
        new = draw_fields(place, key, None)
        pressed = press(place, place.frame.words.say("follow.form.save"), key)

    def add(_seen: int) -> str:
        where = {"survey": place.survey, "area": place.area.code, "dimension": dimension}
        add_goal(place.frame.installation, new, **where, by=place.frame.viewer)
        return place.frame.words.say("follow.done.goal_added")

    return add if pressed else None


def draw_fields(place: Place, key: str, goal: Goal | None) -> NewGoal:
    """Target, months and decision; as they are when there is a goal."""
    words = place.frame.words
    month = find_this_month(place.frame.installation)
    most = words.number(MOST_CHARACTERS)
    standing = write_target(words, goal.target) if goal else ""
    target = draw_text(words.say("follow.form.target"), f"{key}-target", standing)
    example = f"{month[:4]}-12"
    due_label = words.say("follow.form.due", example=example)
    due = draw_text(due_label, f"{key}-due", goal.due if goal else "")
    since = draw_text(words.say("follow.form.since"), f"{key}-since", goal.since if goal else month)
    reason_label = words.say("follow.form.reason_goal", most=most)
    reason = draw_text(reason_label, f"{key}-reason", goal.reason if goal else "")
    return NewGoal(target, due.strip(), since.strip(), reason)


def draw_change(place: Place, goal: Goal) -> None:
    """The form that writes a goal anew."""
    words = place.frame.words

    def fill(key: str) -> Deed | None:
        with st.form(key + "-form", border=False):
            new = draw_fields(place, key, goal)
            pressed = press(place, words.say("follow.form.save"), key)

        def change(seen: int) -> str:
            change_goal(place.frame.installation, goal.id, new, based_on=seen, by=place.frame.viewer)
            return words.say("follow.done.goal_changed")

        return change if pressed else None

    label = words.say("follow.form.goal_change", dimension=place.name(goal.dimension))
    draw_writing(place, label, f"goal-change-{goal.id}", goal.version, fill)


def draw_end(place: Place, goal: Goal) -> None:
    """The form that ends a goal."""
    words = place.frame.words

    def fill(key: str) -> Deed | None:
        with st.form(key + "-form", border=False):
            label = words.say("follow.form.reason_end", most=words.number(MOST_CHARACTERS))
            reason = draw_text(label, f"{key}-reason")
            pressed = press(place, words.say("follow.form.end"), key)

        def end(seen: int) -> str:
            end_goal(place.frame.installation, goal.id, reason=reason, based_on=seen, by=place.frame.viewer)
            return words.say("follow.done.goal_ended")

        return end if pressed else None

    label = words.say("follow.form.goal_end", dimension=place.name(goal.dimension))
    draw_writing(place, label, f"goal-end-{goal.id}", goal.version, fill)
