"""What a stored model suggests, and how a comment is put before it."""

from __future__ import annotations

from functools import lru_cache

from analysis.text.asked import Asked
from analysis.text.chain import Suggest
from analysis.text.learning_features import Comment
from analysis.text.learning_file import ModelFileError, read_model
from analysis.text.learning_model import Model, suggest
from analysis.text.themes import Found, Themes, count_hits, find_themes
from survey.comments.theme_lists import find_themes_of
from survey.errors import SurveyError
from survey.installation import Installation
from survey.store import themes


@lru_cache(maxsize=4)
def load_model(installation: Installation, number: int) -> Model:
    """A stored model. Raises SurveyError model_unknown, and model_broken when it cannot be read."""
    with installation.database.read(newest=True) as connection:
        stored = themes.find_model(connection, number)
    if stored is None:
        raise SurveyError("model_unknown", number=number)
    try:
        return read_model(stored.document)
    except ModelFileError:
        raise SurveyError("model_broken", number=number) from None


def find_model_in_force(installation: Installation) -> Model | None:
    """The model in force, None where the lexicon alone is."""
    with installation.database.read(newest=True) as connection:
        number = themes.find_model_in_force(connection)
    return None if number is None else load_model(installation, number)


def find_suggest(installation: Installation, number: int) -> Suggest:
    """What a model makes of a text, in the form that the chain asks in."""
    model, lists = load_model(installation, number), find_themes_of(installation.settings)

    def suggest_themes(
        text: str, asked: Asked, language: str | None, found: tuple[Found, ...]
    ) -> tuple[Found, ...]:
        comment = describe(text, asked, language, found, lists)
        return tuple(Found(one.theme, one.words) for one in suggest(model, comment))

    return suggest_themes


def describe(
    text: str, asked: Asked, language: str | None, found: tuple[Found, ...], lists: Themes
) -> Comment:
    """A comment as it is learnt from: its text, its question, and what the lexicon says."""
    hits = count_hits(text, language, themes=lists)
    return Comment(text, asked, hits, {one.theme: one.words for one in found})


def describe_anew(text: str, asked: Asked, language: str | None, lists: Themes) -> Comment:
    """The same, with what the lexicon finds: what is stored with a comment may be a model's."""
    return describe(
        text, asked, language, find_themes(text, language=language, asked=asked, themes=lists), lists
    )
