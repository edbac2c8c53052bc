"""What does a member agree to before a mission, and how do they declare a conflict of interest?"""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field, StrictStr

from survey.panel.data_files import Document, Text, read_named
from survey.settings import Settings

FILE = "agreement.yaml"


class Conflict(StrEnum):
    """What a member declares. What it is about is said to the coordinator and never written here."""

    NONE = "none"
    TALK = "talk"


class Agreement(Document):
    """The template that members agree to, in one version."""

    version: StrictStr = Field(pattern=r"^\d{4}-\d{1,3}$")
    clauses: tuple[Text, ...] = Field(min_length=1)
    conflict_question: Text


def load_agreement(settings: Settings) -> Agreement:
    """The template that holds now; the installation's own where it has one.

    Raises SurveyError panel_file_wrong.
    """
    return read_named(Agreement, settings, FILE)
