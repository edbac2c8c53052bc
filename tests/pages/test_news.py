"""Does a reader meet what changed first, at most three sentences, and the truth where nothing did?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from analysis.describe import ComparisonFact, ComparisonKind, LineFact, LineKind
from analysis.disclosure import HiddenReason, Shown
from analysis.estimates import Estimate
from analysis.lines import TrendLine, TrendPoint
from analysis.slopes import SlopeKind
from pages.shared.sentences import Teller, list_news
from survey.areas import Area
from survey.definition.model import Dimension
from survey.insight.choice import Choice, Second
from survey.insight.series import Series
from survey.insight.trends import Revised, Trends
from survey.language import speak
from tests.insight.hand_made import make_publication

CHOICE = Choice("invanarupplevelse", "0781", "month", "2025-10", "2026-10")
COUNTY = TrendLine("Kronobergs län", ())


def make_series(
    name: str, kind: LineKind, difference: float = 0.0, *, parts: tuple[str, ...] = (), above: float = 0.0
) -> Series:
    fact = LineFact(kind, "2026-10", 60.0 + difference, "2025-10", 60.0, True, difference, threshold=5)
    lies = ComparisonFact(ComparisonKind.ABOVE, "2026-10", 60.0, 60.0 - above, above) if above else None
    dimension = Dimension(id=name.lower(), text={"sv": name}, parts=parts)
    return Series(dimension, TrendLine("Ljungby", ()), COUNTY, fact, lies)


def make_teller(*series: Series, **more: Any) -> Teller:
    told = {"choice": CHOICE, "county": None, "publication": None} | more
    trends = Trends(area=Area("0781", "Ljungby", "07"), series=series, threshold=5, **told)
    return Teller(speak("sv"), trends, decimals=1, with_interval=False)


def tell(*series: Series) -> list[str]:
    return list_news(make_teller(*series))


def test_the_largest_change_comes_first_and_differences_after_changes() -> None:
    assert tell(
        make_series("Trygghet", LineKind.NO_CLEAR_CHANGE, above=12.0),
        make_series("Samordning", LineKind.HIGHER, 3.0),
        make_series("Kontinuitet", LineKind.LOWER, -8.5),
    ) == [
        "Kontinuitet har minskat med 8,5, från 60,0 (oktober 2025) till 51,5 (oktober 2026).",
        "Samordning har ökat med 3,0, från 60,0 (oktober 2025) till 63,0 (oktober 2026).",
        "Trygghet är 12,0 högre än i Kronobergs län (oktober 2026).",
    ]


def test_there_are_three_sentences_at_most() -> None:
    changed = [make_series(name, LineKind.HIGHER, 5.0) for name in ("Ett", "Tva", "Tre", "Fyra")]
    assert len(tell(*changed)) == 3


def test_a_composite_is_news_once_and_its_parts_are_not() -> None:
    told = tell(
        make_series("Relation", LineKind.HIGHER, 9.0),
        make_series("Kontinuitet", LineKind.HIGHER, 5.0, parts=("relation",)),
    )
    assert told == ["Kontinuitet har ökat med 5,0, från 60,0 (oktober 2025) till 65,0 (oktober 2026)."]


def test_no_clear_change_is_said() -> None:
    assert tell(make_series("Trygghet", LineKind.NO_CLEAR_CHANGE)) == ["Ingen tydlig ändring i Ljungby."]


def test_a_dimension_that_is_no_longer_asked_for_is_no_news() -> None:
    ended = replace(make_series("Trygghet", LineKind.LOWER, -20.0), is_asked=False)
    assert tell(ended, make_series("Samordning", LineKind.NO_CLEAR_CHANGE)) == [
        "Ingen tydlig ändring i Ljungby."
    ]


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        (
            HiddenReason.TOO_FEW,
            "Trygghet: för få svar för att visa (färre än 5). Välj en längre period eller hela länet.",
        ),
        (
            HiddenReason.PROTECTS_ANOTHER,
            "Trygghet: visas inte, för att skydda en annan liten grupp (färre än 5). "
            "Välj en längre period eller hela länet.",
        ),
    ],
)
def test_a_hidden_line_says_the_reason_that_is_true(reason: HiddenReason, told: str) -> None:
    hidden = replace(
        make_series("Trygghet", LineKind.ALL_HIDDEN),
        fact=LineFact(LineKind.ALL_HIDDEN, threshold=5, reason=reason),
    )
    assert make_teller(hidden).tell_line(hidden) == told


def test_the_page_says_its_revision_and_which_periods_were_corrected_and_why() -> None:
    at = datetime(2026, 11, 1, 12, tzinfo=UTC)
    months = ("2026-09", "2026-08", "2026-07", "2026-06")
    revised = tuple(Revised(month, 2, "fel befolkning", at) for month in months)
    teller = make_teller(publication=make_publication(published=at), revised=revised)
    assert teller.tell_published() == "Publicerat till och med oktober 2026, den 2026-11-01. Revision 1."
    assert teller.tell_revised() == (
        "4 perioder är rättade: "
        "september 2026 (revision 2, 2026-11-01: fel befolkning); "
        "augusti 2026 (revision 2, 2026-11-01: fel befolkning); "
        "juli 2026 (revision 2, 2026-11-01: fel befolkning)."
    )
    assert make_teller().tell_revised() == ""


@pytest.mark.parametrize(
    ("second", "county", "told"),
    [
        (Second.UNWEIGHTED, None, "Den prickade linjen är ovägd"),
        (Second.SHRUNK, None, "Den linjen finns bara för kommuner"),
        (Second.ADJUSTED, None, "Den linjen finns bara för kommuner"),
        (Second.SHRUNK, Area("07", "Kronobergs län"), "Den prickade linjen är utjämnad"),
        (Second.ADJUSTED, Area("07", "Kronobergs län"), "Den prickade linjen är justerad"),
    ],
)
def test_a_second_line_is_explained_or_said_not_to_be_there(
    second: Second, county: Area | None, told: str
) -> None:
    teller = make_teller(choice=replace(CHOICE, second=second), county=county)
    assert teller.tell_second().startswith(told)


@pytest.mark.parametrize(
    ("code", "brief"), [("2026-11", "2026-11"), ("2026-Q4", "kv 4\n2026"), ("2026-H2", "hå 2\n2026")]
)
def test_a_period_is_brief_on_the_axis(code: str, brief: str) -> None:
    assert make_teller().tell_period_briefly(code) == brief


def test_hidden_and_no_answers_are_two_sentences() -> None:
    assert tell(make_series("Trygghet", LineKind.ALL_HIDDEN)) == [
        "Inget kan visas för Ljungby: för få svar (färre än 5 per period) eller risk att avslöja en liten "
        "grupp. Välj en längre period eller hela länet."
    ]
    assert tell(make_series("Trygghet", LineKind.NO_ANSWERS)) == [
        "Inga svar från Ljungby under den här tiden. Välj en annan tid eller ett annat område."
    ]


def test_a_short_line_that_rises_is_told_from_its_first_shown_period_to_its_last() -> None:
    shown = [
        TrendPoint("2026-Q1", Shown(Estimate(45, 60.0, 55.0, 65.0))),
        TrendPoint("2026-Q3", Shown(Estimate(45, 66.5, 60.0, 70.0))),
    ]
    plain = make_series("Trygghet", LineKind.HIGHER, 3.0)
    rising = replace(plain, line=TrendLine("Ljungby", tuple(shown)), slope=SlopeKind.RISING)
    assert tell(rising) == [
        "Trygghet har stigit stadigt: från 60,0 (kvartal 1 2026) till 66,5 (kvartal 3 2026)."
    ]
