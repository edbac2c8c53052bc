"""What an indicator from elsewhere looks like in the demonstration: made up, and it says so everywhere."""

from __future__ import annotations

from survey.areas import Areas
from survey.demo.county import seed_numbers
from survey.demo.population import MADE_UP
from survey.indicators.load import load_bytes
from survey.installation import SYSTEM, Installation

YEARS = 4
LEVEL, SPREAD, DRIFT, PASSING = 0.55, 0.06, 0.01, 0.015  # invented; an index of 0 to 1
LOWEST, HIGHEST = 0.05, 0.95
FILE = "demonstration.csv"
ABOUT = (
    "demo_kontinuitet;Kontinuitetsindex för läkarbesök (påhittat);"
    "Continuity index of doctor's visits (made up);index 0–1;higher"
)
SOURCE = f"{MADE_UP};Talen är påhittade och säger ingenting om någon verklig kommun.;kontinuitet"
HEAD = "indicator;name_sv;name_en;unit;direction;area;period;value;source;note;dimension"


def load_made_up(installation: Installation, last_year: int) -> None:
    """Load the made-up indicator of every municipality, through the same door as real ones."""
    load_bytes(installation, FILE, write_file(installation.areas, last_year).encode(), by=SYSTEM)


def write_file(areas: Areas, last_year: int) -> str:
    """The file: a row for each municipality and year, the same each time."""
    rows = [
        f"{ABOUT};{area.code};{year};{value:.2f};{SOURCE}"
        for area in areas.municipalities
        for year, value in make_values(area.code, last_year).items()
    ]
    return "\n".join([HEAD, *rows])


def make_values(area: str, last_year: int) -> dict[int, float]:
    """Invented values of YEARS years."""
    chance = seed_numbers("indicator", area)
    level, drift = chance.normal(LEVEL, SPREAD), chance.normal(0, DRIFT)
    passing = chance.normal(0, PASSING, YEARS)
    return {
        last_year - YEARS + 1 + n: min(max(float(level + drift * n + passing[n]), LOWEST), HIGHEST)
        for n in range(YEARS)
    }
