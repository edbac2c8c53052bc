"""Which experience can a member say they have, and a unit say it wants?"""

from __future__ import annotations

from pydantic import Field, StrictStr

from survey.language import pick_text
from survey.panel.data_files import Document, Text, read_named
from survey.settings import Settings

FILE = "tags.yaml"


class Tag(Document):
    """Something a member may choose to say of their own experience."""

    code: StrictStr = Field(pattern=r"^[a-z][a-z_]{1,39}$")
    text: Text


class Tags(Document):
    """The list of tags in the order they are shown."""

    tags: tuple[Tag, ...] = Field(min_length=1)


def load_tags(settings: Settings) -> dict[str, Tag]:
    """The tags by code; the installation's own list where it has one.

    Raises SurveyError panel_file_wrong.
    """
    return {tag.code: tag for tag in read_named(Tags, settings, FILE).tags}


def name_tag(settings: Settings, code: str, language: str) -> str:
    """What a tag is called; its code when the list has it no more."""
    found = load_tags(settings).get(code)
    return code if found is None else pick_text(found.text, language)
