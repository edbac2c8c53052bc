"""How a text, a number or a date is said in the reader's language."""

from __future__ import annotations

import gettext
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from survey.errors import SurveyError, list_errors

CATALOGUES = Path(__file__).parent.parent / "locales"
DEFAULT_LANGUAGE = "sv"


@dataclass(frozen=True)
class Language:
    """A language the product can be read in. `code` is BCP 47, `locale` a locale that Babel knows.

    A translated language is there for residents only, and falls back where a text is not translated.
    """

    code: str
    name: str
    locale: str
    direction: str = "ltr"
    falls_back_to: str | None = None
    is_translated: bool = False


def translate_to(code: str, name: str, direction: str = "ltr") -> Language:
    """A language that texts for residents are translated to from the Swedish."""
    return Language(code, name, code, direction, falls_back_to=DEFAULT_LANGUAGE, is_translated=True)


# Whoever looks for their own finds it by how it looks: Latin letters by the alphabet, then the others.
LANGUAGES: Mapping[str, Language] = {
    "sv": Language("sv", "Svenska", "sv_SE"),
    "sv-x-lattlast": Language("sv-x-lattlast", "Lättläst svenska", "sv_SE", falls_back_to="sv"),
    "en": Language("en", "English", "en_GB"),
    "de": translate_to("de", "Deutsch"),
    "pl": translate_to("pl", "Polski"),
    "so": translate_to("so", "Soomaali"),
    "fi": translate_to("fi", "Suomi"),
    "uk": translate_to("uk", "Українська"),
    "ar": translate_to("ar", "العربية", "rtl"),
    "fa": translate_to("fa", "فارسی", "rtl"),
    "ti": translate_to("ti", "ትግርኛ"),
}
# The languages that the whole service can be read in, also by those who work with it.
WHOLE_LANGUAGES: Mapping[str, Language] = {
    code: one for code, one in LANGUAGES.items() if not one.is_translated
}


class Translations(Protocol):
    """The part of a gettext catalogue that is used here."""

    def gettext(self, message: str) -> str: ...
    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str: ...


def find_catalogue(code: str) -> Path:
    """The file of a language's catalogue."""
    return CATALOGUES / code.replace("-", "_") / "LC_MESSAGES" / "messages.po"


@lru_cache(maxsize=32)
def load_catalogue(code: str) -> Translations:
    """The gettext catalogue of a language, compiled in memory from its .po file.

    A language that falls back (easy-to-read Swedish) gets the other's texts where it has none.
    """
    with find_catalogue(code).open("rb") as source:
        catalogue = compile_catalogue(read_po(source, locale=LANGUAGES[code].locale))
    fallback = LANGUAGES[code].falls_back_to
    if fallback is not None:
        catalogue.add_fallback(load_catalogue(fallback))  # type: ignore[arg-type]
    return catalogue


def add_texts(language: Language, texts: Mapping[str, tuple[str, ...]]) -> Translations:
    """The catalogue of a language with other texts for some of its keys."""
    changed = Catalog(locale=language.locale)
    for key, forms in texts.items():
        is_counted = len(forms) > 1
        changed.add((key, key) if is_counted else key, forms if is_counted else "".join(forms))
    catalogue = compile_catalogue(changed)
    catalogue.add_fallback(load_catalogue(language.code))  # type: ignore[arg-type]
    return catalogue


def compile_catalogue(catalogue: Catalog) -> gettext.GNUTranslations:
    """A catalogue as gettext reads it, compiled in memory."""
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@dataclass(frozen=True)
class Translated:
    """What people have made of a language's drafted texts.

    `texts` holds every form of each text that was changed, by its key; it is said instead of the catalogue's.
    """

    texts: Mapping[str, tuple[str, ...]]
    is_reviewed: bool


class Words:
    """The texts of one language, with the values put in."""

    def __init__(self, language: str = DEFAULT_LANGUAGE, translated: Translated | None = None) -> None:
        self.language = LANGUAGES.get(language, LANGUAGES[DEFAULT_LANGUAGE])
        self.is_reviewed = translated.is_reviewed if translated else not self.language.is_translated
        shipped = load_catalogue(self.language.code)
        changed = translated.texts if translated else None
        self._catalogue = add_texts(self.language, changed) if changed else shipped
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
        facts = {name: self.say_fact(value) for name, value in error.facts.items()}
        return self.say(f"error.{error.code}", **facts)

    def say_fact(self, value: object) -> object:
        """A fact of an error as a sentence has it: a whole number with its signs, errors as sentences."""
        if isinstance(value, int):
            return self.number(value)
        several = list_errors(value)
        return " ".join(map(self.explain, several)) if several else value

    def number(self, value: float, decimals: int = 0) -> str:
        """1234.5 as 1 234,5 in Swedish (with no-break spaces), rounded half to even; -1 with a minus sign."""
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        written = format_decimal(round(value, decimals) + 0.0, format=pattern, locale=self._locale)
        return written.replace("-", "\N{MINUS SIGN}")

    def day(self, day: date) -> str:
        """A date as 2026-11-21 in Swedish, 21 Nov 2026 in English, 21. November 2026 in German."""
        if self.language.locale == "sv_SE":
            return day.isoformat()
        return format_date(day, "long" if self.language.is_translated else "medium", locale=self._locale)

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

    def listing(self, names: Iterable[str]) -> str:
        """Names as people list them: one, two and three; empty for none."""
        return format_list(list(names), locale=self._locale)


_spoken: dict[str, Words] = {}


def speak(language: str) -> Words:
    """The words of a language; Swedish where the language is not known."""
    code = language if language in LANGUAGES else DEFAULT_LANGUAGE
    found = _spoken.get(code)
    if found is None:
        found = _spoken[code] = Words(code)
    return found


def say_instead(language: str, translated: Translated) -> None:
    """From now on a language is spoken as people have changed and reviewed it."""
    _spoken[language] = Words(language, translated)


def pick_text(texts: Mapping[str, str], language: str) -> str:
    """A survey's own text in the reader's language, else in the one it falls back to, else Swedish."""
    return texts.get(pick_language(texts, language), "")


def pick_language(texts: Mapping[str, str], language: str) -> str:
    """Which language pick_text finds a text in; the reader's own where there is no text at all."""
    known = LANGUAGES.get(language)
    order = (language, known.falls_back_to if known else None, DEFAULT_LANGUAGE)
    return next((code for code in order if code and texts.get(code)), next(iter(texts), language))
