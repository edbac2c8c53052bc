"""How a role in a demonstration and a language are chosen: addresses that set a cookie and go back."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from survey.errors import SurveyError
from survey.language import WHOLE_LANGUAGES, speak
from survey.light.cookies import LANGUAGE_COOKIE, SECONDS_A_DAY, set_cookie
from survey.light.draw import find_words
from survey.people.sign_in import COOKIE, make_demo_ticket
from survey.people.way_back import check_way
from survey.running import find_installation

SEE_OTHER = 303
LANGUAGE_DAYS = 365
NOT_HERE = 404


def find_way_back(request: Request) -> str:
    """Where to go afterwards: an address of ours, never another site's."""
    return check_way(request.query_params.get("to", "/"))


async def choose_role(request: Request) -> Response:
    """Take a role in a demonstration."""
    installation = find_installation()
    try:
        person = request.query_params.get("person", "")
        ticket = make_demo_ticket(installation, request.path_params["role"], person=person)
    except SurveyError as wrong:
        return PlainTextResponse(find_words(request).explain(wrong), status_code=NOT_HERE)
    response = RedirectResponse(find_way_back(request), status_code=SEE_OTHER)
    set_cookie(response, COOKIE, ticket, installation)
    return response


async def choose_language(request: Request) -> Response:
    """Read everything in a language from now on."""
    code = request.path_params["code"]
    if code not in WHOLE_LANGUAGES:
        return PlainTextResponse(speak("sv").say("answer.page_missing"), status_code=NOT_HERE)
    response = RedirectResponse(find_way_back(request), status_code=SEE_OTHER)
    set_cookie(response, LANGUAGE_COOKIE, code, find_installation(), max_age=LANGUAGE_DAYS * SECONDS_A_DAY)
    return response


def list_routes() -> list[BaseRoute]:
    return [Route("/roll/{role}", choose_role), Route("/sprak/{code}", choose_language)]
