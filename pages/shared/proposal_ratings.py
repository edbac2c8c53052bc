"""How the panel has rated a proposal in its rounds, as it stands on the proposal."""

from __future__ import annotations

import streamlit as st

from analysis.panel_ratings import Rating
from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame
from pages.shared.priority_figure import tell_rating, write_score
from survey.language import Words
from survey.panel_rounds.permissions import can_see_ratings
from survey.panel_rounds.results import Judged, ProposalRating, find_ratings


def draw_ratings(frame: Frame, proposal_id: str) -> None:
    """Each closed round's medians and priority, the newest first; nothing where no round is told."""
    if not can_see_ratings(viewer=frame.viewer):
        return
    found = find_ratings(frame.installation, proposal_id, viewer=frame.viewer)
    if not found:
        return
    words = frame.words
    st.header(words.say("proposals.ratings"), anchor=False)
    st.markdown("\n".join(f"* {escape_markdown(tell_round(words, one))}" for one in found))


def tell_round(words: Words, one: ProposalRating) -> str:
    """A round in a few sentences: who judged, both medians with quartiles, and the priority or dialogue."""
    sent = words.number(one.sent)
    return " ".join(
        [words.say("proposals.rated", round=one.round.title, n=sent), *list_judged(words, one.judged)]
    )


def list_judged(words: Words, judged: Judged) -> list[str]:
    told: list[str] = []
    if isinstance(judged.importance, Rating):
        told.append(words.say("proposals.importance", rating=tell_rating(words, judged.importance)))
    if isinstance(judged.feasibility, Rating):
        told.append(words.say("proposals.feasibility", rating=tell_rating(words, judged.feasibility)))
    if judged.is_disagreed:
        told.append(words.say("proposals.to_dialogue"))
    elif judged.priority is not None:
        told.append(words.say("proposals.priority", priority=write_score(words, round(judged.priority, 1))))
    return told or [words.say("proposals.not_rated")]
