"""Where is a file for research fetched? By a button: an address that is only opened hands out nothing."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from analysis.tables import write_file_name
from survey.entry.passage import find_person, read_own_form
from survey.installation import Installation
from survey.language import Words
from survey.letters.routes import until_taken
from survey.light.draw import NO_STORE, draw, find_words
from survey.light.guard import guard
from survey.people.roles import Person
from survey.research.fetching import check_can_fetch, fetch_file
from survey.running import find_installation

PATH = "/forskning"
STATUS = {
    "not_allowed": 403,
    "research_unknown": 404,
    "research_ended": 410,
    "research_no_file": 410,
    "research_changed": 409,
    "posted_elsewhere": 403,
    "form_too_large": 413,
    "form_unreadable": 400,
}


async def hand_out(request: Request) -> Response:
    """GET shows the button, POST gives the file."""
    installation, agreement_id = find_installation(), str(request.path_params["agreement"])
    if request.method == "POST":
        await read_own_form(request)
    person, _ = await run_in_threadpool(find_person, installation, request.cookies)
    act = send_file if request.method == "POST" else draw_button
    return await run_in_threadpool(act, installation, agreement_id, person, find_words(request))


def draw_button(installation: Installation, agreement_id: str, person: Person, words: Words) -> Response:
    agreement = check_can_fetch(installation, agreement_id, by=person)
    day = words.day(agreement.kept_until) if agreement.kept_until is not None else ""
    return draw(
        "letter.html",
        words,
        path=f"{PATH}/{agreement_id}",
        title=words.say("research.fetch.title"),
        about=words.say("research.fetch.about", day=day),
        button=words.say("research.fetch.button"),
    )


def send_file(installation: Installation, agreement_id: str, person: Person, words: Words) -> Response:
    """The file as it lies, piece by piece, which nothing on the way may keep."""
    size, content = fetch_file(installation, agreement_id, by=person)
    name = write_file_name(words.say("research.fetch.file"), agreement_id, ending="zip")
    headers = {
        **NO_STORE,
        "Content-Length": str(size),
        "Content-Disposition": f'attachment; filename="{name}"',
    }
    return StreamingResponse(until_taken(content), media_type="application/zip", headers=headers)


def list_routes() -> list[BaseRoute]:
    serve = guard(hand_out, what="a file for research", status=STATUS)
    return [Route(f"{PATH}/{{agreement}}", serve, methods=["GET", "POST"])]
