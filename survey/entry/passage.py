"""Who stands at the door, and how is what they ask for answered?"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from survey.entry.cookies import SESSION_COOKIE, read_cookie
from survey.entry.pages import OUR_FAULT, Button, Page, draw_page, find_status, write_problem
from survey.errors import SurveyError
from survey.installation import Installation
from survey.language import Words
from survey.light.draw import find_words
from survey.light.forms import Fields, find_field, is_from_elsewhere, read_form
from survey.light.guard import guard
from survey.light.visit import go
from survey.people.roles import VISITOR, Person
from survey.people.sessions import SignedIn, find_signed_in
from survey.people.sign_in import COOKIE, read_ticket
from survey.people.way_back import check_way
from survey.running import find_installation
from survey.store.together import PATIENCE, run_within

SIGN_IN, CODE_PATH, SECOND_PATH = "/logga-in", "/logga-in/kod", "/konto/tvasteg"


@dataclass(frozen=True)
class Passage:
    """One request at the door, with what it brought."""

    installation: Installation
    request: Request
    fields: Fields

    @cached_property
    def words(self) -> Words:
        return find_words(self.request)

    @cached_property
    def token(self) -> str:
        """The secret of the browser's session, empty for none."""
        return read_cookie(self.installation, self.request.cookies, SESSION_COOKIE)

    @cached_property
    def found(self) -> SignedIn | None:
        """Who holds the browser's session, also before the second step."""
        return find_signed_in(self.installation, self.token)

    @property
    def way(self) -> str:
        """Where to go afterwards: an address of ours."""
        return check_way(self.ask("to") or self.request.query_params.get("to", "/"))

    def ask(self, name: str) -> str:
        """What a field of the form holds, empty when it was not sent."""
        return find_field(self.fields, name)


def find_person(installation: Installation, cookies: Mapping[str, str]) -> tuple[Person, SignedIn | None]:
    """Who a browser's cookies say is here: in a demonstration a role, else whoever holds the session."""
    if installation.is_demo:
        return read_ticket(installation, cookies.get(COOKIE)), None
    found = find_signed_in(installation, read_cookie(installation, cookies, SESSION_COOKIE))
    return (VISITOR if found is None else found.person), found


Act = Callable[[Passage], Response]


def answer_with(get: Act, post: Act | None = None) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint that draws on GET and acts on POST, in a thread; errors become a page with a sentence."""

    async def serve(request: Request) -> Response:
        is_post = request.method == "POST"
        passage = Passage(find_installation(), request, await read_own_form(request) if is_post else {})
        if passage.installation.is_demo:
            raise SurveyError("not_for_demonstration")
        return await run_within(PATIENCE, post if is_post and post is not None else get, passage)

    return guard(serve, what="the door", status=find_status, refuse=draw_refusal)


async def read_own_form(request: Request) -> Fields:
    """The fields of a form that a browser says is from our own page.

    Raises SurveyError posted_elsewhere, form_too_large and form_unreadable.
    """
    check_own_page(request)
    return await read_form(request)


def check_own_page(request: Request) -> None:
    """Every browser that can be used says where a form comes from: one that does not is refused too.

    Raises SurveyError posted_elsewhere.
    """
    is_silent = "sec-fetch-site" not in request.headers and "origin" not in request.headers
    if is_silent or is_from_elsewhere(request):
        raise SurveyError("posted_elsewhere")


def draw_refusal(wrong: SurveyError, status: int, words: Words, request: Request) -> Response:
    """The page of something that cannot be done, with the way to the door."""
    title = words.say("entry.refused_ours" if status == OUR_FAULT else "entry.refused")
    is_door = request.url.path == SIGN_IN or wrong.code == "not_for_demonstration"
    again = (
        Button(words.say("entry.to_start"), "/")
        if is_door
        else Button(words.say("entry.to_sign_in"), SIGN_IN)
    )
    return draw_page(words, Page(title, (write_problem(words, wrong),), ways=(again,)), status=status)


def need_session(passage: Passage, *, path: str) -> SignedIn | Response:
    """Who is signed in; else the way to the door, and back here afterwards."""
    found = passage.found
    if found is None:
        return go(write_way(SIGN_IN, path))
    return found if found.is_full else go(write_way(CODE_PATH, path))


def write_way(path: str, to: str) -> str:
    """An address that comes back to another afterwards."""
    return path if to == "/" else f"{path}?{urlencode({'to': to})}"
