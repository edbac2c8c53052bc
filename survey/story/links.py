"""Where do the links of a story lead, on the service and in a folder of files?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote

from survey.language import DEFAULT_LANGUAGE, LANGUAGES

PATH = "/arsberattelse"
SHEETS = ("form.css", "story.css")
ICON = "ikon.svg"


class Links(Protocol):
    """Addresses of what a story links to; empty where that is not to be reached from here."""

    def index(self, language: str) -> str: ...
    def story(self, code: str, year: str, language: str) -> str: ...
    def live(self, path: str, language: str) -> str: ...


@dataclass(frozen=True)
class LiveLinks:
    """The links of the service's own pages."""

    def index(self, language: str) -> str:
        return f"{PATH}?sprak={language}"

    def story(self, code: str, year: str, language: str) -> str:
        return f"{PATH}/{code}/{year}?sprak={language}"

    def live(self, path: str, language: str) -> str:
        """A page of the service, such as /e or /trends?area=07."""
        return f"{path}{'&' if '?' in path else '?'}sprak={language}"


@dataclass(frozen=True)
class FileLinks:
    """The links of a folder of files that any web server can show. `address` is the service's, without a
    slash at its end; empty where it has none that residents use."""

    address: str

    def index(self, language: str) -> str:
        return quote(name_index(language))

    def story(self, code: str, year: str, language: str) -> str:
        return quote(name_story(code, year, language))

    def live(self, path: str, language: str) -> str:
        return LiveLinks().live(f"{self.address}{path}", language) if self.address else ""


def name_index(language: str) -> str:
    """The file of the list in a language: index.html, index.en.html."""
    return f"index{end_name(language)}"


def name_story(code: str, year: str, language: str) -> str:
    """The file of a story in a language: 0780-2025.html, 0780-2025.en.html."""
    return f"{quote(code, safe='')}-{year}{end_name(language)}"


def end_name(language: str) -> str:
    """How a page's file ends; Swedish has no mark of its own."""
    return ".html" if language == DEFAULT_LANGUAGE else f".{language}.html"


def is_story_file(name: str) -> bool:
    """Whether an export of stories may have written a file of that name."""
    if name in (*SHEETS, ICON):
        return True
    endings = sorted((end_name(language) for language in LANGUAGES), key=len, reverse=True)
    stem = next((name.removesuffix(one) for one in endings if name.endswith(one)), "")
    return stem == "index" or re.fullmatch(r"[^/]+-\d{4}", stem) is not None
