"""What becomes of a page that fails? A sentence for whoever asked, a line in the log if it is our fault."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import Request
from starlette.responses import Response

from survey.errors import SurveyError
from survey.language import WHOLE_LANGUAGES, Language, Words
from survey.light.draw import draw_error, find_words
from survey.logs import locate_fault

log = logging.getLogger(__name__)
OUR_FAULT = 503  # no database, no key, or a mistake of ours
Serve = Callable[[Request], Awaitable[Response]]
Refuse = Callable[[SurveyError, int, Words, Request], Response]


def guard(
    serve: Serve,
    *,
    what: str,
    status: Mapping[str, int] | Callable[[SurveyError], int],
    languages: Mapping[str, Language] = WHOLE_LANGUAGES,
    refuse: Refuse = draw_error,
) -> Serve:
    """An endpoint whose errors become a page with a sentence.

    `status` tells the HTTP status of an error, by its code or as a whole; a code that it does not have is our
    fault, and so is everything that is no SurveyError. `what` names the page in the log, which holds nothing
    of the request.
    """
    find_status = status if callable(status) else make_finder(status)

    async def guarded(request: Request) -> Response:
        try:
            return await serve(request)
        except SurveyError as wrong:
            found = find_status(wrong)
            if found == OUR_FAULT:
                log.error("%s could not be given: %s", what, wrong)
            return refuse(wrong, found, find_words(request, languages), request)
        except Exception as fault:
            reference = secrets.token_hex(4)
            log.error("%s failed (%s): %s", what, reference, locate_fault(fault))
            wrong = SurveyError("fault", reference=reference)
            return refuse(wrong, OUR_FAULT, find_words(request, languages), request)

    return guarded


def make_finder(table: Mapping[str, int]) -> Callable[[SurveyError], int]:
    """Looks an error's status up by its code."""
    return lambda wrong: table.get(wrong.code, OUR_FAULT)
