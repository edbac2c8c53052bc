"""Which installation this process serves."""

from __future__ import annotations

from survey.errors import SurveyError
from survey.installation import Installation

_running: list[Installation] = []


def set_installation(installation: Installation | None) -> None:
    """Say which installation the process serves; None when it stops."""
    _running[:] = [] if installation is None else [installation]


def find_installation() -> Installation:
    """The installation the process serves. Raises SurveyError not_started."""
    if not _running:
        raise SurveyError("not_started")
    return _running[0]
