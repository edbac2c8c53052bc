"""Everything that the public may see, as files: each format in a sentence, how large it is, and the file."""

from __future__ import annotations

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame
from pages.shared.links import Link, draw_links
from survey.insight.open_data.kept import KeptFile, list_files, make_soon
from survey.insight.open_data.routes import PATH
from survey.insight.published import find_title, list_surveys
from survey.language import pick_text

# Which files are offered together, and what for.
PARTS = {
    "read": ("cells.xlsx", "codebook.md"),
    "compute": ("cells.csv", "cells.parquet", "cells.sav", "hierarchies.csv"),
    "portals": ("cells.jsonstat.json", "groups.jsonstat.json", "kolada.csv"),
    "describe": ("codebook.xml", "codebook.json"),
}


def draw_files(frame: Frame) -> None:
    """The files of each survey that has something published."""
    words = frame.words
    st.markdown(words.say("files.about"))
    surveys = list_surveys(frame.installation)
    if not surveys:
        st.markdown(words.say("error.nothing_published"))
        return
    for survey in surveys:
        title = find_title(frame.installation, survey)
        st.header(escape_markdown(pick_text(title, frame.language) if title else survey), anchor=False)
        files = list_files(frame.installation, survey)
        if files is None:
            make_soon(frame.installation, survey)
            st.markdown(words.say("files.making"))
            st.button(words.say("files.look_again"), key=f"files-again-{survey}")
            continue
        found = {one.name: one for one in files}
        for part, names in PARTS.items():
            with st.container(key=f"files-{survey}-{part}", gap="small"):
                st.subheader(words.say(f"files.part.{part}"), anchor=False)  # keys: files.part.*
                for name in names:
                    draw_file(frame, survey, found[name])
    st.markdown(words.say("files.trace"))


def draw_file(frame: Frame, survey: str, one: KeptFile) -> None:
    """One file: what it is for, its size, and the way to it."""
    words = frame.words
    about = words.say(f"files.about.{one.name.replace('.', '_')}")  # keys: files.about.*
    link = Link(
        words.say("files.fetch", name=one.name, size=say_size(frame, one.bytes)),
        f"{PATH}/{survey}/{one.name}",
    )
    draw_links([link], before=about)


def say_size(frame: Frame, size: int) -> str:
    """How large a file is, in the unit that says it shortest."""
    words = frame.words
    unit, least = next((u, n) for u, n in (("mb", 1_000_000), ("kb", 1_000), ("b", 1)) if size >= n or n == 1)
    return words.say(f"files.size.{unit}", number=words.number(round(size / least)))  # keys: files.size.*
