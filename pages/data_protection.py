"""What a data protection officer needs: papers to go on with, how long things are kept, what was removed."""

from __future__ import annotations

import streamlit as st

from analysis.tables import write_file_name
from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame
from pages.shared.theme_figures import draw_rows
from survey.data_protection.facts import Facts, find_facts
from survey.data_protection.papers import Paper, write_paper
from survey.retention.run import list_removals


def draw_data_protection(frame: Frame) -> None:
    """The papers, the rules with what they have come to, and the log of removals."""
    facts = find_facts(frame.installation, viewer=frame.viewer)
    st.markdown(frame.words.say("protection.lead"))
    draw_papers(frame, facts)
    draw_rules(frame, facts)
    draw_removals(frame)


def draw_papers(frame: Frame, facts: Facts) -> None:
    """Each paper to read here and to take along."""
    words = frame.words
    st.header(words.say("protection.papers"), anchor=False)
    st.markdown(words.say("protection.papers_about"))
    for paper in Paper:
        text = write_paper(paper, facts)
        name = words.say(f"protection.paper.{paper}")  # keys: protection.paper.*
        with st.expander(name):
            st.markdown(text)
        st.download_button(
            words.say("protection.download", paper=name.lower()),
            text.encode(),
            file_name=write_file_name(paper.value, ending="md"),
            mime="text/markdown",
            key=f"paper-{paper}",
            on_click="ignore",
        )


def draw_rules(frame: Frame, facts: Facts) -> None:
    """What is kept how long by which decision, and how much is older than that now."""
    words = frame.words
    st.header(words.say("retention.heading"), anchor=False)
    st.markdown(words.say("retention.about"))
    heads = tuple(words.say(f"retention.column.{one}") for one in ("kind", "days", "decision", "number"))
    rows = [
        (
            words.say(f"retention.kind.{due.rule.kind}"),  # keys: retention.kind.*
            words.number(due.rule.days),
            due.rule.decision or words.say("retention.undecided"),
            words.number(due.number),
        )
        for due in facts.rules
    ]
    always = [
        (
            words.say(f"retention.always.{one.what}"),  # keys: retention.always.*
            words.number(one.days),
            words.say("retention.by_itself"),
            "",
        )
        for one in facts.always
    ]
    body = [tuple(map(escape_markdown, row)) for row in (*rows, *always)]
    draw_rows([heads, *body], alt=words.say("retention.alt"))  # keys: retention.column.*


def draw_removals(frame: Frame) -> None:
    """What was removed, when and by which decision, the newest first."""
    words = frame.words
    st.header(words.say("retention.log"), anchor=False)
    found = list_removals(frame.installation, viewer=frame.viewer)
    if not found:
        st.markdown(words.say("retention.log_empty"))
        return
    heads = tuple(
        words.say(f"retention.column.{one}") for one in ("day", "kind", "before", "number", "decision")
    )
    rows = [
        tuple(
            map(
                escape_markdown,
                (
                    words.day(one.day),
                    words.say(f"retention.kind.{one.kind}"),  # keys: retention.kind.*
                    words.day(one.before),
                    words.number(one.number),
                    one.decision,
                ),
            )
        )
        for one in found
    ]
    draw_rows([heads, *rows], alt=words.say("retention.log"))
