"""A demonstration on a day that is given: `python -m tests.browser.app_at_a_day 2026-10-05`.

Every comment has two readers there, so that a story can be told of two who read the same one.
"""

from __future__ import annotations

import os
import sys
from datetime import date
from functools import partial

import survey.installation
from survey.review import queue
from survey.serve import serve
from survey.settings import load_settings


def main(day: date) -> None:
    """Serve until stopped. app.py opens its installation by the name that is replaced here."""
    os.environ["DEMO"] = "true"
    queue.SECOND_BELOW = b"\xff" * 16
    survey.installation.open_installation = partial(survey.installation.open_installation, today=lambda: day)
    serve(load_settings())


if __name__ == "__main__":
    main(date.fromisoformat(sys.argv[1]))
