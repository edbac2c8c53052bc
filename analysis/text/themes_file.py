"""What stands in the theme files of an installation: which words and phrases speak for which theme?

A folder holds one file for each language, themes_<language>.txt; the head of themes_sv.txt tells how to
write one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from analysis.text.themes_problems import Fault, Problem

GAP = ".."
NOTHING = "nothing"
"""The section of words and phrases that have no theme, whatever they look like."""

_FILE_NAME = re.compile(r"themes_([a-z]{2,3})\.txt")
_THEME_NAME = re.compile(r"[a-z][a-z_]*")
_ENTRY_WORD = re.compile(r"[=-]?\w+(?:['’:-]\w+)*-?")
_DECLARATION = "themes:"


class When(StrEnum):
    """When an entry counts; all but ALWAYS are also how a line of such entries begins, before a colon."""

    ALWAYS = "always"
    WEAK = "weak"
    WHAT_GOOD = "what_good"
    COULD_IMPROVE = "could_improve"


_LABELS = {f"{when}:": when for when in When if when is not When.ALWAYS}


@dataclass(frozen=True)
class Entry:
    """A word, part or phrase, and the theme it speaks for; `elements`: its words, each with alternatives."""

    theme: str
    elements: tuple[tuple[str, ...], ...]
    when: When


@dataclass(frozen=True)
class ThemeFile:
    """What one file holds; only the lines without problems."""

    name: str
    language: str
    themes: tuple[str, ...]
    entries: tuple[Entry, ...]
    groups: dict[str, tuple[str, ...]]
    problems: tuple[Problem, ...]


@dataclass
class _Reading:
    """A file while it is read, line by line."""

    name: str
    line: int = 0
    themes: tuple[str, ...] = ()
    section: str = ""
    groups: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    entries: dict[Entry, None] = field(default_factory=dict[Entry, None])
    problems: list[Problem] = field(default_factory=list[Problem])

    def report(self, fault: Fault, found: str) -> None:
        """Remembers a problem in the line that is read now."""
        self.problems.append(Problem(self.name, self.line, fault, found))


def read_theme_files(folder: Path) -> tuple[tuple[ThemeFile, ...], tuple[Problem, ...]]:
    """The theme files of a folder in order of language, and everything that is wrong with them."""
    paths = [path for path in sorted(folder.glob("themes_*.txt")) if _FILE_NAME.fullmatch(path.name)]
    if not paths:
        return (), (Problem(folder.name, 0, Fault.NO_FILE, "themes_<language>.txt"),)
    files = tuple(_read_file(path) for path in paths)
    others = [
        Problem(file.name, 0, Fault.OTHER_THEMES, ", ".join(file.themes))
        for file in files
        if file.themes and file.themes != files[0].themes
    ]
    return files, (*(problem for file in files for problem in file.problems), *others)


def _read_file(path: Path) -> ThemeFile:
    """One file; its language is in its name."""
    reading = _Reading(path.name)
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (UnicodeDecodeError, OSError) as error:
        reading.report(Fault.NOT_READABLE, type(error).__name__)
        lines = []
    for reading.line, line in enumerate(lines, start=1):
        if content := line.split("#", 1)[0].strip():
            _read_line(content, reading)
    if not reading.themes and not reading.problems:
        reading.problems.append(Problem(path.name, 0, Fault.NO_THEMES, _DECLARATION))
    language = path.stem.removeprefix("themes_")
    entries, problems = tuple(reading.entries), tuple(reading.problems)
    return ThemeFile(path.name, language, reading.themes, entries, reading.groups, problems)


def _read_line(line: str, reading: _Reading) -> None:
    """One line without its note: the themes, a section, a group of words, or entries."""
    if line.startswith(_DECLARATION) and not reading.themes:
        reading.themes = tuple(_read_theme_names(line.removeprefix(_DECLARATION), reading))
    elif line.startswith("[") and line.endswith("]"):
        reading.section = line[1:-1].strip()
        if reading.section not in (*reading.themes, NOTHING):
            reading.report(Fault.UNKNOWN_THEME, reading.section)
    elif line.startswith("<") and ">:" in line:
        name, _, words = line[1:].partition(">:")
        members = tuple(_read_members(words, reading))
        reading.groups[name] = (*reading.groups.get(name, ()), *members)
    elif not reading.section:
        reading.report(Fault.OUTSIDE_SECTION, line)
    else:
        _read_entries(line, reading)


def _read_theme_names(names: str, reading: _Reading) -> Iterator[str]:
    """The themes that the first line names."""
    seen: set[str] = set()
    for name in (each.strip() for each in names.split(",")):
        if not _THEME_NAME.fullmatch(name) or name in seen or name == NOTHING:
            reading.report(Fault.THEME_NAME, name)
        else:
            seen.add(name)
            yield name


def _read_entries(line: str, reading: _Reading) -> None:
    """Entries between commas, all of them for the case that the line begins with."""
    label, colon, rest = line.partition(":")
    when = _LABELS.get(label + colon, When.ALWAYS)
    for text in (line if when is When.ALWAYS else rest).split(","):
        elements = _read_elements(text.split(), reading)
        entry = Entry(reading.section, elements, when)
        if entry in reading.entries:
            reading.report(Fault.TWICE, text.strip())
        elif elements:
            reading.entries[entry] = None


def _read_elements(words: Sequence[str], reading: _Reading) -> tuple[tuple[str, ...], ...]:
    """The words of an entry, each with its alternatives; none, and a problem, if one of them is no word."""
    problems = len(reading.problems)
    elements = tuple(tuple(_read_alternatives(word, reading)) for word in words)
    if not words or GAP in (words[0], words[-1]):
        reading.report(Fault.ENTRY, " ".join(words))
    return elements if len(reading.problems) == problems else ()


def _read_alternatives(word: str, reading: _Reading) -> Iterator[str]:
    """The alternatives of one word of an entry; a group stays as it is written."""
    for alternative in word.split("/"):
        if word == GAP or _ENTRY_WORD.fullmatch(alternative):
            yield alternative.lower()
        elif not alternative.startswith("<"):
            reading.report(Fault.ENTRY, word)
        elif alternative[1:-1] in reading.groups and alternative.endswith(">"):
            yield alternative
        else:
            reading.report(Fault.UNKNOWN_GROUP, alternative)


def _read_members(words: str, reading: _Reading) -> Iterator[str]:
    """The words of a group, in small letters."""
    for word in (each.strip() for each in words.split(",")):
        if _ENTRY_WORD.fullmatch(word):
            yield word.lower()
        else:
            reading.report(Fault.ENTRY, word)
