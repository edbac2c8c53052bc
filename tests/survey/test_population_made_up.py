"""Does the made-up county have people of every kind in every municipality?"""

from __future__ import annotations

from collections.abc import Sequence

from survey.areas import read_sweden
from survey.demo.population import MADE_UP, make_population
from survey.population.load import keep_population
from survey.store.populations import Margin
from tests.survey.population_files import AGES, Office


def test_the_made_up_county_has_people_of_every_kind_everywhere_and_is_the_same_each_time(
    office: Office,
) -> None:
    areas = read_sweden(("07", "08"))
    made = make_population(areas)
    assert made == make_population(areas)
    assert {(m.area, m.age, m.gender) for m in made} == {
        (area.code, age, gender)
        for area in areas.municipalities
        for age in AGES
        for gender in ("woman", "man")
    }
    assert min(margin.people for margin in made) > 100
    residents = sum(area.residents or 0 for area in areas.municipalities)
    assert 0.8 < sum(margin.people for margin in made) / residents < 0.85
    keep_population(office.installation, made, year=2025, source=MADE_UP, by="test")
    found = office.find(2025)
    assert found is not None
    assert (found.source.source, found.margins) == (MADE_UP, made)


def test_small_made_up_municipalities_are_older_than_large_ones() -> None:
    made = make_population(read_sweden(("07", "08")))
    assert share_of_oldest(made, "0821") > share_of_oldest(made, "0780")


def share_of_oldest(made: Sequence[Margin], area: str) -> float:
    mine = [margin for margin in made if margin.area == area]
    return sum(m.people for m in mine if m.age == "a80p") / sum(m.people for m in mine)
