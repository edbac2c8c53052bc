"""Which themes an installation looks for, and whether its own lists of them can be used."""

from __future__ import annotations

from analysis.text.themes import Themes, ThemesError, load_themes
from analysis.text.themes_problems import Problem as Fault
from survey.definition.read import Problem
from survey.errors import SurveyError
from survey.settings import Settings


def find_themes_of(settings: Settings) -> Themes:
    """The themes of an installation: its own, or those that are shipped.

    Raises SurveyError themes_wrong with everything that is wrong in `problems`.
    """
    if settings.themes_dir is None:
        return load_themes()
    try:
        return load_themes(settings.themes_dir.resolve())
    except ThemesError as wrong:
        problems = tuple(map(describe_fault, wrong.problems))
        raise SurveyError(
            "themes_wrong",
            folder=settings.themes_dir.as_posix(),
            number=len(problems),
            problems=problems,
        ) from None


def describe_fault(fault: Fault) -> Problem:
    """A fault of a theme file as a problem with a sentence in the catalogue."""
    return Problem(
        fault.file, fault.line, fault.found, f"themes_{fault.fault.value}"
    )  # keys: definition.themes_*


def list_theme_codes(settings: Settings) -> tuple[str, ...]:
    """The codes of the themes, in the order they are shown."""
    return find_themes_of(settings).names
