"""How is a press asked to set a paper or to draw its pictures?"""

from __future__ import annotations

import base64
import logging
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import orjson

from survey.errors import SurveyError
from survey.reports.document import Document, Picture, write_document

log = logging.getLogger(__name__)
ROOT = Path(__file__).parents[2]
AT_ONCE = 24  # pictures drawn by one press, which keeps them all in memory


def set_paper(versions: Sequence[Document]) -> tuple[bytes, int]:
    """The PDF of a paper, and which of its versions it is: the longest that has room.

    Raises SurveyError report_not_set when it could not be set.
    """
    made = ask_press("set", papers=[write_document(one) for one in versions])
    return made[2:], int.from_bytes(made[:2], "big")


def fit_paper(versions: Sequence[Document], *, reserve: int) -> int:
    """The place of the longest version that has room on one page with so many millimetres to spare.

    Raises SurveyError report_not_set.
    """
    papers = [{**write_document(one), "reserve": reserve} for one in versions]
    made = orjson.loads(ask_press("fit", papers=papers))
    return int(made["place"])


def draw_pictures(pictures: Sequence[Picture], *, width: float) -> list[bytes]:
    """The pictures as PNG at 300 dpi on a text so many millimetres wide.

    Raises SurveyError report_not_set.
    """
    made: list[bytes] = []
    for start in range(0, len(pictures), AT_ONCE):
        some = pictures[start : start + AT_ONCE]
        asked = {"pictures": [one.svg for one in some], "widths": [one.width * width for one in some]}
        made += [base64.b64decode(one) for one in orjson.loads(ask_press("pictures", **asked))]
    return made


def ask_press(task: str, **asked: object) -> bytes:
    """What a press of its own gives back. Raises SurveyError report_not_set."""
    command = [sys.executable, "-m", "survey.reports.press"]
    data = orjson.dumps({"task": task, **asked})
    done = subprocess.run(command, cwd=ROOT, input=data, capture_output=True)
    if done.returncode != 0:
        log.error("a paper could not be set: %s", done.stderr.decode(errors="replace")[:200])
        raise SurveyError("report_not_set")
    return done.stdout
