"""Which of the themes of health and social care does a comment speak of, and by which of its words?

Words and phrases from files that an installation may change (the head of themes_sv.txt tells how). Whether
something is praised or missed makes no difference. A suggestion to the panel, never a decision.
"""

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analysis.text.asked import Asked
from analysis.text.themes_file import When, read_theme_files
from analysis.text.themes_hits import Hit, find_hits
from analysis.text.themes_lexicon import Lexicon, index_entries
from analysis.text.themes_problems import Fault, Problem, ThemesError

__all__ = [
    "Fault",
    "Found",
    "Problem",
    "Themes",
    "ThemesError",
    "count_hits",
    "find_problems",
    "find_themes",
    "load_themes",
]

_SHIPPED = Path(__file__).parent
_INVISIBLE = dict.fromkeys([0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
"""Soft hyphen, zero-width characters and byte order mark: they part words that are read as one."""


@dataclass(frozen=True)
class Found:
    """A theme that a comment speaks of, and the words that say so, in the order and form of the text."""

    theme: str
    words: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Themes:
    """The themes of an installation in the order they are shown, and the lexicon of each language."""

    names: tuple[str, ...]
    lexicons: Mapping[str, Lexicon]


@cache
def load_themes(folder: Path = _SHIPPED) -> Themes:
    """The themes of a folder, by default those that are shipped; read once, so a change needs a restart.

    Raises ThemesError, with all problems at once, if any file of the folder has one (`find_problems`).
    """
    files, problems = read_theme_files(folder)
    if problems:
        raise ThemesError(problems)
    return Themes(files[0].themes, {file.language: index_entries(file) for file in files})


def find_problems(folder: Path) -> tuple[Problem, ...]:
    """Everything that is wrong with the theme files of a folder, by file and line; empty if usable."""
    return read_theme_files(folder)[1]


def find_themes(
    text: str, *, language: str | None, asked: Asked = Asked.OTHER, themes: Themes | None = None
) -> tuple[Found, ...]:
    """The themes that a masked text speaks of, in the order of `Themes.names`, each once.

    Empty for None and for a language without a lexicon ("not assessed"), and where nothing is found.
    Masks such as [namn], and whatever else is a few words in square brackets, are no words.
    """
    themes = themes or load_themes()
    lexicon = themes.lexicons.get(language or "")
    if lexicon is None:
        return ()
    text = _fold(text)
    hits = _choose_hits(find_hits(text, lexicon), asked)
    words: dict[str, dict[str, None]] = {}
    ends: dict[str, int] = {}
    for start, end, entry in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if end > ends.get(entry.theme, 0):  # what is part of a longer piece says nothing more
            words.setdefault(entry.theme, {})[text[start:end]] = None
            ends[entry.theme] = end
    return tuple(Found(name, tuple(words[name])) for name in themes.names if name in words)


def count_hits(text: str, language: str | None, *, themes: Themes | None = None) -> dict[str, int]:
    """How many words and phrases of a masked text speak for each theme, 0 included: features for a learner.

    What was asked makes no difference, and weak words count like others. All 0 where there is no lexicon.
    """
    themes = themes or load_themes()
    lexicon = themes.lexicons.get(language or "")
    counted = Counter(dict.fromkeys(themes.names, 0))
    if lexicon is not None:
        counted.update(hit.entry.theme for hit in find_hits(_fold(text), lexicon))
    return dict(counted)


def _fold(text: str) -> str:
    """The text with letters and their accents as one character, without characters that nobody sees."""
    return text if text.isascii() else unicodedata.normalize("NFC", text).translate(_INVISIBLE)


def _choose_hits(hits: Sequence[Hit], asked: Asked) -> Sequence[Hit]:
    """The hits that count under a question; weak ones only where there is no other."""
    counting = [hit for hit in hits if hit.entry.when in (When.ALWAYS, asked.value)]
    return counting or [hit for hit in hits if hit.entry.when is When.WEAK]
