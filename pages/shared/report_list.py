"""How are one's reports shown: how far each has come, its file, and what went wrong?"""

from __future__ import annotations

from typing import cast

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame, draw_problem
from survey.errors import SurveyError
from survey.installation import SWEDEN
from survey.reports.making import wake
from survey.reports.orders import KEPT, Report, fetch_report, list_own_reports, read_wish_of, remove_report
from survey.reports.wish import MEDIA, Wish, list_area_names

SECONDS_BETWEEN = 2.0  # how often progress is looked at
WAITING, MAKING, READY, BROKEN = "waiting", "making", "ready", "broken"
MOST_NAMES = 3  # areas that are named; more are counted


def draw_reports_of(frame: Frame) -> None:
    """The reports, looked at anew while any is under way."""
    words = frame.words
    st.header(words.say("reports.own"), anchor=False)
    found = list_own_reports(frame.installation, by=frame.viewer)
    if not found:
        st.markdown(words.say("reports.none"))
        return
    st.markdown(words.say("reports.kept", days=words.number(KEPT.days)))
    if any(one.state in (WAITING, MAKING) for one in found):
        st.fragment(draw_list, run_every=SECONDS_BETWEEN)(frame)
    else:
        draw_list(frame)


def draw_list(frame: Frame) -> None:
    """Each report; one whose process has stopped is gone on with."""
    found = list_own_reports(frame.installation, by=frame.viewer)
    for one in found:
        wake(frame.installation, one)
        with st.container(key=f"report-{one.id}", border=True):
            draw_report(frame, one)


def draw_report(frame: Frame, report: Report) -> None:
    """What it is, how far it has come, and what one can do."""
    words, wish = frame.words, read_wish_of(report)
    st.markdown(f"**{escape_markdown(name_report(frame, wish))}**")
    st.caption(escape_markdown(tell_report(frame, report, wish)))
    if report.state in (WAITING, MAKING):
        draw_progress(frame, report)
    elif report.state == READY:
        draw_download(frame, report, wish)
    elif report.state == BROKEN:
        st.error(escape_markdown(words.explain(read_fault(report))))
    if st.button(words.say("reports.remove"), key=f"remove-{report.id}", type="tertiary"):
        remove(frame, report)


def name_report(frame: Frame, wish: Wish) -> str:
    """Which paper about what."""
    words, names = frame.words, list(list_area_names(frame.installation, wish))
    more = len(names) - MOST_NAMES
    told = ", ".join(names[:MOST_NAMES]) if more <= 0 else words.count("report.file_areas", len(names))
    kind = words.say(f"reports.kind.{wish.kind}")  # keys: reports.kind.*
    return f"{kind}: {told}"


def tell_report(frame: Frame, report: Report, wish: Wish) -> str:
    """Its span, kind of file, readers and when it was asked for."""
    words, asked = frame.words, report.asked.astimezone(SWEDEN)
    return words.say(
        "reports.told",
        first=words.month(wish.first),
        last=words.month(wish.last),
        format=words.say(f"reports.format.{wish.format}"),  # keys: reports.format.*
        readers=words.say(f"reports.readers.{wish.readers}"),  # keys: reports.readers.*
        day=words.day(asked.date()),
        time=f"{asked:%H:%M}",
    )


def draw_progress(frame: Frame, report: Report) -> None:
    """How many steps are done; that it may be left."""
    words = frame.words
    if report.state == WAITING or not report.steps:
        st.markdown(words.say("reports.waiting"))
        return
    done, steps = words.number(report.done), words.number(report.steps)
    st.progress(report.done / report.steps, text=words.say("reports.making", done=done, steps=steps))
    st.caption(words.say("reports.may_leave"))


def draw_download(frame: Frame, report: Report, wish: Wish) -> None:
    """The file, read from the database only when it is fetched."""
    st.download_button(
        frame.words.say("reports.fetch", format=frame.words.say(f"reports.format.{wish.format}")),
        lambda: fetch_report(frame.installation, report.id, by=frame.viewer),
        file_name=report.name,
        mime=MEDIA[wish.format],
        key=f"fetch-{report.id}",
        on_click="ignore",
    )


def read_fault(report: Report) -> SurveyError:
    """What went wrong, as it is kept with the report."""
    facts = {name: cast("str | int", fact) for name, fact in report.fault.items() if name != "code"}
    return SurveyError(str(report.fault.get("code", "report_failed")), **facts)


def remove(frame: Frame, report: Report) -> None:
    """Take it away; it may be gone already."""
    try:
        remove_report(frame.installation, report.id, by=frame.viewer)
    except SurveyError as wrong:
        draw_problem(frame, frame.words.explain(wrong))
        return
    st.rerun()
