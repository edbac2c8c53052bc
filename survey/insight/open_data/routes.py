"""Where are the open data's files fetched? By anybody, at an address that programs can ask for too."""

from __future__ import annotations

import logging
import secrets

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route

from survey.errors import SurveyError
from survey.insight.open_data.kept import find_kept_file
from survey.light.draw import draw_error, find_words
from survey.logs import locate_fault
from survey.running import find_installation

log = logging.getLogger(__name__)
PATH = "/oppna-data"
OUR_FAULT = 503
STATUS = {"export_file_unknown": 404, "export_survey_unknown": 404, "nothing_published": 404}
MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "sav": "application/x-spss-sav",
    "json": "application/json",
    "xml": "application/xml",
    "md": "text/markdown; charset=utf-8",
}
ASK_AGAIN = {"Cache-Control": "no-cache"}  # the browser may keep it, and asks whether there is a newer one


async def hand_out(request: Request) -> Response:
    """A file as it lies, in pieces, or only a part of it where that is asked for."""
    survey, name = str(request.path_params["survey"]), str(request.path_params["name"])
    words = find_words(request)
    try:
        path = await run_in_threadpool(find_kept_file, find_installation(), survey, name)
    except SurveyError as wrong:
        status = STATUS.get(wrong.code, OUR_FAULT)
        if status == OUR_FAULT:
            log.error("open data could not be handed out: %s", wrong)
        return draw_error(wrong, status, words, request)
    except Exception as fault:
        reference = secrets.token_hex(4)
        log.error("open data failed (%s): %s", reference, locate_fault(fault))
        return draw_error(SurveyError("fault", reference=reference), OUR_FAULT, words, request)
    media = MEDIA[name.rsplit(".", 1)[-1]]
    return FileResponse(path, media_type=media, filename=f"{survey}-{name}", headers=ASK_AGAIN)


def list_routes() -> list[BaseRoute]:
    return [Route(f"{PATH}/{{survey}}/{{name}}", hand_out, methods=["GET", "HEAD"])]
