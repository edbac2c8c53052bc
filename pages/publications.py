"""What has been published, by which method, and how it can be checked."""

from __future__ import annotations

import streamlit as st

from analysis.tables import write_csv
from pages.shared.frame import Frame
from survey.insight.trends import Publication, list_all_publications
from survey.installation import SWEDEN

CHECKSUM_SHOWN = 12  # signs of the checksum on the screen; the file has all 64


def draw_publications(frame: Frame) -> None:
    """Every publication, newest month first, as a table and as a file."""
    words = frame.words
    st.markdown(words.say("publications.about"))
    found = list_all_publications(frame.installation)
    if not found:
        st.markdown(words.say("error.nothing_published"))
        return
    header = list_columns(frame)
    rows = [list_values(frame, one) for one in found]
    st.download_button(
        words.say("publications.download"),
        write_csv([header, *rows]),
        file_name="publications.csv",
        mime="text/csv",
        on_click="ignore",
    )
    shown = [(*row[:-1], row[-1][:CHECKSUM_SHOWN]) for row in rows]
    st.table(dict(zip(header, zip(*shown, strict=True), strict=True)), hide_index=True)


def list_columns(frame: Frame) -> tuple[str, ...]:
    """The heads of the columns."""
    words = frame.words
    return (
        words.say("publications.month"),
        words.say("publications.survey"),
        words.say("publications.versions"),
        words.say("publications.revision"),
        words.say("publications.method"),
        words.say("publications.thresholds"),
        words.say("publications.published"),
        words.say("publications.checksum"),
    )


def list_values(frame: Frame, one: Publication) -> tuple[str, ...]:
    """One publication as text."""
    words = frame.words
    return (
        words.month(one.month),
        one.survey,
        one.versions,
        words.number(one.revision),
        one.method,
        f"{words.number(one.threshold_public)} / {words.number(one.threshold_signed_in)}",
        words.day(one.published.astimezone(SWEDEN).date()),
        one.checksum,
    )
