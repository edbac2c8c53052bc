"""Does a reader meet what changed first, at most three sentences, and the truth where nothing did?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from analysis.control.judge import ChartKind, classify, judge_series
from analysis.describe import ComparisonFact, ComparisonKind, LineFact, LineKind
from analysis.disclosure import Hidden, HiddenReason, Shown
from analysis.estimates import Estimate
from analysis.lines import TrendLine, TrendPoint
from analysis.slopes import SlopeKind
from survey.areas import Area
from survey.definition.model import Dimension
from survey.insight.advice import Advice
from survey.insight.choice import Choice, Second
from survey.insight.judged import JudgedLine, Start, StartKind
from survey.insight.measured import Figure
from survey.insight.news import list_news
from survey.insight.sentences import Teller
from survey.insight.series import Series
from survey.insight.trends import Revised, Trends
from survey.language import speak
from tests.insight.hand_made import make_publication
from tests.insight.monthly import list_months

CHOICE = Choice("invanarupplevelse", "0781", "month", "2025-10", "2026-10")
COUNTY = TrendLine("Kronobergs län", ())


def make_line(*cells: object) -> TrendLine:
    """Months until October 2026."""
    months = list_months(len(cells))
    return TrendLine("Ljungby", tuple(map(TrendPoint, months, cells)))  # type: ignore[arg-type]


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
            "Trygghet: för få svar för att visa (färre än 5).",
        ),
        (
            HiddenReason.PROTECTS_ANOTHER,
            "Trygghet: visas inte, för att skydda en annan liten grupp (färre än 5).",
        ),
    ],
)
def test_a_hidden_line_says_the_reason_that_is_true(reason: HiddenReason, told: str) -> None:
    hidden = replace(
        make_series("Trygghet", LineKind.ALL_HIDDEN),
        fact=LineFact(LineKind.ALL_HIDDEN, threshold=5, reason=reason),
    )
    assert make_teller(hidden).tell_line(hidden) == told
    longer = replace(hidden, advice=Advice.LONGER)
    assert make_teller(hidden).tell_line(longer) == f"{told} Välj en längre period för att se mer."


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


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        (LineKind.CHANCE, "Skillnaden är inte större än vad slumpen ger."),
        (LineKind.ON_TRIAL, "Det är för få mätningar för att säga om något har ändrats."),
        (LineKind.FEW_ANSWERS, "Det är för få svar för att säga om något har ändrats."),
    ],
)
def test_a_difference_that_may_not_be_claimed_is_no_news_and_the_line_says_why(
    kind: LineKind, told: str
) -> None:
    far = make_series("Trygghet", kind, -16.6)
    assert tell(far) == ["Ingen tydlig ändring i Ljungby."]
    teller = make_teller(far)
    teller.with_interval = True
    fact = replace(far.fact, low=-25.6, high=-7.6)
    assert teller.tell_line(replace(far, fact=fact)) == (
        f"Trygghet är 43,4 (oktober 2026), mot 60,0 i oktober 2025. {told}"
    )


def test_what_was_so_before_a_hidden_period_is_no_news() -> None:
    """The newest month is hidden: neither a change nor a difference of an older one leads."""
    hidden = Hidden(HiddenReason.TOO_FEW, 5)
    line = make_line(Shown(Estimate(45, 60.0, 55.0, 65.0)), Shown(Estimate(45, 60.0, 55.0, 65.0)), hidden)
    plain = make_series("Trygghet", LineKind.HIGHER, 5.0, above=12.0)
    old = replace(plain.fact, period="2026-09"), replace(plain.comparison, period="2026-09")  # type: ignore[type-var]
    assert tell(replace(plain, line=line, fact=old[0], comparison=old[1])) == [
        "Den senaste perioden i Ljungby, oktober 2026, är dold: för få svar (färre än 5) eller risk att "
        "avslöja en liten grupp. Äldre perioder står i diagrammen."
    ]


def test_an_interval_has_the_direction_that_its_sentence_says() -> None:
    lower = make_series("Trygghet", LineKind.LOWER, -16.6)
    teller = make_teller(lower)
    teller.with_interval = True
    fact = replace(lower.fact, low=-25.6, high=-7.6)
    assert teller.tell_fact(replace(lower, fact=fact)).endswith(
        "Skillnaden ligger troligen mellan 7,6 och 25,6."
    )


def test_a_line_with_one_chosen_period_says_that_there_are_others() -> None:
    one = make_series("Trygghet", LineKind.ONE_CHOSEN)
    assert make_teller(one).tell_line(one) == (
        "Trygghet är 60,0 (oktober 2026). Välj en längre tid för att jämföra med hur det var förut."
    )


def test_of_shares_it_is_said_that_it_is_the_share_that_does_not_change() -> None:
    share = make_series("Trygghet", LineKind.NO_CLEAR_CHANGE)
    told = list_news(make_teller(share, choice=replace(CHOICE, figure=Figure.SHARE)))
    assert told[0].startswith("Ingen tydlig ändring av andelen höga svar i Ljungby.")


def test_a_new_level_that_somebody_decided_is_told_against_the_old() -> None:
    means: list[float | None] = [54.0, 55.0, 53.0] * 4 + [63.0, 64.0, 62.0] * 2
    months = list_months(len(means))
    starts = (Start(months[12], StartKind.REBASE, "Fast kontakt"),)
    judged = judge_series(means, chart=ChartKind.XMR, starts=[12])
    change = JudgedLine(tuple(months), judged, classify(judged), starts)
    plain = make_series("Kontinuitet", LineKind.NO_CLEAR_CHANGE)
    based = replace(plain, change=change, fact=replace(plain.fact, mean=62.0))
    other = make_series("Trygghet", LineKind.NO_CLEAR_CHANGE)
    assert tell(based, other) == [
        "Kontinuitet har en ny nivå: 63,0 sedan maj 2026, förut 54,0. Senast 62,0 (oktober 2026)."
    ]
    broken = replace(change, starts=(Start(months[12], StartKind.BREAK, "2026-2"),))
    assert tell(replace(based, change=broken)) == ["Ingen tydlig ändring i Ljungby."]
    few = judge_series(means[:17], chart=ChartKind.XMR, starts=[12])
    early = replace(change, codes=tuple(months[:17]), judged=few, finding=classify(few))
    assert tell(replace(based, change=early)) == ["Ingen tydlig ändring i Ljungby."]


def test_hidden_and_no_answers_are_two_sentences() -> None:
    assert tell(make_series("Trygghet", LineKind.ALL_HIDDEN)) == [
        "Inget kan visas för Ljungby: för få svar (färre än 5 per period) eller risk att avslöja en liten "
        "grupp."
    ]
    county = replace(make_series("Trygghet", LineKind.ALL_HIDDEN), advice=Advice.COUNTY)
    assert tell(county)[0].endswith("liten grupp. Välj hela länet för att se mer.")
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
    assert tell(rising) == ["Trygghet stiger på sikt: från 60,0 (kvartal 1 2026) till 66,5 (kvartal 3 2026)."]
