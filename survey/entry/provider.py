"""How does somebody come in by the organisation's own sign-in, and out of it again?"""

from __future__ import annotations

import logging

from starlette.responses import Response

from survey.entry.cookies import BEGUN_COOKIE, forget_cookie, keep_cookie, keep_session, read_cookie
from survey.entry.passage import SIGN_IN, Passage
from survey.errors import SurveyError
from survey.light.headers import FORM_POLICY
from survey.light.visit import go
from survey.people.letting_in import BEGUN_SECONDS, begin_with_provider, end_with_provider, open_hint
from survey.people.provider import find_origin, find_way_out
from survey.people.sessions import SignedIn, sign_out
from survey.people.way_back import check_way

log = logging.getLogger(__name__)
PROVIDER_PATH = "/logga-in/leverantor"


def go_to_provider(passage: Passage) -> Response:
    """Send the browser to the provider; it must come back with the same cookie."""
    sent = begin_with_provider(passage.installation, passage.way)
    response = go(sent.address)
    keep_cookie(response, passage.installation, BEGUN_COOKIE, sent.browser, seconds=int(BEGUN_SECONDS))
    return response


def come_from_provider(passage: Passage) -> Response:
    """Let in whom the provider says it is; an answer works once, and for the browser that asked."""
    asked = passage.request.query_params
    browser = read_cookie(passage.installation, passage.request.cookies, BEGUN_COOKIE)
    if "error" in asked:
        log.info("the identity provider let nobody in")
        raise SurveyError("provider_refused")
    token, to = end_with_provider(
        passage.installation, asked.get("state", ""), browser, asked.get("code", "")
    )
    if passage.found is not None:
        sign_out(passage.installation, passage.found)
    response = go(check_way(to))
    keep_session(response, passage.installation, token)
    forget_cookie(response, passage.installation, BEGUN_COOKIE)
    return response


def find_exit(passage: Passage, found: SignedIn | None) -> Response:
    """Where somebody goes who has signed out: by the provider, where the session was begun there."""
    if found is None or found.session.hint is None:
        return go(f"{SIGN_IN}?ut=1")
    way = find_way_out(passage.installation, open_hint(passage.installation, found.session.hint))
    if not way:
        return go(f"{SIGN_IN}?ut=1")
    return go(way)


def let_form_leave(passage: Passage, page: Response) -> Response:
    """The page of the way out, whose form may end at the provider: the policy holds for redirects too."""
    found = passage.found
    if found is None or found.session.hint is None:
        return page
    origin = find_origin(find_way_out(passage.installation, ""))
    page.headers["Content-Security-Policy"] = FORM_POLICY.replace(
        "form-action 'self'", f"form-action 'self' {origin}"
    )
    return page
