"""The tables of groups hold what their charts hold, and say what is hidden."""

from analysis.disclosure import Hidden, HiddenReason, NoAnswers, Shown
from analysis.estimates import Estimate
from analysis.gaps import measure_gap
from analysis.group_rows import GroupTableWords, TableValue, make_gap_rows, make_value_rows

FEW = Hidden(HiddenReason.TOO_FEW, 30)
WORDS = GroupTableWords(
    period="Period",
    others="Övriga",
    gap="Skillnad",
    mean="Helhet",
    share="Andel",
    low="Nedre",
    high="Övre",
    n="Antal",
    no_answers="Inga svar",
    no_interval="Inget intervall",
    not_known="Inte känt",
    label_period=lambda code: f"halvår {code}",
    say_hidden=lambda cell: f"färre än {cell.threshold}",
)
GROUP = Shown(Estimate(100, 50.0, 46.0, 54.0, 20.0))
OTHERS = Shown(Estimate(400, 60.0, 58.0, 62.0, 20.0))


def test_a_gap_has_a_row_for_each_half_year_with_what_it_is_made_of():
    points = [measure_gap("2026-H1", GROUP, OTHERS, 0), measure_gap("2026-H2", FEW, OTHERS, 0)]
    assert make_gap_rows("Behov", points, words=WORDS, show=str) == [
        ("Period", "Behov", "Antal", "Övriga", "Antal (Övriga)", "Skillnad", "Nedre", "Övre"),
        ("halvår 2026-H1", "50.0", "100", "60.0", "400", "-10.0", "-15.0", "-5.0"),
        ("halvår 2026-H2", "färre än 30", "", "60.0", "400", "", "", ""),
    ]


def test_a_gap_without_an_interval_says_so():
    alone = Shown(Estimate(30, 50.0, None, None, None))
    (_, row) = make_gap_rows("Behov", [measure_gap("2026-H1", alone, OTHERS, 0)], words=WORDS, show=str)
    assert row[-3:] == ("-10.0", "Inget intervall", "Inget intervall")


def test_values_have_their_share_mean_interval_and_number():
    values = [
        TableValue("Själv", OTHERS, "72 %"),
        TableValue("Med hjälp", GROUP, None),
        TableValue("Närstående", FEW, None),
        TableValue("Anhörig", NoAnswers(), None),
    ]
    assert make_value_rows("Vem", values, words=WORDS, show=str) == [
        ("Vem", "Andel", "Helhet", "Nedre", "Övre", "Antal"),
        ("Själv", "72 %", "60.0", "58.0", "62.0", "400"),
        ("Med hjälp", "Inte känt", "50.0", "46.0", "54.0", "100"),
        ("Närstående", "", "färre än 30", "", "", ""),
        ("Anhörig", "", "Inga svar", "", "", ""),
    ]
