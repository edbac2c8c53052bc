"""What has been published, by which method, and how it can be checked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import streamlit as st

from analysis.tables import write_csv, write_file_name
from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame
from survey.insight.published import Publication, find_title, list_all_publications
from survey.installation import SWEDEN
from survey.language import pick_text

CHECKSUM_SHOWN = 12  # signs of the checksum on the screen; the file has all 64
NEWEST = 12  # publications that are shown at once; the rest when they are asked for
IN_A_ROW = 2  # beside each other where there is room; under each other on a phone


def draw_publications(frame: Frame) -> None:
    """Every publication, newest month first, one beside or under the other, and all as a file."""
    words = frame.words
    st.markdown(words.say("publications.about"))
    found = list_all_publications(frame.installation)
    if not found:
        st.markdown(words.say("error.nothing_published"))
        return
    titles = {survey: name_survey(frame, survey) for survey in {one.survey for one in found}}
    draw_download(frame, found, titles)
    draw_cards(frame, found[:NEWEST], titles)
    older = found[NEWEST:]
    if older:
        label = words.count("publications.older", len(older))
        opened = st.expander(label, on_change="rerun", key="older-open")
        if opened.open:
            with opened:
                draw_cards(frame, older, titles)


def name_survey(frame: Frame, survey: str) -> str:
    """What a survey calls itself; its short name where that is not known."""
    title = find_title(frame.installation, survey)
    return pick_text(title, frame.language) if title else survey


def draw_download(frame: Frame, found: Sequence[Publication], titles: dict[str, str]) -> None:
    """All publications as a file."""
    words = frame.words
    rows = [[value for _, value in list_values(frame, one, titles)] for one in found]
    header = [name for name, _ in list_values(frame, found[0], titles)]
    st.download_button(
        words.say("publications.download"),
        write_csv([header, *rows]),
        file_name=write_file_name(words.say("page.publications"), ending="csv"),
        mime="text/csv",
        on_click="ignore",
    )


def draw_cards(frame: Frame, found: Sequence[Publication], titles: dict[str, str]) -> None:
    """Publications in rows, each with its month as heading."""
    for start in range(0, len(found), IN_A_ROW):
        row = found[start : start + IN_A_ROW]
        for column, one in zip(st.columns(IN_A_ROW, border=True), row, strict=False):
            with column:
                draw_card(frame, one, titles)


def draw_card(frame: Frame, one: Publication, titles: dict[str, str]) -> None:
    """One publication: its month, and in a few lines what is told of it."""
    st.header(escape_markdown(frame.words.month(one.month)), anchor=False)
    told = list_lines(frame, one, titles[one.survey])
    st.markdown("\n".join(f"* {escape_markdown(line)}" for line in told))


def list_lines(frame: Frame, one: Publication, title: str) -> Iterator[str]:
    """What is told of a publication, a line for each thing."""
    words = frame.words
    day, revision = words.day(one.published.astimezone(SWEDEN).date()), words.number(one.revision)
    year = one.population_year
    yield words.say("publications.line_published", day=day, revision=revision)
    if one.reason:
        yield words.say("publications.line_reason", reason=one.reason)
    if one.versions:
        yield words.say("publications.line_survey", survey=title, versions=one.versions.replace(" ", ", "))
    answers = words.number(one.responses)
    if year is None:
        yield words.say("publications.line_unweighted", n=answers)
    else:
        yield words.say("publications.line_weighted", n=answers, year=str(year))
    yield words.say(
        "publications.line_thresholds",
        public=words.number(one.threshold_public),
        signed_in=words.number(one.threshold_signed_in),
    )
    yield words.say("publications.line_method", method=one.method, code=one.code_version)
    yield words.say("publications.line_checksum", checksum=one.checksum[:CHECKSUM_SHOWN])


def list_values(frame: Frame, one: Publication, titles: dict[str, str]) -> list[tuple[str, str]]:
    """What is told of a publication, each with its name; the month first, the checksum last."""
    words = frame.words
    year = one.population_year
    return [
        (words.say("publications.month"), words.month(one.month)),
        (words.say("publications.survey"), titles[one.survey]),
        (words.say("publications.versions"), one.versions.replace(" ", ", ")),
        (words.say("publications.published"), words.day(one.published.astimezone(SWEDEN).date())),
        (words.say("publications.revision"), words.number(one.revision)),
        (words.say("publications.reason"), one.reason),
        (words.say("publications.responses"), words.number(one.responses)),
        (
            words.say("publications.population"),
            words.say("publications.unweighted") if year is None else str(year),
        ),
        (
            words.say("publications.thresholds"),
            f"{words.number(one.threshold_public)} / {words.number(one.threshold_signed_in)}",
        ),
        (words.say("publications.method"), one.method),
        (words.say("publications.code_version"), one.code_version),
        (words.say("publications.checksum"), one.checksum),
    ]
