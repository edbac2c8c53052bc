"""Where is a file for research fetched? By a button: an address that is only opened hands out nothing."""

from __future__ import annotations

import logging
import secrets

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from analysis.tables import write_file_name
from survey.entry.passage import find_person, read_own_form
from survey.errors import SurveyError
from survey.installation import Installation
from survey.language import Words
from survey.letters.routes import until_taken
from survey.light.draw import NO_STORE, draw, draw_error, find_words
from survey.logs import locate_fault
from survey.people.roles import Person
from survey.research.fetching import check_can_fetch, fetch_file
from survey.running import find_installation

log = logging.getLogger(__name__)
PATH = "/forskning"
OUR_FAULT = 503
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
    words, agreement_id = find_words(request), str(request.path_params["agreement"])
    try:
        installation = find_installation()
        if request.method == "POST":
            await read_own_form(request)
        person, _ = await run_in_threadpool(find_person, installation, request.cookies)
        act = send_file if request.method == "POST" else draw_button
        return await run_in_threadpool(act, installation, agreement_id, person, words)
    except SurveyError as wrong:
        status = STATUS.get(wrong.code, OUR_FAULT)
        if status == OUR_FAULT:
            log.error("a file for research could not be handed out: %s", wrong)
        return draw_error(wrong, status, words, request)
    except Exception as fault:
        reference = secrets.token_hex(4)
        log.error("a file for research failed (%s): %s", reference, locate_fault(fault))
        return draw_error(SurveyError("fault", reference=reference), OUR_FAULT, words, request)


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
    return [Route(f"{PATH}/{{agreement}}", hand_out, methods=["GET", "POST"])]
