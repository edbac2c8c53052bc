"""What was done in the service, by whom and when: looked through, taken out, checked that it is whole."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.tables import write_csv, write_file_name
from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame, draw_done, draw_problem
from pages.shared.links import Link, draw_links
from pages.shared.theme_figures import draw_rows
from survey.audit.chain import Verdict
from survey.audit.find import (
    MOST_TYPED,
    Found,
    Search,
    check_log,
    export_events,
    find_events,
    list_known_actions,
    read_search,
)
from survey.audit.tell import list_heads, tell_verdict, write_event, write_rows
from survey.errors import SurveyError

ADDRESS = "audit-log"
PAGE = "page"  # in the address: which page of the events
FIELDS = ("actor", "subject", "since", "until")
FILE = "audit-file"  # in the session: the file that was asked for, until another search


def draw_audit_log(frame: Frame) -> None:
    """What it is, the search, the events, the file and the check."""
    words = frame.words
    st.markdown(words.say("audit.lead"))
    actions = list_known_actions(frame.installation, viewer=frame.viewer)
    search, wrong = read_search(st.query_params.to_dict(), actions)
    if wrong:
        told = [words.explain(one) for one in wrong]
        draw_problem(frame, " ".join([*told, words.say("trends.usual")]))
    draw_search(frame, search, actions)
    found = find_events(frame.installation, search, page=read_page(), viewer=frame.viewer)
    draw_events(frame, found)
    draw_file(frame, search)
    draw_check(frame)


def read_page() -> int:
    """The page of the address; the first for what is none."""
    asked = st.query_params.get(PAGE, "")
    return int(asked) if asked.isdecimal() and len(asked) < 9 else 1


def draw_search(frame: Frame, search: Search, actions: Sequence[str]) -> None:
    """The fields as the address has them; searching writes the address anew."""
    words = frame.words
    days = {"since": search.since, "until": search.until}
    now = {"actor": search.actor, "subject": search.subject}
    now |= {name: day.isoformat() if day else "" for name, day in days.items()}
    with st.form("audit-search", border=False):
        places = iter([one for _ in range(2) for one in st.columns(2)])
        typed: dict[str, str] = {}
        for name in FIELDS:
            with next(places):
                label = words.say(f"audit.field.{name}")  # keys: audit.field.*
                key = f"audit-{name}-{now[name]}"
                typed[name] = st.text_input(
                    label, now[name], key=key, autocomplete="off", max_chars=MOST_TYPED
                )
        said = {"": words.say("audit.any_action"), **{one: one for one in actions}}
        place = list(said).index(search.action)
        label = words.say("audit.field.action")
        action = st.selectbox(label, list(said), place, format_func=said.__getitem__, key="audit-action")
        pressed = st.form_submit_button(words.say("audit.search"), type="primary")
    if pressed:
        asked = {**typed, "action": action}
        st.query_params.from_dict({name: value.strip() for name, value in asked.items() if value.strip()})
        st.session_state.pop(FILE, None)
        st.rerun()


def draw_events(frame: Frame, found: Found) -> None:
    """A page of the events as a table, the newest first, and the ways to the other pages."""
    words = frame.words
    st.markdown(words.count("audit.number", found.number))
    if not found.events:
        return
    rows = [tuple(map(escape_markdown, write_event(one))) for one in found.events]
    draw_rows([list_heads(words), *rows], alt=words.say("audit.alt"))
    if found.pages > 1:
        draw_pages(frame, found)


def draw_pages(frame: Frame, found: Found) -> None:
    """Newer and older, as far as there are any."""
    words, asked = frame.words, {k: v for k, v in st.query_params.to_dict().items() if k != PAGE}
    of = words.say("audit.page_of", page=words.number(found.page), of=words.number(found.pages))
    ways = [("audit.newer", found.page - 1), ("audit.older", found.page + 1)]
    links = [
        # keys: audit.newer, audit.older
        Link(words.say(label), f"/{ADDRESS}", query={**asked, PAGE: str(page)})
        for label, page in ways
        if 1 <= page <= found.pages
    ]
    draw_links(links, before=of)


def draw_file(frame: Frame, search: Search) -> None:
    """The events as a file, made when it is asked for: taking them out is itself written in the log."""
    words = frame.words
    st.header(words.say("audit.file"), anchor=False)
    st.markdown(words.say("audit.file_about"))
    if st.button(words.say("audit.file_make"), key="audit-make"):
        events = export_events(frame.installation, search, viewer=frame.viewer)
        st.session_state[FILE] = write_csv(write_rows(words, events))
    if FILE in st.session_state:
        st.download_button(
            words.say("audit.file_download"),
            st.session_state[FILE],
            file_name=write_file_name(words.say("page.audit_log"), ending="csv"),
            mime="text/csv",
            on_click="ignore",
        )


def draw_check(frame: Frame) -> None:
    """A button that works the whole chain out again, and what that came to."""
    words = frame.words
    st.header(words.say("audit.check"), anchor=False)
    st.markdown(words.say("audit.check_about"))
    told = st.container()
    if not st.button(words.say("audit.check_now"), key="audit-check"):
        return
    with told:
        try:
            draw_verdict(frame, check_log(frame.installation, viewer=frame.viewer))
        except SurveyError as wrong:
            draw_problem(frame, words.explain(wrong))


def draw_verdict(frame: Frame, verdict: Verdict) -> None:
    """That it is whole, or where it breaks."""
    draw = draw_done if verdict.is_whole else draw_problem
    draw(frame, tell_verdict(frame.words, verdict))
