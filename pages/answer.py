"""How a person answers a survey in the app: one part at a time, kept in the database at each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame, draw_heading, draw_problem
from pages.shared.links import Link, draw_links
from pages.shared.look_over import draw_look_over, draw_sent
from pages.shared.place import (
    LANGUAGE,
    MEND,
    PART,
    ROUND,
    START,
    Place,
    find_place,
    go_to,
    list_other_languages,
    read_number,
    show_address,
)
from pages.shared.questions import draw_question, recall_answer
from pages.shared.round_card import draw_begin, draw_rounds_to_answer
from survey.answering.drafts import check_round_open, find_round, keep_draft
from survey.answering.journey import LOOK_OVER, Step, check_step, find_step, give_answers, list_steps
from survey.answering.reached import find_place_after
from survey.answering.submit import send_answers
from survey.errors import SurveyError
from survey.language import DEFAULT_LANGUAGE, LANGUAGES, WHOLE_LANGUAGES, pick_text, speak
from survey.light.views import Field, make_fields
from survey.people.permissions import check_can_do
from survey.people.roles import Permission
from survey.rounds import Round, list_open_rounds

BACK, NEXT = "back", "next"


def find_answer_language(frame: Frame) -> str | None:
    """The language of the answers this browser has begun, None when it has begun none."""
    asked = st.query_params.get(ROUND)
    if asked is None:
        return None
    try:
        place = find_place_once(frame, find_round(frame.installation, asked))
    except SurveyError:
        return None  # the page itself says what is wrong
    if place is None:
        return None
    chosen = st.query_params.get(LANGUAGE, "") if place.draft.sent else ""
    language = chosen if chosen in WHOLE_LANGUAGES else place.draft.language
    return language if language in WHOLE_LANGUAGES else DEFAULT_LANGUAGE


def find_place_once(frame: Frame, round_: Round) -> Place | None:
    """What this browser has begun, read from the database once in a run: for its language and its answers."""
    if round_.id not in frame.once:
        frame.once[round_.id] = find_place(frame.installation, round_)
    return cast(Place | None, frame.once[round_.id])


def draw_answer(frame: Frame) -> None:
    """The survey of the address, where this browser is in it."""
    round_ = choose_round(frame)
    if round_ is None:
        return
    if round_.door == "panel":
        check_can_do(Permission.ANSWER_PANEL_ROUND, by=frame.viewer)
    place = find_place_once(frame, round_)
    if place is None or st.query_params.get(PART) == START:
        check_round_open(frame.installation, round_)
        draw_begin(frame, round_, begun=place is not None and not place.draft.sent)
    elif place.draft.sent:
        draw_sent(frame, place, send_answers(frame.installation, round_, place.secret))
    elif st.query_params.get(PART) == LOOK_OVER:
        draw_look_over(frame, place)
    else:
        draw_walk(frame, place)


def choose_round(frame: Frame) -> Round | None:
    """The round of the address, or the only one there is; None when a choice was drawn instead."""
    asked = st.query_params.get(ROUND)
    if asked is not None:
        return find_round(frame.installation, asked)
    rounds = list_open_rounds(frame.installation, viewer=frame.viewer)
    if len(rounds) == 1 and rounds[0].door != "coded":
        return rounds[0]
    draw_rounds_to_answer(frame, rounds)
    return None


def find_asked_step(place: Place) -> Step:
    """The step of the address; the first where it is none."""
    steps = list_steps(place.survey, place.draft.answers)
    return find_step(place.survey, place.draft.answers, read_number(PART)) or steps[0]


def draw_walk(frame: Frame, place: Place) -> None:
    """Take what was handed in, if anything was, and draw where that leads."""
    draw_elsewhere(frame, place)
    step = find_asked_step(place)
    press = find_press(place, step)
    if press is None:
        draw_step(frame, place, step)
        return
    place, part, mend = hand_in(place, step, press)
    if press.language is not None or mend or part == START:
        go_to(place, part, mend=mend)
    show_address(place, part)
    if part == LOOK_OVER:
        draw_look_over(frame, place)
    else:
        draw_step(frame, place, find_asked_step(place))


def draw_elsewhere(frame: Frame, place: Place) -> None:
    """The way back to somebody's own language, which the survey's plain pages have and the app has not."""
    language = LANGUAGES[place.draft.language]
    if not language.is_translated:
        return
    st.info(frame.words.say("answer.began_in"))
    page = "" if place.draft.sent else "/1"
    draw_links([Link(language.name, f"/e/{place.round.id}{page}", language=language.code)])


@dataclass(frozen=True)
class Press:
    """What was handed in: which button (Next, Back or a language), and what each question was answered."""

    button: str
    given: dict[str, list[str]]

    @property
    def language(self) -> str | None:
        return self.button if self.button in WHOLE_LANGUAGES else None


def find_press(place: Place, step: Step) -> Press | None:
    """What this session handed in of a step, before anything is drawn; None when it has not.

    It spares drawing the part that is left once more. A session that was lost knows none of its
    widgets: then the form is drawn, and what it returns is taken.
    """
    buttons = (NEXT, BACK, *WHOLE_LANGUAGES)
    pressed = next((name for name in buttons if st.session_state.get(name_button(name, step))), None)
    if pressed is None:
        return None
    given = recall_step(place, step)
    return None if given is None else Press(pressed, given)


def recall_step(place: Place, step: Step) -> dict[str, list[str]] | None:
    """What this session was answered in a step, in whichever language it was drawn: another tab may have
    changed the draft's since. None when it does not know."""
    own = place.draft.language
    for language in (own, *(code for code in WHOLE_LANGUAGES if code != own)):
        words = speak(language)
        fields = make_fields(step, place.draft.answers, (), words)
        given = {field.id: recall_answer(field, words) for field in fields}
        known = {question: values for question, values in given.items() if values is not None}
        if len(known) == len(fields):
            return known
    return None


