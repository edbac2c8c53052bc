"""How are the lists of names, and of the words around them, read?"""

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent


@cache
def read_sections(file: str) -> dict[str, tuple[str, ...]]:
    """The words of a list (its file's name without .txt) by section, "" for those before the first section.

    A section opens with "@ its name" and, after a colon, what it is for; lines with "#" are comments.
    """
    sections: dict[str, list[str]] = {}
    words = sections.setdefault("", [])
    for line in (_FOLDER / f"{file}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            words = sections.setdefault(line.removeprefix("@").split(":")[0].strip(), [])
        elif not line.startswith("#"):
            words += line.split()
    return {section: tuple(found) for section, found in sections.items()}


@cache
def read_cues(section: str) -> frozenset[str]:
    """The cues of one word in a section of name_cues.txt, in small letters."""
    return frozenset(cue for cue in read_sections("name_cues")[section] if "_" not in cue and "*" not in cue)


@cache
def read_endings(section: str) -> tuple[str, ...]:
    """The endings of words in a section of name_cues.txt: those after "*", or all when none has one."""
    cues = read_sections("name_cues")[section]
    starred = tuple(cue.removeprefix("*") for cue in cues if cue.startswith("*"))
    return starred or cues
