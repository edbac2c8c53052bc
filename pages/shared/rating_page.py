"""How a member rates one proposal or theme, the second time beside what was answered the first time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame, draw_heading, draw_problem
from pages.shared.questions import draw_question
from pages.shared.rating_place import LOOK_OVER, MEND, go_to, name_sheet, say_options
from pages.shared.rating_spreads import tell_own, tell_spread
from pages.shared.rating_theme import draw_residents_words
from survey.answering.answers import Trouble
from survey.errors import SurveyError
from survey.light.views import Field, make_field, say_trouble
from survey.panel_rounds.answer import Page, Walk, check_sheet, keep_sheet
from survey.panel_rounds.ideas import is_idea
from survey.panel_rounds.results import find_results
from survey.panel_rounds.sheets import Kind, Sheet
from survey.panel_rounds.spreads import Spread
from survey.panel_rounds.states import FIRST, SECOND

NEXT, BACK, PAUSE = "next", "back", "pause"


def draw_rating_page(frame: Frame, walk: Walk, key: str) -> None:
    """One page as a form; each of its buttons keeps what was filled in."""
    sheet = walk.find(key)
    if sheet is None:
        draw_gone(frame, walk)
        return
    words = frame.words
    draw_heading(frame, name_sheet(words, sheet), above=say_where(frame, walk, sheet))
    frame.spot.extend((walk.round.id, key, st.query_params.get(MEND, "")))
    told = st.container()
    troubles = check_sheet(sheet, walk.own.find(key).answers) if st.query_params.get(MEND) else ()
    seen_key = f"rating-seen-{walk.round.id}-{walk.wave}-{key}"
    st.session_state.setdefault(seen_key, walk.own.find(key).revision)
    draw_about(frame, sheet)
    fields = list(make_fields(frame, walk, sheet, troubles))
    with told:
        draw_troubles(frame, fields)
    with st.form(f"rating-{walk.round.id}-{walk.wave}-{key}", enter_to_submit=False, border=False):
        given = {name: draw_question(field, words) for name, field in fields}
        pressed = draw_buttons(frame, walk, sheet)
    if pressed is not None:
        with told:
            hand_in(frame, walk, sheet, pressed, given, seen_key)


def draw_gone(frame: Frame, walk: Walk) -> None:
    """That something is rated no more, and the way on."""
    draw_problem(frame, frame.words.explain(SurveyError("panel_subject_gone")))
    if st.button(frame.words.say("ratings.back_to_round")):
        go_to(walk.round.id)


def say_where(frame: Frame, walk: Walk, sheet: Sheet) -> str:
    """Which page of how many, how many are left, and about how many minutes they take."""
    words = frame.words
    number = words.number(walk.sheets.index(sheet) + 1)
    where = words.say("ratings.page_of", number=number, of=words.number(len(walk.sheets)))
    minutes = words.number(walk.minutes_left)
    left = words.count("ratings.left", len(walk.left), minutes=minutes) if walk.left else ""
    return f"{where} {left}".rstrip()


def draw_about(frame: Frame, sheet: Sheet) -> None:
    """What to read before rating: the proposal, or some of what residents wrote."""
    words, subject = frame.words, sheet.subject
    if subject is None:
        st.markdown(words.say("ratings.skip_allowed"))
        return
    if subject.about:
        with st.container(border=True, key="rated-about"):
            st.markdown(escape_markdown(subject.about))
    if subject.kind == Kind.THEME:
        draw_residents_words(frame, subject.ref)
    st.markdown(words.say("ratings.skip_allowed"))


def make_fields(
    frame: Frame, walk: Walk, sheet: Sheet, troubles: Sequence[Trouble]
) -> Iterator[tuple[str, Field]]:
    """The questions by id as they are drawn, named so that no two pages share what was filled in.

    The second time the group's distribution and one's own earlier answer stand above each.
    """
    words = frame.words
    said = {trouble.question: say_trouble(trouble, words) for trouble in troubles}
    before = find_before(frame, walk, sheet)
    answers = walk.own.find(sheet.key).answers
    for asked in sheet.asked:
        named = say_options(words, asked)
        field = make_field(named, answers.get(asked.id), said.get(asked.id, ""), words)
        field = replace(field, id=f"{walk.round.id}-{walk.wave}-{sheet.key}-{asked.id}")
        if walk.wave == SECOND:
            earlier = walk.earlier.find(sheet.key) if walk.earlier else None
            group = tell_spread(words, named, before.get(asked.id))
            own = tell_own(words, named, earlier)
            field = replace(field, help=group, hint=f"{own} {field.hint}".rstrip())
        if is_idea(asked.question):
            field = replace(field, hint=f"{words.say('ratings.becomes_idea')} {field.hint}".rstrip())
        yield asked.id, field


def find_before(frame: Frame, walk: Walk, sheet: Sheet) -> Mapping[str, Spread]:
    """What the group answered on a page the first time, by question; nothing the first time."""
    if walk.wave != SECOND:
        return {}
    results = find_results(frame.installation, walk.round.id, viewer=frame.viewer, wave=FIRST)
    about = (one.spreads for one in results.judged if one.subject.number == sheet.number)
    spreads = results.once if sheet.subject is None else next(about, ())
    return {one.asked.id: one for one in spreads}


def draw_troubles(frame: Frame, fields: Sequence[tuple[str, Field]]) -> None:
    """What must be mended on this page, where the focus goes."""
    troubled = [f"{field.text} {field.trouble}" for _, field in fields if field.trouble]
    if troubled:
        draw_problem(frame, "\n\n".join((frame.words.say("answer.trouble_title"), *troubled)))


def draw_buttons(frame: Frame, walk: Walk, sheet: Sheet) -> str | None:
    """Next, Back and Pause; the one that was pressed. Nothing is before the first page."""
    words, pressed = frame.words, None
    names = [(NEXT, "ratings.next"), (BACK, "ratings.back"), (PAUSE, "ratings.pause")]
    if sheet is walk.sheets[0]:
        names.pop(1)
    with st.container(key="steps", horizontal=True):
        for name, said in names:
            kind = "primary" if name == NEXT else "secondary"
            label = words.say(said)  # keys: ratings.next, ratings.back, ratings.pause
            if st.form_submit_button(label, key=f"{name}-{sheet.key}", type=kind):
                pressed = name
    return pressed


def hand_in(
    frame: Frame, walk: Walk, sheet: Sheet, pressed: str, given: Mapping[str, Sequence[str]], seen_key: str
) -> None:
    """Keep the page and go on; where it cannot be kept that is said, and what was filled in stays."""
    page = Page(walk.wave, sheet.key, st.session_state[seen_key])
    try:
        _, troubles = keep_sheet(
            frame.installation, walk.round.id, page, given, language=frame.language, by=frame.viewer
        )
    except SurveyError as wrong:
        st.session_state[seen_key] = walk.own.find(sheet.key).revision
        draw_problem(frame, frame.words.explain(wrong))
        return
    del st.session_state[seen_key]
    if pressed == PAUSE:
        go_to(walk.round.id, message=frame.words.say("ratings.paused"))
    place = walk.sheets.index(sheet)
    if pressed == BACK:
        go_to(walk.round.id, walk.sheets[place - 1].key)
    if troubles:
        mends = st.query_params.get(MEND, "")
        go_to(walk.round.id, sheet.key, mend=1 + (int(mends) if mends.isdigit() else 0))
    is_last = place + 1 == len(walk.sheets)
    go_to(walk.round.id, LOOK_OVER if is_last else walk.sheets[place + 1].key)
