"""How one part is shown, handed in, and kept."""

from __future__ import annotations

from dataclasses import replace

from starlette.responses import Response

from survey.answering.answers import Trouble
from survey.answering.drafts import begin_draft, find_survey, keep_draft
from survey.answering.journey import Step, check_step, find_step, give_answers, list_steps
from survey.answering.reached import find_place_after
from survey.language import LANGUAGES, pick_text
from survey.light.cookies import set_secret
from survey.light.doors import choose_form
from survey.light.draw import draw, send_page
from survey.light.forms import Fields, find_field, find_switch, is_token_right, make_token
from survey.light.sheets import Sheet, draw_sheet, fill, list_facts
from survey.light.views import draw_fields, make_fields
from survey.light.visit import MENDING, STALE, Place, Visit, draw_missing, find_place, go, to_start


def show_step(visit: Visit) -> Response:
    """One part of the survey, as it was last kept."""
    place = find_place(visit)
    if place is None:
        return to_start(visit)
    if place.draft.sent:
        return go(f"/e/{place.round.id}/tack")
    step = find_step(place.survey, place.draft.answers, visit.request.path_params["step"])
    if step is None:
        return draw_missing(place.words, place.round.id)
    return draw_step(visit, place, step, check_step(step, place.draft.answers))


def draw_step(
    visit: Visit,
    place: Place,
    step: Step,
    troubles: tuple[Trouble, ...],
    *,
    status: int = 200,
    notice: str = "",
) -> Response:
    definition, words = place.survey.definition, place.words
    advice = pick_text(definition.writing_advice, words.language.code) if definition.writing_advice else ""
    fields = draw_fields(step, place.draft.answers, troubles, words, advice)
    token = make_token(visit.installation, place.secret)
    if not troubles and not notice:
        sheet = Sheet(place.round, place.draft.form, step.number, step.of)
        page = draw_sheet(sheet, step.part.id, words, place.survey)
        return send_page(fill(page, token, "\n".join(fields)), status)
    wrong = {trouble.question for trouble in troubles}
    troubled = [f for f in make_fields(step, place.draft.answers, troubles, words) if f.id in wrong]
    facts = list_facts(place.round, place.draft.form, place.survey, step, words)
    return draw(
        "part.html",
        words,
        status=status,
        **facts,
        fields=fields,
        troubled=troubled,
        notice=notice,
        token=token,
    )


def take_step(visit: Visit, fields: Fields) -> Response:
    """Keep what a part was answered and go where the person pressed."""
    place = find_place(visit)
    if place is None:
        return recover_step(visit, fields)
    if place.draft.sent:
        return go(f"/e/{place.round.id}/tack")
    step = find_step(place.survey, place.draft.answers, visit.request.path_params["step"])
    if step is None:
        return draw_missing(place.words, place.round.id)
    answers, troubles = give_answers(place.survey, place.draft.answers, step, fields)
    given = replace(place.draft, answers=answers, language=find_switch(fields) or place.draft.language)
    if not is_token_right(visit.installation, place.secret, fields):
        stale = replace(place, draft=given)
        return draw_step(visit, stale, step, troubles, status=STALE, notice=place.words.say("answer.stale"))
    goes_on = find_switch(fields) is None and find_field(fields, "do") != "back" and not troubles
    onward = find_place_after(place.survey, answers, step) if goes_on else ""
    kept = keep_draft(visit.installation, place.round, place.secret, given, place=onward)
    return leave_step(visit, replace(place, draft=kept), step, troubles, fields)


def leave_step(
    visit: Visit, place: Place, step: Step, troubles: tuple[Trouble, ...], fields: Fields
) -> Response:
    """To the next part or the one before; here again to mend something or for a new language."""
    home = f"/e/{place.round.id}"
    if find_switch(fields) is not None:
        return go(f"{home}/{step.number}")
    if find_field(fields, "do") == "back":
        return go(f"{home}/{step.number - 1}" if step.number > 1 else home)
    if troubles:
        return draw_step(visit, place, step, troubles, status=MENDING)
    of = len(list_steps(place.survey, place.draft.answers))
    return go(f"{home}/{step.number + 1}" if step.number < of else f"{home}/granska")


def recover_step(visit: Visit, fields: Fields) -> Response:
    """A part was handed in without a cookie: the answers are put back on a page with a new one.

    Nothing is kept until the person presses again, because the form may not have been theirs.
    """
    round_ = visit.find_round()
    if round_.door != "open":
        return to_start(visit)
    form = choose_form(round_, find_field(fields, "form"))
    language = find_field(fields, "language")
    secret, draft = begin_draft(
        visit.installation, round_, form=form, language=language if language in LANGUAGES else "sv"
    )
    survey = find_survey(visit.installation, round_, draft.form)
    step = find_step(survey, draft.answers, visit.request.path_params["step"])
    if step is None:
        return to_start(visit)
    answers, troubles = give_answers(survey, draft.answers, step, fields)
    place = Place(round_, survey, secret, replace(draft, answers=answers))
    notice = place.words.say("answer.stale")
    response = draw_step(visit, place, step, troubles, status=STALE, notice=notice)
    set_secret(response, secret, visit.installation)
    return response
