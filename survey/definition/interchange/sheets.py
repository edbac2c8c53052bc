"""Which sheets and columns our XLSForms have, and what languages are called in them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from survey.language import LANGUAGES

SURVEY, CHOICES, SETTINGS, OWN = "survey", "choices", "settings", "invanarrosten"
PREFIX = "invanarrosten_"  # our own columns: an underscore, since pyxform takes :: for parts of a control

# What an XLSForm has no place for, by our own names: columns of the survey sheet …
QUESTION_TEXTS = (
    "key",
    "dimension",
    "options_from",
    "sentiment",
    "consent",
    "consent_code",
    "creates",
)
QUESTION_FLAGS = ("reverse", "sensitive")
# … and of the choices sheet.
OPTION_TEXTS = ("group",)
OPTION_NUMBERS = ("score", "share")
OPTION_FLAGS = ("exclusive", "report_separately", "never_reported_alone")
FOREWORDS = ("intro", "recall", "writing_advice")  # notes before the first part
AFTERWORD = "outro"

KINDS: Mapping[str, str] = {
    "scale": "select_one",
    "single": "select_one",
    "multi": "select_multiple",
    "rank": "rank",
    "text": "text",
}
PAREN = re.compile(r"\(([A-Za-z0-9-]+)\)\s*$")


def name_language(code: str) -> str:
    """What a language is called in a column's head: Svenska (sv).

    Easy-to-read Swedish is Lättläst svenska (sv): XLSForm takes registered subtags only, and warns of others.
    """
    return f"{LANGUAGES[code].name} ({code.partition('-')[0]})"


def find_language(head: str) -> str | None:
    """The language that a column's head names, by our own name for it, by its code, or as "…(code)"."""
    said = head.strip()
    for code, language in LANGUAGES.items():
        if said.casefold() in (name_language(code).casefold(), language.name.casefold(), code.casefold()):
            return code
    found = PAREN.search(said)
    return found[1] if found and found[1] in LANGUAGES else None
