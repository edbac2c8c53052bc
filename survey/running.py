"""Which installation this process serves, and whether it is about to stop."""

from __future__ import annotations

import threading

from survey.errors import SurveyError
from survey.installation import Installation

_running: list[Installation] = []
_stopping = threading.Event()


def set_installation(installation: Installation | None) -> None:
    """Say which installation the process serves; None when it stops."""
    _running[:] = [] if installation is None else [installation]
    if installation is not None:
        _stopping.clear()


def find_installation() -> Installation:
    """The installation the process serves. Raises SurveyError not_started."""
    if not _running:
        raise SurveyError("not_started")
    return _running[0]


def begin_stopping() -> None:
    """Say that the process is about to stop: from now on it is not ready, and still answers."""
    _stopping.set()


def is_stopping() -> bool:
    return _stopping.is_set()
