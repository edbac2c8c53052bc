"""How answers are looked over, sent, receipted and taken back."""

from __future__ import annotations

from dataclasses import replace

from starlette.responses import Response

from survey.answering.drafts import find_masked, forget_draft, keep_draft
from survey.answering.erase import erase_answers
from survey.answering.journey import count_answered, list_steps
from survey.answering.receipt import show_receipt
from survey.answering.submit import send_answers
from survey.answering.throttle import note_guess
from survey.errors import SurveyError
from survey.language import speak
from survey.light.cookies import forget_secret
from survey.light.doors import wrong_codes
from survey.light.draw import draw, send_page
from survey.light.forms import Fields, find_field, find_switch, is_token_right, make_token
from survey.light.sheets import Overview, draw_overview, draw_receipt_sheet, fill
from survey.light.views import draw_lines
from survey.light.visit import MENDING, STALE, Place, Visit, find_place, go, to_start
from survey.light.ways_in import KIOSK

RECEIPTS = "receipts"  # what is counted apart when it is guessed


def show_look_over(visit: Visit) -> Response:
    """The answers and the free text as they will be kept."""
    place = find_place(visit)
    if place is None:
        return to_start(visit)
    if place.draft.sent:
        return go(f"/e/{place.round.id}/tack")
    return draw_look_over(visit, place)


def draw_look_over(visit: Visit, place: Place, *, status: int = 200, notice: str = "") -> Response:
    words, answers = place.words, place.draft.answers
    steps = list_steps(place.survey, answers)
    parts = tuple(step.part.id for step in steps)
    overview = Overview(
        place.round, parts, *count_answered(place.survey, answers), find_masked(place.draft), notice
    )
    own = [draw_lines(step, answers, words) for step in steps]
    token = make_token(visit.installation, place.secret)
    return send_page(fill(draw_overview(overview, words, place.survey), *own, token), status)


def send(visit: Visit, fields: Fields) -> Response:
    """Send, once however often it is pressed."""
    place = find_place(visit)
    if place is None:
        return explain_nothing_to_send(visit)
    if not is_token_right(visit.installation, place.secret, fields):
        return draw_look_over(visit, place, status=STALE, notice=place.words.say("answer.stale_send"))
    switch = find_switch(fields)
    if switch is not None:
        keep_draft(visit.installation, place.round, place.secret, replace(place.draft, language=switch))
        return go(f"/e/{place.round.id}/granska")
    try:
        send_answers(visit.installation, place.round, place.secret)
    except SurveyError as wrong:
        if wrong.code == "answers_need_mending":
            return go(f"/e/{place.round.id}/{wrong.facts['step']}")
        raise
    return go(f"/e/{place.round.id}/tack")


def explain_nothing_to_send(visit: Visit) -> Response:
    """No draft: perhaps it was sent long ago; the error's page says which."""
    round_ = visit.find_round()
    if visit.secret is None:
        raise SurveyError("nothing_to_send")
    send_answers(visit.installation, round_, visit.secret)
    return go(f"/e/{round_.id}/tack")


def show_sent(visit: Visit) -> Response:
    """The receipt, for as long as the browser may show it."""
    place = find_place(visit)
    if place is None or not place.draft.sent:
        return to_start(visit)
    words = visit.words if "sprak" in visit.request.query_params else place.words
    sheet = draw_receipt_sheet(place.round, words, place.survey)
    receipt, token = show_receipt(place.draft.receipt), make_token(visit.installation, place.secret)
    return send_page(fill(sheet, receipt, token), 200)


def finish(visit: Visit, fields: Fields) -> Response:
    """The person has the receipt: nothing is left in this browser. What is not sent yet stays."""
    place = find_place(visit)
    if visit.secret is None or not is_token_right(visit.installation, visit.secret, fields):
        return go(f"/e/{visit.find_round().id}/tack")
    if place is not None and not place.draft.sent:
        return to_start(visit)
    words = place.words if place is not None else visit.words
    if place is not None:
        forget_draft(visit.installation, place.round, place.secret)
    if place is not None and place.round.door == KIOSK:
        response = go(f"/e/{place.round.id}")
        forget_secret(response, visit.installation)
        return response
    response = draw("message.html", words, title=words.say("answer.done_title"), told="", back="/e")
    forget_secret(response, visit.installation)
    return response


def show_withdraw(visit: Visit) -> Response:
    return draw("withdraw.html", visit.words, trouble="", typed="", done=False)


def withdraw(visit: Visit, fields: Fields) -> Response:
    """Erase what hangs on a receipt."""
    typed, switch = find_field(fields, "kvitto"), find_switch(fields)
    if switch is not None:
        return draw("withdraw.html", speak(switch), trouble="", typed=typed[:80], done=False)
    wrong_codes.check(RECEIPTS)
    try:
        erase_answers(visit.installation, typed)
    except SurveyError as wrong:
        if not wrong.code.startswith("receipt_"):
            raise
        note_guess(visit.installation, wrong_codes, RECEIPTS)
        told = visit.words.explain(wrong)
        return draw("withdraw.html", visit.words, status=MENDING, trouble=told, typed=typed[:80], done=False)
    return draw("withdraw.html", visit.words, trouble="", typed="", done=True)
