"""Is it said how each number was made: weighted to whom or why not, from how many, in which revision?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from analysis.describe import LineFact, LineKind
from analysis.lines import TrendLine
from analysis.weights import WeightMethod
from pages.shared.how_computed import tell_computed, tell_reliability
from survey.areas import Area
from survey.definition.model import Dimension
from survey.insight.choice import Choice, Second
from survey.insight.computed import Computed, ScaleReliability, WhyUnweighted
from survey.insight.sentences import Teller
from survey.insight.series import Series
from survey.insight.trends import Trends
from survey.language import speak
from survey.store.populations import PopulationSource
from survey.store.publications import Reliability
from tests.insight.hand_made import make_publication

WORDS = speak("sv")
CHOICE = Choice("invanarupplevelse", "0781", "month", "2025-10", "2026-10")
MARGINS = PopulationSource(2025, "SCB", "0" * 64, datetime(2026, 2, 1, tzinfo=UTC))
COMPUTED = Computed(
    period="2026-10",
    n=45,
    n_effective=35,
    largest_weight=2.4,
    weighting=WeightMethod.POST_STRATIFIED,
    why_unweighted=None,
    margins=MARGINS,
    publication=make_publication(published=datetime(2026, 11, 1, 12, tzinfo=UTC)),
    versions=("2026-1",),
    threshold=10,
)
HELHET = Dimension(id="helhet", text={"sv": "Helhet"})
SERIES = Series(HELHET, TrendLine("Ljungby", ()), None, LineFact(LineKind.NO_ANSWERS), None)


def tell(computed: Computed, *, decimals: int = 0, second: Second = Second.NONE) -> list[str]:
    area, county = Area("0781", "Ljungby", "07"), Area("07", "Kronobergs län")
    trends = Trends(replace(CHOICE, second=second), area, county, (), None, 10)
    teller = Teller(WORDS, trends, decimals=decimals, with_interval=False)
    return list(tell_computed(teller, SERIES, computed))


def test_a_weighted_number_is_told_from_its_answers_to_its_revision() -> None:
    assert tell(COMPUTED) == [
        "Helhet är medelvärdet av svaren på sina frågor, omräknat till 0–100 där 100 är bäst.",
        "45 svar i oktober 2026, avrundat till närmaste femtal.",
        "Vägt efter ålder och kön (efterstratifierat): varje grupp räknas så mycket som den är stor bland "
        "dem som bor i området.",
        "Befolkningstal för 2025. Källa: SCB.",
        "De vägda svaren ger lika säker kunskap som 35 ovägda (effektivt antal). Den som väger mest räknas "
        "som 2,4 personer.",
        "Intervallet är ett 95 % konfidensintervall (linjäriserad varians, t-fördelning). Det visar hur "
        "mycket talet kan bero på vilka som råkade svara.",
        "Talet visas för att minst 10 personer har svarat, och för att det inte avslöjar en mindre grupp.",
        "Talet är avrundat till heltal.",
        "Enkätens version: 2026-1.",
        "Publicerat med oktober 2026, den 2026-11-01. Metod 2026-2, program 0.2.0 abc.",
        "Revision 1, inte rättad.",
    ]


@pytest.mark.parametrize("why", WhyUnweighted)
def test_an_unweighted_number_says_so_and_why_and_speaks_of_no_weights(why: WhyUnweighted) -> None:
    told = tell(replace(COMPUTED, weighting=WeightMethod.NONE, why_unweighted=why, margins=None))
    assert [one for one in told if one.startswith("Ovägt: ")]
    assert not [one for one in told if "effektivt antal" in one or one.startswith("Befolkningstal")]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"weighting": WeightMethod.RAKED}, "(rakat)"),
        (
            {"publication": make_publication(revision=2, reason="Fel befolkning")},
            "Revision 2, rättad: Fel befolkning.",
        ),
        ({"versions": ("2026-1", "2026-2")}, "Enkätens version: 2026-1, 2026-2."),
    ],
)
def test_what_differs_is_told(changes: dict[str, Any], told: str) -> None:
    assert told in " ".join(tell(replace(COMPUTED, **changes)))


def test_the_rounding_and_the_second_line_are_the_readers_own() -> None:
    told = tell(COMPUTED, decimals=1, second=Second.SHRUNK)
    assert "Talet är avrundat till en decimal." in told
    assert [one for one in told if one.startswith("Den prickade linjen är utjämnad")]


RELIABILITY = Reliability(1, "runda", "helhet", 4, 145, 0.84, 0.8, 0.873, 0.86, 0.85, 0.62, 210)


def test_reliability_is_told_with_its_interval_and_what_a_municipality_needs() -> None:
    assert list(tell_reliability(WORDS, (ScaleReliability("Höst 2026", RELIABILITY),))) == [
        "Hur bra frågorna mäter samma sak (0–1, Höst 2026, 145 svar): alfa 0,84 (0,80–0,87); "
        "ordinal alfa 0,86; omega 0,85; att skilja kommuner åt 0,62 (kommunen i mitten).",
        "För att skiljas från andra kommuner med säkerheten 0,70 behöver en kommun 210 svar.",
    ]


def test_a_coefficient_that_is_not_known_is_left_out_and_none_is_said_to_be_unknown() -> None:
    some = replace(RELIABILITY, ordinal_alpha=None, omega=None, unit_reliability=None, n_needed=None)
    none = replace(some, alpha=None, alpha_low=None, alpha_high=None)
    told = [list(tell_reliability(WORDS, (ScaleReliability("Höst", one),))) for one in (some, none)]
    assert told == [
        ["Hur bra frågorna mäter samma sak (0–1, Höst, 145 svar): alfa 0,84 (0,80–0,87)."],
        ["Hur bra frågorna mäter samma sak (0–1, Höst, 145 svar): Inte känt."],
    ]
    (nothing,) = tell_reliability(WORDS, ())
    assert nothing.startswith("Hur bra frågorna mäter samma sak är inte mätt än")
