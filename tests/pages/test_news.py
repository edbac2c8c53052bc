"""Does a reader meet what changed first, at most three sentences, and the truth where nothing did?"""

from __future__ import annotations

from analysis.describe import ComparisonFact, ComparisonKind, LineFact, LineKind
from analysis.lines import TrendLine
from pages.shared.sentences import Teller, list_news
from survey.areas import Area
from survey.definition.model import Dimension
from survey.insight.trends import Choice, Series, Trends
from survey.language import speak

CHOICE = Choice("invanarupplevelse", "0781", "month", "2025-10", "2026-10")
COUNTY = TrendLine("Kronobergs län", ())


def make_series(
    name: str, kind: LineKind, difference: float = 0.0, *, parts: tuple[str, ...] = (), above: float = 0.0
) -> Series:
    fact = LineFact(kind, "2026-10", 60.0 + difference, "2025-10", 60.0, True, difference, threshold=5)
    lies = ComparisonFact(ComparisonKind.ABOVE, "2026-10", 60.0, 60.0 - above, above) if above else None
    dimension = Dimension(id=name.lower(), text={"sv": name}, parts=parts)
    return Series(dimension, TrendLine("Ljungby", ()), COUNTY, fact, lies)


def tell(*series: Series) -> list[str]:
    trends = Trends(CHOICE, Area("0781", "Ljungby", "07"), None, series, None, 5)
    return list_news(Teller(speak("sv"), trends, decimals=1, with_interval=False))


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


def test_hidden_and_no_answers_are_two_sentences() -> None:
    assert tell(make_series("Trygghet", LineKind.ALL_HIDDEN)) == [
        "För få svar för att visa Ljungby (färre än 5 per period). Välj en längre period eller hela länet."
    ]
    assert tell(make_series("Trygghet", LineKind.NO_ANSWERS)) == [
        "Inga svar från Ljungby under den här tiden. Välj en annan tid eller ett annat område."
    ]
