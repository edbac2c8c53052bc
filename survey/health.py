"""Is the service well: can it reach its database and take answers."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from survey.errors import SurveyError
from survey.installation import check_may_take_answers
from survey.running import find_installation


async def tell_health(_request: Request) -> Response:
    """200 when answers can be taken, else 503 with the code of what is wrong. For machines, so no words."""
    try:
        await run_in_threadpool(check_may_take_answers, find_installation())
    except SurveyError as wrong:
        return JSONResponse({"status": "unwell", "code": wrong.code}, status_code=503)
    return JSONResponse({"status": "well"})
