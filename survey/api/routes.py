"""Which addresses are there for other programs, and who answers at each?"""

from __future__ import annotations

import logging
import secrets

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from survey.api import PATH
from survey.api.answering import AnswerProgram, Counter
from survey.api.documents import Document
from survey.api.openapi import write_openapi
from survey.api.page import show_page
from survey.api.resources import OPENAPI, RESOURCES, Resource
from survey.errors import SurveyError
from survey.light.draw import draw_error, find_words
from survey.logs import locate_fault

log = logging.getLogger(__name__)
ITSELF = Resource("openapi", OPENAPI, write_openapi, Document)


async def serve_page(request: Request) -> Response:
    """The page for people; what goes wrong becomes a page too."""
    try:
        return show_page(request)
    except SurveyError as wrong:
        return draw_error(wrong, 503, find_words(request), request)
    except Exception as fault:
        reference = secrets.token_hex(4)
        log.error("the page for programs failed (%s): %s", reference, locate_fault(fault))
        return draw_error(SurveyError("fault", reference=reference), 503, find_words(request), request)


def list_routes() -> list[BaseRoute]:
    """The page, each resource, and what is said of addresses that are not there."""
    counter = Counter()
    return [
        Route(PATH, serve_page),
        *(Route(one.path, AnswerProgram(one, counter)) for one in (*RESOURCES, ITSELF)),
        Route(f"{PATH}/{{rest:path}}", AnswerProgram(None, counter)),
    ]
