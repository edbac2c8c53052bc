"""Which ages and genders a text in a file stands for, and which bands of the survey hold them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from survey.definition.model import Definition
from survey.errors import SurveyError

AGE_KEY = "age_band"  # the key of the question whose codes are the bands
WOMAN, MAN = "woman", "man"
GENDERS = (WOMAN, MAN)  # the two that Statistics Sweden counts

_BAND_CODE = re.compile(r"a(\d{1,3})(?:_(\d{1,3})|(p))")
_AGES = re.compile(r"(\d{1,3})(?:-(?:(\d{1,3})|(w))|(\+| eller äldre| och äldre| or older| and over))?")
_UNIT = re.compile(r" ?\b(?:år|years|year)\b")
_DASHES = str.maketrans({"–": "-", "—": "-", "‒": "-", "−": "-"})
_ALL_AGES = frozenset({"totalt", "totalt ålder", "samtliga", "samtliga åldrar", "total", "total age", "tot"})
_GENDERS = {
    WOMAN: frozenset({"woman", "women", "kvinna", "kvinnor", "female", "2"}),
    MAN: frozenset({"man", "men", "män", "male", "1"}),
}
_BOTH = frozenset(
    {"totalt", "totalt kön", "total", "män och kvinnor", "kvinnor och män", "men and women", "tot", "1+2"}
)


class Total(Enum):
    """A text that stands for everybody together, which is left out."""

    EVERYBODY = "everybody"


@dataclass(frozen=True)
class Ages:
    """Whole years, both ends included; `high` is None when there is no upper end."""

    low: int
    high: int | None = None

    def covers(self, other: Ages) -> bool:
        """Whether every age of the other is one of these."""
        return self.low <= other.low and (
            self.high is None or (other.high is not None and other.high <= self.high)
        )

    def meets(self, other: Ages) -> bool:
        """Whether they have an age in common."""
        return (self.high is None or other.low <= self.high) and (
            other.high is None or self.low <= other.high
        )

    def __str__(self) -> str:
        if self.high is None:
            return f"{self.low}+"
        return str(self.low) if self.low == self.high else f"{self.low}-{self.high}"


@dataclass(frozen=True)
class Band:
    """One of the age bands that people tell in the survey, as its code says: a15_29, a80p."""

    ages: Ages
    code: str


Bands = tuple[Band, ...]


def read_bands(definition: Definition) -> Bands:
    """The bands of a survey's age question, the youngest first; codes that name no ages are none."""
    question = definition.find_key(AGE_KEY)
    codes = [option.code for option in question.options] if question is not None else []
    found = [(code, _BAND_CODE.fullmatch(code)) for code in codes]
    bands = [Band(Ages(int(m[1]), None if m[3] else int(m[2])), code) for code, m in found if m]
    return tuple(sorted(bands, key=lambda band: band.ages.low))


def find_bands(definitions: Iterable[Definition]) -> Bands:
    """The bands that the surveys of an installation share, each survey in its newest version.

    Raises SurveyError population_bands_missing when no survey asks for age in bands, and
    population_bands_differ when two do so differently: margins are counted once for all.
    """
    newest: dict[str, tuple[tuple[int, ...], Bands]] = {}
    for definition in definitions:
        version = tuple(int(part) for part in definition.version.split("-"))
        bands = read_bands(definition)
        if bands and version >= newest.get(definition.survey, ((), bands))[0]:
            newest[definition.survey] = (version, bands)
    found = {bands for _, bands in newest.values()}
    if not found:
        raise SurveyError("population_bands_missing")
    if len(found) > 1:
        raise SurveyError("population_bands_differ", surveys=", ".join(sorted(newest)))
    return found.pop()


def read_ages(text: str, bands: Sequence[Band]) -> Ages | Total | None:
    """The ages of a text: a band's code, 15 år, 15-19 år, 85+ år, 80 år eller äldre. None when it is none."""
    for band in bands:
        if text == band.code:
            return band.ages
    plain = _UNIT.sub("", text.casefold().translate(_DASHES)).strip()
    plain = plain.replace(" - ", "-").replace(" +", "+")
    if text.casefold() in _ALL_AGES:
        return Total.EVERYBODY
    match = _AGES.fullmatch(plain)
    if match is None:
        return None
    low, high = int(match[1]), int(match[2] or match[1])
    if match[3] or match[4]:
        return Ages(low)
    return Ages(low, high) if low <= high else None


def read_gender(text: str) -> str | Total | None:
    """The survey's code of a gender; 1 and 2 are Statistics Sweden's codes. None when it is none."""
    plain = text.casefold()
    if plain in _BOTH:
        return Total.EVERYBODY
    return next((code for code, words in _GENDERS.items() if plain in words), None)


def find_band(ages: Ages, bands: Sequence[Band]) -> Band | None:
    """The band that holds all of the ages, None when none does."""
    return next((band for band in bands if band.ages.covers(ages)), None)


def list_parts(ages: Ages, bands: Sequence[Band]) -> tuple[str, ...]:
    """What the ages reach into, youngest first: codes of bands, and ages below or above them all."""
    youngest, oldest = bands[0].ages, bands[-1].ages
    below = (f"0-{youngest.low - 1}",) if ages.low < youngest.low else ()
    inside = tuple(band.code for band in bands if band.ages.meets(ages))
    reaches_above = oldest.high is not None and (ages.high is None or ages.high > oldest.high)
    return (*below, *inside, *((f"{(oldest.high or 0) + 1}+",) if reaches_above else ()))
