"""How are the proposals of an area listed: what waits for an answer first, and late ones said to be late?"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.links import Link, draw_links
from pages.shared.proposal_form import OfferedPlace
from survey.proposals.feedback import find_told
from survey.proposals.policies import is_late
from survey.proposals.states import DECIDED, State
from survey.proposals.support import Support, find_support
from survey.proposals.visibility import Proposal

ORDER = (State.PROPOSED, State.ACCEPTED, State.DECLINED, State.DRAFT, State.WITHDRAWN)


def draw_list(place: OfferedPlace, found: Sequence[Proposal]) -> None:
    """A heading for each state that somebody may see and that has proposals; where there are none, that."""
    words = place.frame.words
    if not found:
        st.markdown(escape_markdown(words.say("proposals.none", area=place.area.name)))
        return
    support = find_support(place.frame.installation, found, viewer=place.frame.viewer)
    told = find_told(place.frame.installation, found)
    for state in ORDER:
        some = [one for one in found if one.state == state]
        if not some:
            continue
        st.header(words.say(f"proposals.heading.{state}"), anchor=False)  # keys: proposals.heading.*
        for one in sort_proposals(some):
            with st.container(border=True, key=f"proposal-{one.id}"):
                draw_links([Link(one.title, "/proposals", query={"proposal": one.id})])
                lines = list_about(place, one, support[one.id], is_told=one.id in told)
                st.markdown(escape_markdown(" · ".join(lines)))


def sort_proposals(some: Sequence[Proposal]) -> list[Proposal]:
    """What waits in the order in which it was promised an answer; the others as they come, newest first."""
    return sorted(some, key=lambda one: (one.state == State.PROPOSED and str(one.answer_by)) or "")


def list_about(place: OfferedPlace, one: Proposal, support: Support, *, is_told: bool) -> list[str]:
    """Where, about what, how many support it, and how it stands with its answer."""
    words = place.frame.words
    lines = [place.frame.installation.areas.find(one.area).name, place.name(one.dimension)]
    if one.state not in (State.DRAFT, State.WITHDRAWN):
        lines.append(words.count("proposals.support", support.number))
    return [
        *lines,
        *list_answer(place, one),
        *([words.say("proposals.not_told")] if needs_telling(one, is_told) else []),
    ]


def needs_telling(one: Proposal, is_told: bool) -> bool:
    """Whether residents have not been told of what was decided."""
    return one.state in DECIDED and not is_told


def list_answer(place: OfferedPlace, one: Proposal) -> list[str]:
    """By when an answer is promised, or when it came; late ones are said to be late."""
    words, late = place.frame.words, is_late(one, place.frame.installation.today())
    if one.state == State.PROPOSED and one.answer_by is not None:
        day = words.day(one.answer_by)
        return [words.say("proposals.late" if late else "proposals.answer_by", day=day)]
    if one.state in DECIDED:
        day = words.day(one.made)
        return [words.say("proposals.decided_late" if late else "proposals.decided", day=day)]
    return []
