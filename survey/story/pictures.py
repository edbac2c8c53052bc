"""How is a number of a story drawn: on its scale, over time, and a group beside the others?

The drawings are vectors in the page itself, in the width of a phone, so that their words can be read there;
story.css gives them colours for light and dark.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analysis.chart_marks import MarkKind, Marks
from analysis.disclosure import Shown
from analysis.estimates import Estimate
from analysis.gaps import GapPoint
from analysis.line_picture import PictureSize, PictureWords, draw_line_picture
from analysis.picture_svg import draw_mark, draw_path, draw_text, write_picture
from survey.insight.gaps import GapFigure
from survey.insight.marks import make_marks
from survey.insight.sentences import Teller
from survey.insight.series import Series
from survey.language import Words, pick_text
from survey.story.moves import Line
from survey.story.numbers import Number

WIDTH, TEXT = 360, 13  # pixels; a picture is never drawn wider than half as much again
SIZE = PictureSize(WIDTH, scores=150, text=TEXT)
LEFT, RIGHT = 10.0, 350.0  # where 0 and 100 stand on a scale
LABELLED = (0, 50, 100)
POINT_HEIGHT = 22.0  # of a scale's line below its upper edge
ROW = 40.0  # from one group's line to the next


def draw_scale(words: Words, number: Number, *, name: str, key: str) -> str:
    """A number on its line from 0 to 100, its interval and the year before; empty where it is not shown."""
    if not isinstance(number.cell, Shown):
        return ""
    found = number.cell.value
    drawn = draw_axis(POINT_HEIGHT)
    if number.earlier is not None:
        drawn.append(draw_mark(find_x(number.earlier), POINT_HEIGHT, "compared-point"))
    drawn += draw_estimate(found, POINT_HEIGHT)
    return write_picture(
        drawn,
        width=WIDTH,
        height=POINT_HEIGHT + 28,
        text=TEXT,
        name=f"{key}-scale",
        title=words.say("light.story.scale_title", name=name, mean=words.number(found.mean)),
        described=" ".join(describe_scale(words, number, found)),
    )


def describe_scale(words: Words, number: Number, found: Estimate) -> list[str]:
    """What a scale shows, for those who do not see it."""
    said = [words.say("light.story.scale_text", mean=words.number(found.mean))]
    if found.low is not None and found.high is not None:
        ends = {"low": words.number(found.low), "high": words.number(found.high)}
        said.append(words.say("light.story.scale_interval", **ends))
    if number.earlier is not None:
        said.append(words.say("light.story.scale_earlier", earlier=words.number(number.earlier)))
    return said


def draw_axis(y: float) -> list[str]:
    """A line from 0 to 100 with its numbers below it."""
    drawn = [draw_path([(LEFT, y), (RIGHT, y)], "axis")]
    for score in LABELLED:
        x = find_x(score)
        drawn.append(draw_path([(x, y - 4), (x, y + 4)], "axis"))
        drawn.append(draw_text(str(score), x, y + 6 + TEXT, "number", anchor="middle"))
    return drawn


def draw_estimate(found: Estimate, y: float) -> list[str]:
    """A point with the band of its interval."""
    drawn: list[str] = []
    if found.low is not None and found.high is not None:
        low, high = find_x(found.low), find_x(found.high)
        corners = [(low, y - 6), (high, y - 6), (high, y + 6), (low, y + 6)]
        drawn.append(draw_path(corners, "band", is_closed=True))
    return [*drawn, draw_mark(find_x(found.mean), y, "line-point")]


def find_x(score: float) -> float:
    """Where a score 0-100 stands on a scale."""
    return LEFT + score * (RIGHT - LEFT) / 100


def draw_line(words: Words, line: Line, *, name: str, key: str, told: str) -> str:
    """A dimension's line with all that stands upon it; `told` says what it shows. Empty without a line."""
    if line.series is None or line.trends is None or line.kind is None:
        return ""
    teller = Teller(words, line.trends, decimals=0, with_interval=False)
    say = words.say
    named = PictureWords(
        title=say(f"light.story.line.{line.kind}", name=name),  # keys: light.story.line.*
        described=told,
        interval=say("light.story.key.interval"),
        hidden=say("light.story.key.hidden"),
        hidden_tick=say("light.story.key.hidden_tick"),
        label_tick=lambda code: label_period(words, code),
        write_score=lambda score: words.number(score),
        sign_names={
            MarkKind.BREAK: say("light.story.key.break"),
            MarkKind.REBASE: say("light.story.key.rebase"),
            MarkKind.DONE: say("light.story.key.done"),
        },
    )
    drawn = replace(line.series.line, label=say("light.story.key.line"))
    marks = name_marks(words, keep_current(make_marks(teller, line.series), line.series))
    return draw_line_picture(drawn, words=named, marks=marks, size=SIZE, name=f"{key}-line")


def keep_current(marks: Marks, series: Series) -> Marks:
    """The marks with the signals that hold at the year's end: what passed is no news of the year."""
    current = () if series.change is None else series.change.signal_periods
    return replace(marks, signals=tuple(one for one in marks.signals if one.period in current))


def name_marks(words: Words, marks: Marks) -> Marks:
    """The marks with names that need no explanation."""
    return replace(
        marks,
        centre_name=words.say("light.story.key.centre"),
        limits_name=words.say("light.story.key.limits"),
        up_name=words.say("light.story.key.up"),
        down_name=words.say("light.story.key.down"),
    )


def label_period(words: Words, code: str) -> str:
    """A period in few signs for the axis, its year on a line of its own."""
    year, _, rest = code.partition("-")
    if not rest:
        return year
    if rest[0] in "QH":
        key = "quarter" if rest[0] == "Q" else "half"
        briefly = words.say(f"light.story.brief_{key}", number=rest[1])  # keys: light.story.brief_*
    else:
        briefly = words.month_briefly(code).rpartition(" ")[0]
    return f"{briefly}\n{year}"


def draw_gap(words: Words, figure: GapFigure, *, key: str) -> str:
    """A group's number above the others', each on its line; empty where either is not shown."""
    now = figure.measured.now
    if now is None or not isinstance(now.group, Shown) or not isinstance(now.others, Shown):
        return ""
    name = pick_text(figure.group.text, words.language.code)
    rows = [(name, now.group.value), (words.say("light.story.gap_others"), now.others.value)]
    return write_picture(
        draw_rows(words, rows),
        width=WIDTH,
        height=2 * ROW + 30,
        text=TEXT,
        name=f"{key}-{figure.group.id}",
        title=name,
        described=describe_gap(words, now, name),
    )


def draw_rows(words: Words, rows: Sequence[tuple[str, Estimate]]) -> list[str]:
    """Named numbers under each other; the last line has the numbers of the scale."""
    drawn: list[str] = []
    for place, (name, found) in enumerate(rows):
        y = place * ROW + 32
        told = f"{name} {words.number(found.mean)}"
        drawn.append(draw_text(told, LEFT, y - 12, "name"))
        is_last = place == len(rows) - 1
        drawn += draw_axis(y) if is_last else [draw_path([(LEFT, y), (RIGHT, y)], "grid")]
        drawn += draw_estimate(found, y)
    return drawn


def describe_gap(words: Words, now: GapPoint, name: str) -> str:
    """What a gap's picture shows, for those who do not see it."""
    means = [one.value.mean if isinstance(one, Shown) else 0.0 for one in (now.group, now.others)]
    mean, other = (words.number(one) for one in means)
    return words.say("light.story.gap_text", group=name, mean=mean, other=other)
