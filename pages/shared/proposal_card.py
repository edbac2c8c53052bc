"""How is one proposal shown: what it says, what it stands on, how it is supported, decided and done?"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.shared.comment_sentences import name_theme
from pages.shared.escape import escape_markdown
from pages.shared.links import Link, draw_links, draw_quotations
from pages.shared.proposal_deeds import draw_deeds, draw_support
from pages.shared.proposal_form import OfferedPlace
from pages.shared.proposal_list import list_answer
from pages.shared.proposal_ratings import draw_ratings
from survey.proposals.about import find_promise, find_standing
from survey.proposals.activities import list_plan
from survey.proposals.decide import find_decision
from survey.proposals.feedback import Told, find_told
from survey.proposals.policies import find_first_promise
from survey.proposals.quotes import find_quotes
from survey.proposals.sentences import tell_activity
from survey.proposals.states import DECIDED, State
from survey.proposals.visibility import Proposal

PUBLIC_PATH = "/vad-hande-sen"


def draw_proposal(place: OfferedPlace, versions: Sequence[Proposal]) -> None:
    """Everything of a proposal, and what its reader may do with it."""
    now = versions[-1]
    told = find_told(place.frame.installation, [now]).get(now.id)
    st.markdown(escape_markdown(now.text))
    st.markdown("\n".join(f"* {escape_markdown(one)}" for one in list_about(place, now)))
    draw_quotes(place, now)
    if now.state not in (State.DRAFT, State.WITHDRAWN):
        draw_support(place, now)
        draw_ratings(place.frame, now.id)
    draw_answer(place, versions)
    if now.state == State.ACCEPTED:
        draw_plan(place, now)
    draw_told(place, now, told)
    draw_deeds(place, now, told)
    draw_history(place, versions)


def list_about(place: OfferedPlace, now: Proposal) -> list[str]:
    """Where, about what, which promise and theme, and how the figures stand."""
    words, frame = place.frame.words, place.frame
    lines = [
        words.say("proposals.about.area", area=place.area.name),
        words.say("proposals.about.dimension", dimension=place.name(now.dimension)),
        tell_standing(place, now),
    ]
    promise = find_promise(frame.installation, now, viewer=frame.viewer)
    if promise is not None:
        text = f"{place.say_text(promise[0].title)}: {place.say_text(promise[1].text)}"
        lines.append(words.say("proposals.about.promise", promise=text))
    if now.theme:
        lines.append(words.say("proposals.about.theme", theme=name_theme(words, now.theme)))
    return lines


def tell_standing(place: OfferedPlace, now: Proposal) -> str:
    """The latest figure; that there is none is said."""
    words, frame = place.frame.words, place.frame
    standing = find_standing(frame.installation, now, viewer=frame.viewer)
    if standing.mean is None or standing.period is None:
        return words.say("proposals.about.no_figures", area=place.area.name)
    mean = words.number(standing.mean, standing.decimals)
    return words.say("proposals.about.figure", mean=mean, period=words.period(standing.period))


def draw_quotes(place: OfferedPlace, now: Proposal) -> None:
    """Residents' words behind it, as far as they may be shown now."""
    found = find_quotes(place.frame.installation, [now])[now.id]
    if found:
        st.header(place.frame.words.say("proposals.quotes"), anchor=False)
        draw_quotations([(place.frame.words.say("proposals.quote"), one.text) for one in found])


def draw_answer(place: OfferedPlace, versions: Sequence[Proposal]) -> None:
    """What was decided and why, or by when an answer is promised."""
    words, now = place.frame.words, versions[-1]
    lines = list_answer(place, now)
    first, decision = find_first_promise(versions), find_decision(tuple(versions))
    if now.state == State.PROPOSED and first is not None and first != now.answer_by:
        lines.append(words.say("proposals.first_promise", day=words.day(first)))
        lines.append(words.say("proposals.reason", reason=now.reason))
    if decision is not None and now.state in DECIDED:
        lines.insert(0, words.say(f"proposals.verdict.{decision.state}"))  # keys: proposals.verdict.*
        lines.append(words.say("proposals.reason", reason=decision.reason))
    if now.state == State.WITHDRAWN:
        lines.append(words.say("proposals.reason", reason=now.reason))
    if lines:
        st.header(words.say("proposals.answer"), anchor=False)
        st.markdown(escape_markdown(" ".join(end_sentence(one) for one in lines)))


def end_sentence(text: str) -> str:
    """The text with a full stop at its end."""
    return text if text.endswith((".", "?")) else f"{text}."


def draw_plan(place: OfferedPlace, now: Proposal) -> None:
    """What is done because of it."""
    words, frame = place.frame.words, place.frame
    st.header(words.say("proposals.plan"), anchor=False)
    found = [
        one
        for one in list_plan(frame.installation, now.area, survey=now.survey, newest=True)
        if one.proposal.id == now.id
    ]
    if not found:
        st.markdown(words.say("proposals.plan_none"))
    for one in found:
        st.markdown(f"**{escape_markdown(one.action.title)}** {escape_markdown(tell_activity(words, one))}")
    frame.link_to("action-plan", words.say("proposals.to_plan", area=place.area.name), area=now.area)


def draw_told(place: OfferedPlace, now: Proposal, told: Told | None) -> None:
    """Whether residents have been told, and the page on which they read it."""
    words = place.frame.words
    if now.state not in DECIDED:
        return
    st.header(words.say("proposals.told_heading"), anchor=False)
    st.markdown(
        words.say("proposals.told", day=words.day(told.made)) if told else words.say("proposals.not_told_yet")
    )
    draw_links([Link(words.say("proposals.to_public", area=place.area.name), f"{PUBLIC_PATH}/{now.area}")])


def draw_history(place: OfferedPlace, versions: Sequence[Proposal]) -> None:
    """What was done, when and by which role, the newest first."""
    words = place.frame.words
    with st.expander(words.say("follow.history")):
        st.markdown("\n".join(f"* {escape_markdown(tell_version(place, one))}" for one in reversed(versions)))


def tell_version(place: OfferedPlace, one: Proposal) -> str:
    """One thing that was done, with its reason where it has one."""
    words = place.frame.words
    role = words.say(f"role.{one.made_by.partition(' ')[0]}")  # keys: role.*
    deed = words.say(f"proposals.event.{one.event}")  # keys: proposals.event.*
    said = words.say("proposals.done_by", deed=deed, day=words.day(one.made), role=role)
    return f"{said} {words.say('proposals.reason', reason=one.reason)}" if one.reason else said
