"""Which addresses are there for other programs, and who answers at each?"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from survey.api import PATH
from survey.api.answering import AnswerProgram, Counter
from survey.api.documents import Document
from survey.api.openapi import write_openapi
from survey.api.page import show_page
from survey.api.resources import OPENAPI, RESOURCES, Resource
from survey.light.guard import guard

ITSELF = Resource("openapi", OPENAPI, write_openapi, Document)


async def serve_page(request: Request) -> Response:
    """The page for people."""
    return show_page(request)


def list_routes() -> list[BaseRoute]:
    """The page, each resource, and what is said of addresses that are not there."""
    counter = Counter()
    return [
        Route(PATH, guard(serve_page, what="the page for programs", status={})),
        *(Route(one.path, AnswerProgram(one, counter)) for one in (*RESOURCES, ITSELF)),
        Route(f"{PATH}/{{rest:path}}", AnswerProgram(None, counter)),
    ]
