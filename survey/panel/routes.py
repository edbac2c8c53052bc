"""Where does an invitation's link lead? One that is only opened changes nothing: scanners open them."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from survey.errors import SurveyError
from survey.installation import Installation
from survey.language import Words
from survey.light.draw import draw, find_words
from survey.light.forms import Fields, find_field, read_form
from survey.light.guard import guard
from survey.panel.answering import Invited, answer_by_link, find_invited
from survey.panel.letters import list_facts
from survey.panel.seen import LINK_PATH
from survey.panel.sending import send_letters_soon
from survey.panel.states import Reply
from survey.running import find_installation

GONE = 410
STATUS = {"invitation_unknown": GONE, "form_elsewhere": 403, "form_too_large": 413, "form_unreadable": 400}
YES, NO = "ja", "nej"
OVER = "over"


async def answer_link(request: Request) -> Response:
    """GET shows the mission with two buttons, POST answers; afterwards both show the answer that stands."""
    fields: Fields = await read_form(request) if request.method == "POST" else {}
    installation, token = find_installation(), str(request.path_params["token"])
    return await run_in_threadpool(show, installation, find_words(request), token, find_field(fields, "svar"))


def show(installation: Installation, words: Words, token: str, answer: str) -> Response:
    """The page of a link, after the answer where one was given. An answer that stands is not changed."""
    if answer in (YES, NO):
        try:
            answer_by_link(installation, token, comes=answer == YES)
            send_letters_soon(installation)
        except SurveyError as wrong:
            if wrong.code not in ("invitation_answered", "invitation_over", "invitation_state"):
                raise
    found = find_invited(installation, token)
    if found.is_open:
        return draw_question(words, token, found)
    standing = name_standing(found)
    title = words.say(f"mission.link.{standing}")  # keys: mission.link.*
    told = words.say(f"mission.link.{standing}_about")  # keys: mission.link.*
    status = GONE if standing == OVER else 200
    return draw("message.html", words, status=status, title=title, told=told, back="/e")


def name_standing(found: Invited) -> str:
    """What is said of an invitation that cannot be answered any more: yes, no or over."""
    is_current = found.invitation.occasion == found.mission.occasion
    if is_current and found.invitation.state in (Reply.YES, Reply.SIGNED):
        return "yes"
    return "no" if found.invitation.state == Reply.NO else OVER


def draw_question(words: Words, token: str, found: Invited) -> Response:
    """The mission with the two buttons, of the same reach."""
    return draw(
        "invitation.html",
        words,
        path=f"{LINK_PATH}/{token}",
        facts=list_facts(found.mission, words),
        last_day=words.day(found.invitation.answer_by),
        yes=YES,
        no=NO,
    )


def list_routes() -> list[BaseRoute]:
    """The page of an invitation's link. No round's name has a single letter, so that none is in its way."""
    serve = guard(answer_link, what="an invitation's link", status=STATUS)
    return [Route(f"{LINK_PATH}/{{token}}", serve, methods=["GET", "POST"])]
