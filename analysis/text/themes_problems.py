"""What may be wrong with the theme files of an installation, and what does somebody do about it?"""

from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """What is wrong; below each, what to do."""

    NO_FILE = "no_file"
    """The folder holds no theme file: add one named themes_<language>.txt."""
    NOT_READABLE = "not_readable"
    """The file is no text in UTF-8: save it as UTF-8."""
    NO_THEMES = "no_themes"
    """No line "themes: ..." names the themes: begin the file with one, in the order they are shown."""
    OTHER_THEMES = "other_themes"
    """Not the same themes in the same order as the first file of the folder: use the same line in all."""
    THEME_NAME = "theme_name"
    """A theme is not named in small letters a-z and _, or stands twice: rename or delete it."""
    UNKNOWN_THEME = "unknown_theme"
    """A section is none of the themes of the file: correct its name, or add it to the line of themes."""
    OUTSIDE_SECTION = "outside_section"
    """Entries stand before the first section: move them below the theme that they are for."""
    UNKNOWN_GROUP = "unknown_group"
    """A phrase uses a group that no line above it makes: make the group there, or correct its name."""
    ENTRY = "entry"
    """An entry is no word, part or phrase: write it as the head of the shipped files tells, or delete it."""
    TWICE = "twice"
    """An entry stands twice in its section: delete one."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: where, and the piece of text that it is about.

    `line` counts from 1; 0 means the file as a whole.
    """

    file: str
    line: int
    fault: Fault
    found: str


class ThemesError(ValueError):
    """The theme files of a folder cannot be used; `problems`: everything that is wrong, by file and line."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(f"{each.file}:{each.line} {each.fault} {each.found}" for each in problems))
        self.problems = problems
