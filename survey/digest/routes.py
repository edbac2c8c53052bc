"""Which pages do letters' links lead to? One that is only opened changes nothing, for scanners open them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from survey.digest.abouts import LINKS, Links
from survey.digest.subscribe import confirm_digest, leave_digest
from survey.installation import Installation
from survey.language import Words
from survey.light.draw import draw, find_words
from survey.light.guard import guard
from survey.running import find_installation

STATUS = {"digest_link_old": 410}
Act = Callable[[Installation, str], None]


def answer_link(act: Act, links: Links, *, path: str, kind: str) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint whose GET shows a button and whose POST does what the link is for.

    The link's secret is all that is asked for: a mailbox's own button posts from elsewhere (RFC 8058).
    """

    async def serve(request: Request) -> Response:
        words, token = find_words(request, links.languages), request.path_params["token"]
        installation = find_installation()
        if request.method != "POST":
            return draw_button(installation, words, links, kind=kind, path=f"{path}/{token}")
        await run_in_threadpool(act, installation, token)
        title = words.say(f"{links.texts}.{kind}_done")  # keys: digest.page.*, light.follow.page.*
        told = words.say(f"{links.texts}.{kind}_done_about")  # keys: digest.page.*, light.follow.page.*
        return draw("message.html", words, title=title, told=told, back=links.back)

    return guard(serve, what="a letter's link", status=STATUS, languages=links.languages)


def draw_button(installation: Installation, words: Words, links: Links, *, kind: str, path: str) -> Response:
    """The page with the button. Nothing is looked up, so that it tells nobody whether a link is known."""
    name = installation.settings.installation_name
    return draw(
        "letter.html",
        words,
        path=path,
        languages=tuple(links.languages.values()),
        title=words.say(f"{links.texts}.{kind}"),  # keys: digest.page.*, light.follow.page.*
        about=words.say(f"{links.texts}.{kind}_about", name=name),  # keys: digest.page.*
        button=words.say(f"{links.texts}.{kind}_button"),  # keys: digest.page.*
    )


def list_routes() -> list[BaseRoute]:
    """The pages of letters' links. No round's name has a single letter, so that none is in their way."""
    both = ["GET", "POST"]
    return [
        Route(f"{path}/{{token}}", answer_link(act, links, path=path, kind=kind), methods=both)
        for links in LINKS.values()
        for path, act, kind in (
            (links.confirm, confirm_digest, "confirm"),
            (links.leave, leave_digest, "leave"),
        )
    ]
