"""Lines, words and numbers that the tests of descriptions, charts and tables share."""

from analysis.charts import ChartWords
from analysis.disclosure import Hidden, HiddenReason, NoAnswers, Shown
from analysis.estimates import Estimate
from analysis.lines import SecondLine, TrendLine, TrendPoint
from analysis.tables import TableWords

FEW = Hidden(HiddenReason.TOO_FEW, 10)
PROTECTING = Hidden(HiddenReason.PROTECTS_ANOTHER, 10)
NONE = NoAnswers()


def show_mean(mean, *, n=50, half=4.0, sd=20.0):
    """A shown cell with an interval of `half` points on either side."""
    return Shown(Estimate(n, mean, mean - half, mean + half, sd))


def make_line(label="Ljungby", /, **cells):
    """A line with a cell for each period; a period is written p2026_11 or p2026_Q4."""
    return TrendLine(label, tuple(TrendPoint(key[1:].replace("_", "-"), cell) for key, cell in cells.items()))


def make_second(**means):
    """A second line with a mean for each period that it is known in."""
    return SecondLine("Ovägt", {key[1:].replace("_", "-"): mean for key, mean in means.items()})


def say_hidden(cell):
    return f"färre än {cell.threshold}" if cell.reason is HiddenReason.TOO_FEW else "skyddar annan"


def label_period(code):
    return f"[{code}]"


def label_tick(code):
    return code


CHART_WORDS = ChartWords(
    axis="Poäng 0-100",
    interval="95 % intervall",
    hidden="För få svar",
    hidden_tick="dolt",
    hover="{period}: {mean} ({low} till {high}), {n} svar",
    hover_plain="{period}: {mean}, {n} svar",
    hover_second="{period}: {mean}",
    label_period=label_period,
    label_tick=label_tick,
    say_hidden=say_hidden,
)
TABLE_WORDS = TableWords(
    period="Månad",
    low="Från",
    high="Till",
    n="Svar",
    no_answers="inga svar",
    no_interval="saknas",
    not_known="inte känt",
    label_period=label_period,
    say_hidden=say_hidden,
)
