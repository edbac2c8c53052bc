"""What does a calendar program get at the address it follows?"""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from survey.calendar.file import FILE_NAME
from survey.calendar.subscriptions import ENDING, PATH, read_subscription
from survey.errors import SurveyError
from survey.language import Words
from survey.light.guard import guard
from survey.running import find_installation

STATUS = {"calendar_unknown": 404}
PRIVATE = "private, no-cache"  # nothing between may keep it, and a program asks whether it is the newest


async def serve_calendar(request: Request) -> Response:
    """The file, or the same empty answer for every address that leads nowhere."""
    token = str(request.path_params["token"])
    written = await run_in_threadpool(read_subscription, find_installation(), token)
    headers = {"Cache-Control": PRIVATE, "Content-Disposition": f'inline; filename="{FILE_NAME}"'}
    return Response(written, media_type="text/calendar", headers=headers)


def refuse(_wrong: SurveyError, status: int, _words: Words, _request: Request) -> Response:
    """Nothing but the status: it is a program that asks."""
    return Response(status_code=status, headers={"Cache-Control": PRIVATE})


def list_routes() -> list[BaseRoute]:
    """The addresses that calendar programs follow; everything else under the path leads nowhere."""
    serve = guard(serve_calendar, what="a calendar", status=STATUS, refuse=refuse)
    return [Route(f"{PATH}/{{token}}{ENDING}", serve)]
