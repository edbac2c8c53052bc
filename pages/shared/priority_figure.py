"""How are proposals shown by importance and feasibility: a map, a table in order, and a file?"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.chart_frame import make_plotly_config
from analysis.panel_ratings import Quadrant, Rating, find_quadrant
from analysis.priority_map import MapPoint, MapWords, draw_priority_map
from analysis.tables import write_csv, write_file_name
from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame
from pages.shared.theme_figures import choose_palette
from survey.language import Words
from survey.panel_rounds.results import Ranked, Results, list_ranked

# keys: ratings.proposal, ratings.priority, ratings.importance, ratings.feasibility, ratings.answers
HEADS = ("proposal", "priority", "importance", "feasibility", "answers")


def draw_priorities(frame: Frame, results: Results) -> None:
    """The map of the proposals that may be ranked, and their table with the highest priority first."""
    words, ranked = frame.words, list_ranked(results)
    if not ranked:
        return
    st.header(words.say("ratings.priorities"), anchor=False)
    st.markdown(escape_markdown(tell_first(words, ranked)))
    locale = words.language.locale
    points = [make_point(words, one, number) for number, one in enumerate(ranked, start=1)]
    figure = draw_priority_map(points, words=make_map_words(words), palette=choose_palette(), locale=locale)
    alt = words.say("ratings.map_alt")
    with st.container(key="figure-priorities"):
        st.plotly_chart(
            figure, theme=None, key="chart-priorities", config=make_plotly_config(locale), alt=alt
        )
    rows = [(point.told, write_priority(words, one)) for point, one in zip(points, ranked, strict=True)]
    heads = (words.say("ratings.proposal"), words.say("ratings.priority"))
    body = [tuple(map(escape_markdown, row)) for row in rows]
    st.table(dict(zip(heads, zip(*body, strict=True), strict=True)), hide_index=True, alt=alt)
    st.caption(escape_markdown(words.say("ratings.priorities_about")))
    st.download_button(
        escape_markdown(words.say("ratings.download")),
        write_csv(make_rows(words, ranked)),
        file_name=write_file_name(results.round.title, words.say("ratings.file"), ending="csv"),
        mime="text/csv",
        key="csv-priorities",
        on_click="ignore",
    )


def tell_first(words: Words, ranked: Sequence[Ranked]) -> str:
    """Which proposal the group puts first; those that share the place are told together."""
    first = [one.judged.subject.title for one in ranked if one.rank == 1]
    if len(first) == 1:
        return words.say("ratings.first", title=first[0])
    return words.say("ratings.first_several", titles=", ".join(f"”{title}”" for title in first))


def make_point(words: Words, one: Ranked, number: int) -> MapPoint:
    """A proposal on the map."""
    quadrant = find_quadrant(one.importance.median, one.feasibility.median)
    told = words.say(
        "ratings.point",
        number=words.number(number),
        title=one.judged.subject.title,
        importance=tell_rating(words, one.importance),
        feasibility=tell_rating(words, one.feasibility),
        n=tell_numbers(words, one),
        quadrant=name_quadrant(words, quadrant),
    )
    return MapPoint(
        number,
        one.importance.median,
        one.feasibility.median,
        told,
        find_ends(one.importance),
        find_ends(one.feasibility),
    )


def find_ends(rating: Rating) -> tuple[float, float] | None:
    """The quartiles, None where they are not told."""
    return None if rating.low is None or rating.high is None else (rating.low, rating.high)


def tell_rating(words: Words, rating: Rating) -> str:
    """A median with its quartiles; one decimal only where there is one."""
    middle = write_score(words, rating.median)
    ends = find_ends(rating)
    if ends is None:
        return words.say("ratings.rating_alike", median=middle)
    low, high = (write_score(words, end) for end in ends)
    return words.say("ratings.rating", median=middle, low=low, high=high)


def write_score(words: Words, score: float) -> str:
    return words.number(score, 0 if score.is_integer() else 1)


def name_quadrant(words: Words, quadrant: Quadrant) -> str:
    return words.say(f"ratings.quadrant.{quadrant}")  # keys: ratings.quadrant.*


def make_map_words(words: Words) -> MapWords:
    """The map's words."""
    return MapWords(
        words.say("ratings.importance_axis"),
        words.say("ratings.feasibility_axis"),
        {quadrant: name_quadrant(words, quadrant) for quadrant in Quadrant},
    )


def make_rows(words: Words, ranked: Sequence[Ranked]) -> list[tuple[str, ...]]:
    """The heads and rows of the file, numbered as on the map."""
    heads = tuple(words.say(f"ratings.{name}") for name in HEADS)
    rows = (
        (
            f"{number}. {one.judged.subject.title}",
            write_priority(words, one),
            tell_rating(words, one.importance),
            tell_rating(words, one.feasibility),
            tell_numbers(words, one),
        )
        for number, one in enumerate(ranked, start=1)
    )
    return [heads, *rows]


def write_priority(words: Words, one: Ranked) -> str:
    return write_score(words, round(one.priority, 1))


def tell_numbers(words: Words, one: Ranked) -> str:
    """How many judged the one thing and the other; once where they are as many."""
    numbers = (words.number(rating.n) for rating in (one.importance, one.feasibility))
    return " / ".join(dict.fromkeys(numbers))
