"""Where does the link that ends weekly letters lead? Only opened it changes nothing: scanners open links."""

from __future__ import annotations

import logging
import secrets

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from survey.errors import SurveyError
from survey.installation import Installation
from survey.language import Words
from survey.light.draw import draw, draw_error, find_words
from survey.logs import locate_fault
from survey.running import find_installation
from survey.week.subscribe import STOP_PATH, stop_by_link

log = logging.getLogger(__name__)
GONE, OUR_FAULT = 410, 503


async def answer_stop(request: Request) -> Response:
    """GET shows a button, POST ends the letters: a mailbox's own button posts from elsewhere (RFC 8058)."""
    words, token = find_words(request), str(request.path_params["token"])
    try:
        installation = find_installation()
        if request.method != "POST":
            return draw_button(installation, words, path=f"{STOP_PATH}/{token}")
        await run_in_threadpool(stop_by_link, installation, token)
        title, told = words.say("week.stop.done"), words.say("week.stop.done_about")
        return draw("message.html", words, title=title, told=told, back="/e")
    except SurveyError as wrong:
        status = GONE if wrong.code == "weekly_link_wrong" else OUR_FAULT
        if status == OUR_FAULT:
            log.error("a weekly letter's link could not be answered: %s", wrong)
        return draw_error(wrong, status, words, request)
    except Exception as fault:
        reference = secrets.token_hex(4)
        log.error("a weekly letter's link failed (%s): %s", reference, locate_fault(fault))
        return draw_error(SurveyError("fault", reference=reference), OUR_FAULT, words, request)


def draw_button(installation: Installation, words: Words, *, path: str) -> Response:
    """The page with the button. Nothing is looked up, so that it tells nobody whether a link is known."""
    return draw(
        "letter.html",
        words,
        path=path,
        title=words.say("week.stop.title"),
        about=words.say("week.stop.about", name=installation.settings.installation_name),
        button=words.say("week.stop.button"),
    )


def list_routes() -> list[BaseRoute]:
    """The page of the link. No round's name has a single letter, so that none is in its way."""
    return [Route(f"{STOP_PATH}/{{token}}", answer_stop, methods=["GET", "POST"])]
