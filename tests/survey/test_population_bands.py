"""Which bands of age is a population counted in, and is everybody counted in the right one?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.definition.load import load_folder
from survey.errors import SurveyError
from survey.population.bands import GENDERS, Ages, Band, find_bands
from survey.population.load import read_population
from tests.survey.population_files import AGES, NAMES, Office, write
from tests.walks import SURVEYS

BANDS = find_bands(load_folder(SURVEYS))


def test_the_bands_are_those_of_the_surveys_age_question() -> None:
    assert [(band.code, band.ages) for band in BANDS] == [
        ("a15_29", Ages(15, 29)),
        ("a30_44", Ages(30, 44)),
        ("a45_64", Ages(45, 64)),
        ("a65_79", Ages(65, 79)),
        ("a80p", Ages(80, None)),
    ]


def test_surveys_without_bands_or_with_different_ones_cannot_be_counted_by() -> None:
    known = next(one for one in load_folder(SURVEYS) if one.find_key("age_band") is not None)
    with pytest.raises(SurveyError, match="population_bands_missing"):
        find_bands([])
    other = known.model_dump_json().replace("a80p", "a80_99").replace(known.survey, "annan")
    with pytest.raises(SurveyError, match="population_bands_differ"):
        find_bands([known, type(known).model_validate_json(other)])


def test_a_newer_version_of_a_survey_decides_its_bands() -> None:
    known = next(one for one in load_folder(SURVEYS) if one.find_key("age_band") is not None)
    newer = known.model_dump_json().replace("a80p", "a80_99").replace(known.version, "2026-10")
    found = find_bands([type(known).model_validate_json(newer), known])
    assert found[-1] == Band(Ages(80, 99), "a80_99")


@given(st.sets(st.integers(16, 110)))
def test_however_ages_are_cut_within_bands_the_margins_are_the_same(
    quick_office: Office, cuts: set[int]
) -> None:
    starts = sorted({15, 30, 45, 65, 80} | cuts)
    ends = [*(start - 1 for start in starts[1:]), None]
    ages = [Ages(start, end) for start, end in zip(starts, ends, strict=True)]
    rows = [(code, str(one), gender, str(one.low)) for code in NAMES for one in ages for gender in GENDERS]
    file = quick_office.folder / "snitt.csv"
    file.write_text(write(rows), "utf-8")
    found = read_population(file, quick_office.installation.areas, BANDS, year=2025)
    limits = zip(AGES, (15, 30, 45, 65, 80), (29, 44, 64, 79, 110), strict=True)
    sums = {age: sum(start for start in starts if low <= start <= high) for age, low, high in limits}
    assert {(m.area, m.age, m.gender, m.people) for m in found.margins} == {
        (code, age, gender, sums[age]) for code in NAMES for age in AGES for gender in GENDERS
    }
