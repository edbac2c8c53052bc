"""What does a calendar program get at the address it follows?"""

from __future__ import annotations

import logging
import secrets

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from survey.calendar.file import FILE_NAME
from survey.calendar.subscriptions import ENDING, PATH, read_subscription
from survey.errors import SurveyError
from survey.logs import locate_fault
from survey.running import find_installation

log = logging.getLogger(__name__)
NOT_HERE, OUR_FAULT = 404, 503
PRIVATE = "private, no-cache"  # nothing between may keep it, and a program asks whether it is the newest


async def serve_calendar(request: Request) -> Response:
    """The file, or the same empty answer for every address that leads nowhere."""
    try:
        token = str(request.path_params["token"])
        written = await run_in_threadpool(read_subscription, find_installation(), token)
    except SurveyError as wrong:
        if wrong.code == "calendar_unknown":
            return refuse(NOT_HERE)
        log.error("a calendar could not be given: %s", wrong)
        return refuse(OUR_FAULT)
    except Exception as fault:
        log.error("a calendar failed (%s): %s", secrets.token_hex(4), locate_fault(fault))
        return refuse(OUR_FAULT)
    headers = {"Cache-Control": PRIVATE, "Content-Disposition": f'inline; filename="{FILE_NAME}"'}
    return Response(written, media_type="text/calendar", headers=headers)


def refuse(status: int) -> Response:
    return Response(status_code=status, headers={"Cache-Control": PRIVATE})


def list_routes() -> list[BaseRoute]:
    """The addresses that calendar programs follow; everything else under the path leads nowhere."""
    return [Route(f"{PATH}/{{token}}{ENDING}", serve_calendar)]
