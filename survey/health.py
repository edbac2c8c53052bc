"""Is the process alive, and is it ready to take answers?

Two questions: who starts processes anew asks /healthz, and a process that answers is left alone, whatever is
wrong around it. Who sends people to processes asks /readyz.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from survey.errors import SurveyError
from survey.installation import Installation, check_may_take_answers
from survey.logs import locate_fault
from survey.running import find_installation, is_stopping
from survey.store.schema import check_at_head
from survey.store.together import run_within

LONGEST_LOOK = 4.0  # seconds; who asks whether we are ready soon asks again
LEAST_FREE = 64 * 2**20  # bytes that must be free where things are written: the log of a busy hour


async def tell_alive(_request: Request) -> Response:
    """200 as long as the process answers. For machines, so no words."""
    return JSONResponse({"status": "alive"})


async def tell_ready(_request: Request) -> Response:
    """200 when answers can be taken, as far as reading tells; else 503 with the code of what is wrong.

    That a database server's own disk is full shows only when something is written. It is 200 then: 503 from
    every process at once would take away the page that tells people so.
    """
    try:
        await run_within(LONGEST_LOOK, check_ready)
    except SurveyError as wrong:
        return JSONResponse({"status": "not ready", "code": wrong.code}, status_code=503)
    except Exception as fault:
        kind = locate_fault(fault).split(" ", 1)[0]
        return JSONResponse({"status": "not ready", "code": kind}, status_code=503)
    return JSONResponse({"status": "ready"})


def check_ready() -> None:
    """Raises SurveyError stopping, not_started, disk_low, schema_differs, key_* and database_*."""
    if is_stopping():
        raise SurveyError("stopping")
    installation = find_installation()
    check_room(installation)
    if installation.database.is_stuck():
        installation.database.write_together(lambda _: None)  # nobody is sent here who would try it
    check_at_head(installation.database)
    check_may_take_answers(installation)


def check_room(installation: Installation) -> None:
    """Raises SurveyError disk_low when the disk is so full that the next answers may not find room."""
    if find_free(installation.settings.var_dir) < LEAST_FREE:
        raise SurveyError("disk_low")


def find_free(folder: Path) -> int:
    """How many bytes are free where a folder is, or will be."""
    there = folder.resolve()
    while not there.exists():
        there = there.parent
    return shutil.disk_usage(there).free
