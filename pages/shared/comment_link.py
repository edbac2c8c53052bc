"""The way from a line to what people wrote in the same area and period."""

from __future__ import annotations

from analysis.disclosure import Shown
from pages.shared.frame import Frame
from survey.insight.comment_choice import find_theme_period, list_theme_periods
from survey.insight.sentences import Teller
from survey.insight.series import Series
from survey.people.permissions import can_do
from survey.people.roles import Permission


def draw_comment_link(frame: Frame, teller: Teller, series: Series) -> None:
    """A link to the comments of a line's latest shown period; nothing where none are to be seen."""
    if not can_do(Permission.SEE_THEMES, by=frame.viewer):
        return
    shown = [point.period for point in series.line.points if isinstance(point.cell, Shown)]
    known = list_theme_periods(frame.installation, teller.trends.choice.survey)
    period = find_theme_period(shown[-1], known) if shown else None
    if period is not None:
        label = teller.words.say("comments.link", period=teller.words.period(period))
        frame.link_to("comments", label, area=teller.trends.area.code, period=period)
