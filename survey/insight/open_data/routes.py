"""Where are the open data's files fetched? By anybody, at an address that programs can ask for too."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route

from survey.insight.open_data.kept import find_kept_file
from survey.light.guard import guard
from survey.running import find_installation

PATH = "/oppna-data"
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
    path = await run_in_threadpool(find_kept_file, find_installation(), survey, name)
    media = MEDIA[name.rsplit(".", 1)[-1]]
    return FileResponse(path, media_type=media, filename=f"{survey}-{name}", headers=ASK_AGAIN)


def list_routes() -> list[BaseRoute]:
    serve = guard(hand_out, what="open data", status=STATUS)
    return [Route(f"{PATH}/{{survey}}/{{name}}", serve, methods=["GET", "HEAD"])]
