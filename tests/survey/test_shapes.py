"""Does every municipality in Sweden have its boundary, and a tile of its own in its county?"""

from __future__ import annotations

import pytest

from survey.areas import Area, read_sweden
from survey.areas.shapes import find_boundaries, find_tiles

COUNTIES = tuple(f"{number:02}" for number in range(1, 26) if number not in (2, 11, 15, 16))
SWEDEN = read_sweden(COUNTIES)
LONGITUDES, LATITUDES = (10.5, 24.5), (55.0, 69.5)  # degrees, around Sweden


def test_every_municipality_has_closed_boundaries_within_sweden() -> None:
    found = find_boundaries(SWEDEN.municipalities)
    assert set(found) == {one.code for one in SWEDEN.municipalities}
    for ring in (ring for rings in found.values() for ring in rings):
        assert len(ring) >= 4 and ring[0] == ring[-1]
        assert all(LONGITUDES[0] < x < LONGITUDES[1] and LATITUDES[0] < y < LATITUDES[1] for x, y in ring)


@pytest.mark.parametrize("county", COUNTIES)
def test_a_county_has_a_tile_for_each_municipality_from_the_corner_on(county: str) -> None:
    municipalities = SWEDEN.within(county)
    tiles = find_tiles(municipalities)
    assert set(tiles) == {one.code for one in municipalities}
    assert len(set(tiles.values())) == len(municipalities)
    assert min(column for column, _ in tiles.values()) == min(row for _, row in tiles.values()) == 0


def test_two_counties_whose_grids_were_made_together_have_one_grid() -> None:
    both = (*SWEDEN.within("07"), *SWEDEN.within("08"))
    tiles = find_tiles(both)
    assert len(set(tiles.values())) == len(both) == 20
    assert tiles["0780"] == (2, 3)


def test_counties_whose_grids_overlap_have_none() -> None:
    assert find_tiles(SWEDEN.municipalities) == {}


@pytest.mark.parametrize("parent", [None, "", "07", "99", "../areas/tiles", "07.json"])
def test_areas_of_an_installations_own_have_neither(parent: str | None) -> None:
    own = Area("x1", "Östra", parent)
    assert find_boundaries([own]) == {}
    assert find_tiles([own]) == {}
    assert find_tiles([own, SWEDEN.find("0780")]) == {}


def test_no_areas_have_neither() -> None:
    assert find_boundaries([]) == {} and find_tiles([]) == {}
