"""What has clearly changed in an area, as sentences that everybody may read?"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from survey.areas import Area
from survey.insight.signals import find_signals, order_signal, tell_signal
from survey.installation import Installation
from survey.language import Words
from survey.people.roles import VISITOR


@dataclass(frozen=True)
class News:
    """A change in an area as a sentence. A new one was made by the month that was published last.

    `order` puts the changes of several areas in order, the most important first.
    """

    area: Area
    sentence: str
    is_new: bool
    order: tuple[int | str, ...]


@dataclass(frozen=True)
class AreaNews:
    """What can be said of an area. It is judged when at least one of its lines has enough to be."""

    area: Area
    is_judged: bool
    news: tuple[News, ...] = ()


def find_news(installation: Installation, survey: str, area: Area, words: Words) -> AreaNews:
    """What has changed in an area, with the figures that the public sees.

    A letter can be sent on to anybody, and whoever gets it may have another role tomorrow: so it says
    nothing that is not public.
    """
    found = find_signals(installation, survey, [area.code], viewer=VISITOR)
    news = tuple(News(area, tell_signal(words, one), one.is_new, order_signal(one)) for one in found.every)
    return AreaNews(area, found.lines > 0, news)


def find_path(area: Area) -> str:
    """Where an area's trends are, under the installation's own address."""
    return f"/trends?{urlencode({'area': area.code})}"
