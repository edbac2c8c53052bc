"""How a text, a number or a date is said in the reader's language."""

from __future__ import annotations

import gettext
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from babel import Locale
from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from survey.errors import SurveyError

CATALOGUES = Path(__file__).parent.parent / "locales"
DEFAULT_LANGUAGE = "sv"


@dataclass(frozen=True)
class Language:
    """A language the product can be read in. `code` is BCP 47, `locale` a locale that Babel knows."""

    code: str
    name: str
    locale: str
    direction: str = "ltr"
    falls_back_to: str | None = None


LANGUAGES: Mapping[str, Language] = {
    "sv": Language("sv", "Svenska", "sv_SE"),
    "sv-x-lattlast": Language("sv-x-lattlast", "Lättläst svenska", "sv_SE", falls_back_to="sv"),
    "en": Language("en", "English", "en_GB"),
}


class Translations(Protocol):
    """The part of a gettext catalogue that is used here."""

    def gettext(self, message: str) -> str: ...
    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str: ...


@lru_cache(maxsize=32)
def load_catalogue(code: str) -> Translations:
    """The gettext catalogue of a language, compiled in memory from its .po file.

    A language that falls back (easy-to-read Swedish) gets the other's texts where it has none.
    """
    path = CATALOGUES / code.replace("-", "_") / "LC_MESSAGES" / "messages.po"
    compiled = io.BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=LANGUAGES[code].locale))
    compiled.seek(0)
    catalogue = gettext.GNUTranslations(compiled)
    fallback = LANGUAGES[code].falls_back_to
    if fallback is not None:
        catalogue.add_fallback(load_catalogue(fallback))  # type: ignore[arg-type]
    return catalogue


class Words:
    """The texts of one language, with the values put in."""

    def __init__(self, language: str = DEFAULT_LANGUAGE) -> None:
        self.language = LANGUAGES.get(language, LANGUAGES[DEFAULT_LANGUAGE])
        self._catalogue = load_catalogue(self.language.code)
        self._locale = Locale.parse(self.language.locale)

    def say(self, key: str, /, **facts: object) -> str:
        """The text of `key`. A key without a text is a fault of the product and raises LookupError."""
        text = self._catalogue.gettext(key)
        if text == key:
            raise LookupError(f"no text for {key!r} in {self.language.code}")
        return text.format(**facts) if facts else text

    def count(self, key: str, n: int, /, **facts: object) -> str:
        """The text of `key` in its form for `n`; `{n}` is put in as a formatted number."""
        text = self._catalogue.ngettext(key, key, n)
        if text == key:
            raise LookupError(f"no text for {key!r} in {self.language.code}")
        return text.format(n=self.number(n), **facts)

    def explain(self, error: SurveyError) -> str:
        """The sentence of an error: what is wrong and what to do."""
        facts = {name: self.number(v) if isinstance(v, int) else v for name, v in error.facts.items()}
        return self.say(f"error.{error.code}", **facts)

    def number(self, value: float, decimals: int = 0) -> str:
        """1234.5 as 1 234,5 in Swedish (with no-break spaces), rounded half to even; -1 with a minus sign."""
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        written = format_decimal(round(value, decimals) + 0.0, format=pattern, locale=self._locale)
        return written.replace("-", "\N{MINUS SIGN}")

    def day(self, day: date) -> str:
        """A date as 2026-11-21 in Swedish and 21 Nov 2026 in English."""
        return day.isoformat() if self.language.locale == "sv_SE" else format_date(day, locale=self._locale)

    def month(self, month: str) -> str:
        """The month "2026-11" as "november 2026"."""
        return format_date(date.fromisoformat(f"{month}-01"), "LLLL yyyy", locale=self._locale)

    def month_briefly(self, month: str) -> str:
        """A month (YYYY-MM) in few letters: nov. 2026."""
        return format_date(date.fromisoformat(f"{month}-01"), "MMM y", locale=self.language.locale)

    def period(self, code: str) -> str:
        """A period's code ("2026-11", "2026-Q4", "2026-H2", "2026") as people say it."""
        year, _, rest = code.partition("-")
        if not rest:
            return year
        if rest[0] in "QH":
            return self.say("period.quarter" if rest[0] == "Q" else "period.half", year=year, number=rest[1])
        return self.month(code)


@lru_cache(maxsize=32)
def speak(language: str) -> Words:
    """The words of a language; Swedish where the language is not known."""
    return Words(language)


def pick_text(texts: Mapping[str, str], language: str) -> str:
    """A survey's own text in the reader's language, else in the one it falls back to, else Swedish."""
    if language in texts:
        return texts[language]
    known = LANGUAGES.get(language)
    if known is not None and known.falls_back_to in texts:
        return texts[known.falls_back_to]  # type: ignore[index]
    return texts.get(DEFAULT_LANGUAGE) or next(iter(texts.values()), "")
