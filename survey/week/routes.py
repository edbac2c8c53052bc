"""Where does the link that ends weekly letters lead? Only opened it changes nothing: scanners open links."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from survey.installation import Installation
from survey.language import Words
from survey.light.draw import draw, find_words
from survey.light.guard import guard
from survey.running import find_installation
from survey.week.subscribe import STOP_PATH, stop_by_link

STATUS = {"weekly_link_wrong": 410}


async def answer_stop(request: Request) -> Response:
    """GET shows a button, POST ends the letters: a mailbox's own button posts from elsewhere (RFC 8058)."""
    words, token, installation = find_words(request), str(request.path_params["token"]), find_installation()
    if request.method != "POST":
        return draw_button(installation, words, path=f"{STOP_PATH}/{token}")
    await run_in_threadpool(stop_by_link, installation, token)
    title, told = words.say("week.stop.done"), words.say("week.stop.done_about")
    return draw("message.html", words, title=title, told=told, back="/e")


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
    serve = guard(answer_stop, what="a weekly letter's link", status=STATUS)
    return [Route(f"{STOP_PATH}/{{token}}", serve, methods=["GET", "POST"])]