def name_button(name: str, step: Step) -> str:
    """The key of a button in the form of a step."""
    return f"{name}-{step.number}"


def draw_step(frame: Frame, place: Place, step: Step) -> None:
    """One part as a form, with two buttons that both keep what was filled in."""
    words = frame.words
    title = pick_text(step.part.title, frame.language)
    draw_heading(frame, title, above=words.say("answer.part_of", number=step.number, of=step.of))
    frame.spot.extend((place.round.id, str(step.number), frame.language, st.query_params.get(MEND, "")))
    troubles = check_step(step, place.draft.answers) if read_number(MEND) else ()
    fields = make_fields(step, place.draft.answers, troubles, words)
    draw_troubles(frame, fields)
    with st.form(f"part-{place.round.id}-{step.number}", enter_to_submit=False, border=False):
        language = draw_languages(frame, place, step)
        draw_lead(frame, place, step)
        given = {field.id: draw_question(field, words) for field in fields}
        pressed = draw_buttons(frame, step) or language
    if pressed is not None:
        after, part, mend = hand_in(place, step, Press(pressed, given))
        go_to(after, part, mend=mend)


def draw_troubles(frame: Frame, fields: tuple[Field, ...]) -> None:
    """What must be mended in this part, before its questions, where the focus goes."""
    troubled = [f"{field.text} {field.trouble}" for field in fields if field.trouble]
    if troubled:
        draw_problem(frame, "\n\n".join((frame.words.say("answer.trouble_title"), *troubled)))


def draw_languages(frame: Frame, place: Place, step: Step) -> str | None:
    """Buttons for the survey's other languages; the one that was pressed."""
    with st.container(key="languages", horizontal=True):
        pressed = [
            code
            for code in list_other_languages(place, frame.language)
            if st.form_submit_button(WHOLE_LANGUAGES[code].name, key=name_button(code, step), type="tertiary")
        ]
    return pressed[0] if pressed else None


def draw_lead(frame: Frame, place: Place, step: Step) -> None:
    """What to think of in this part, that questions may be skipped, and what not to write."""
    definition = place.survey.definition
    writes = any(asked.question.kind == "text" for asked in step.asked)
    texts = (
        step.part.lead,
        definition.recall if step.number > 1 else None,
        definition.writing_advice if writes else None,
    )
    said = [pick_text(text, frame.language) for text in texts if text]
    kept = f"{frame.words.say('answer.skip_allowed')} {frame.words.say('answer.saved')}"
    st.markdown(escape_markdown("\n\n".join((*said, kept))))


def draw_buttons(frame: Frame, step: Step) -> str | None:
    """Next and Back, of equal reach; the one that was pressed."""
    with st.container(key="steps", horizontal=True):
        onward = st.form_submit_button(
            frame.words.say("answer.next"), key=name_button(NEXT, step), type="primary"
        )
        back = st.form_submit_button(frame.words.say("answer.back"), key=name_button(BACK, step))
    return NEXT if onward else BACK if back else None


def hand_in(place: Place, step: Step, press: Press) -> tuple[Place, str | int, int]:
    """Keep what a part was answered in the database; the place after it, where to go, and to mend or not."""
    answers, troubles = give_answers(place.survey, place.draft.answers, step, press.given)
    changed = replace(place.draft, answers=answers, language=press.language or place.draft.language)
    goes_on = press.button == NEXT and not troubles
    onward = find_place_after(place.survey, answers, step) if goes_on else ""
    kept = keep_draft(place.installation, place.round, place.secret, changed, place=onward)
    after = replace(place, draft=kept)
    if press.language is not None:
        return after, step.number, 0
    if press.button == BACK:
        return after, step.number - 1 if step.number > 1 else START, 0
    if troubles:
        return after, step.number, read_number(MEND) + 1
    of = len(list_steps(place.survey, kept.answers))
    return after, step.number + 1 if step.number < of else LOOK_OVER, 0
