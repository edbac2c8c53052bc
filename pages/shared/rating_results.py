"""What a round of the panel's came to: what goes to dialogue, priorities, each subject, what was written."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.panel_ratings import FEWEST_ANSWERS, NotTold, Rating
from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame
from pages.shared.links import draw_quotations
from pages.shared.priority_figure import draw_priorities, tell_rating
from pages.shared.rating_dialogue import draw_held
from pages.shared.rating_place import name_subject
from pages.shared.rating_spreads import draw_spreads, tell_not_told
from survey.audit.reading import note_reading
from survey.language import pick_text
from survey.panel_rounds.dialogue import list_dialogues
from survey.panel_rounds.find import find_asked_definition
from survey.panel_rounds.permissions import can_run_rounds
from survey.panel_rounds.results import Judged, KeptText, Results, find_texts
from survey.panel_rounds.states import SECOND


def draw_results(frame: Frame, results: Results) -> None:
    """How many sent; then the results, or that there are too few for any."""
    words = frame.words
    heading = words.say("ratings.results_second" if results.wave == SECOND else "ratings.results_first")
    st.header(heading, anchor=False)
    st.markdown(escape_markdown(words.count("ratings.sent_count", results.sent)))
    if not results.is_told:
        st.markdown(words.say("ratings.nothing_told", least=words.number(FEWEST_ANSWERS)))
        return
    draw_dialogue(frame, results)
    draw_priorities(frame, results)
    draw_untold(frame, results)
    draw_each(frame, results)
    st.caption(escape_markdown(words.say("ratings.told_about", least=words.number(FEWEST_ANSWERS))))


def draw_dialogue(frame: Frame, results: Results) -> None:
    """The proposals that the group disagrees about, apart from any order, and what is needed."""
    words = frame.words
    disagreed = [one for one in results.judged if one.is_disagreed]
    if not disagreed:
        return
    st.header(words.say("ratings.dialogue"), anchor=False)
    st.markdown(words.say("ratings.dialogue_about"))
    held = list_dialogues(frame.installation, results.round.id, viewer=frame.viewer)
    for one in disagreed:
        with st.container(border=True, key=f"dialogue-{one.subject.number}"):
            st.markdown(f"**{escape_markdown(one.subject.title)}**")
            if isinstance(one.importance, Rating):
                rating = tell_rating(words, one.importance)
                st.markdown(
                    escape_markdown(
                        words.say("ratings.dialogue_spread", rating=rating, n=words.number(one.importance.n))
                    )
                )
            draw_held(frame, results.round, one.subject.number, held.get(one.subject.number, ()))
    is_last = results.wave == SECOND
    st.markdown(words.say("ratings.dialogue_needed_second" if is_last else "ratings.dialogue_needed"))


def draw_untold(frame: Frame, results: Results) -> None:
    """The proposals that have no place on the map because too few judged them."""
    words = frame.words
    for one in results.judged:
        for rating, name in ((one.importance, "importance"), (one.feasibility, "feasibility")):
            if isinstance(rating, NotTold):
                what = words.say(f"ratings.{name}")  # keys: ratings.importance, ratings.feasibility
                why = tell_not_told(words, rating)
                told = words.say("ratings.untold", title=one.subject.title, what=what, why=why)
                st.markdown(escape_markdown(told))


def draw_each(frame: Frame, results: Results) -> None:
    """Each subject's distributions, and for coordinators what was written, opened one at a time."""
    words = frame.words
    st.header(words.say("ratings.each"), anchor=False)
    texts = find_all_texts(frame, results)
    for one in results.judged:
        name = name_subject(words, one.subject)
        key = f"each-{results.round.id}-{results.wave}-{one.subject.number}"
        opened = st.expander(escape_markdown(name), on_change="rerun", key=key)
        if opened.open:
            with opened:
                draw_judged(frame, results, one, texts)
    if results.once or any(text.subject == 0 for text in texts):
        key = f"each-{results.round.id}-{results.wave}-once"
        opened = st.expander(words.say("ratings.once"), on_change="rerun", key=key)
        if opened.open:
            with opened:
                draw_spreads(words, results.once, key="once")
                draw_texts(frame, results, [text for text in texts if text.subject == 0])


def draw_judged(frame: Frame, results: Results, one: Judged, texts: Sequence[KeptText]) -> None:
    """One subject's distributions and texts."""
    draw_spreads(frame.words, one.spreads, key=f"bars-{one.subject.number}")
    draw_texts(frame, results, [text for text in texts if text.subject == one.subject.number])


def find_all_texts(frame: Frame, results: Results) -> tuple[KeptText, ...]:
    """What members wrote, for those who run the rounds; nothing for others."""
    if not can_run_rounds(by=frame.viewer):
        return ()
    found = find_texts(frame.installation, results.round.id, viewer=frame.viewer, wave=results.wave)
    if found:
        note_reading(frame.installation, f"panel round {results.round.id}", by=frame.viewer)
    return found


def draw_texts(frame: Frame, results: Results, texts: Sequence[KeptText]) -> None:
    """Texts, each under the question it answers, in an order that tells nothing."""
    definition = find_asked_definition(frame.installation, results.round)
    asked = {question.id: pick_text(question.text, frame.language) for question in definition.questions}
    draw_quotations([(asked.get(text.question, ""), text.text) for text in texts])
