"""How is it told what of a survey does not come along between formats?"""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame
from survey.definition.interchange.findings import Finding, say_findings


def draw_findings(frame: Frame, findings: Iterable[Finding]) -> None:
    """Each kind under its heading, as lists; one sentence when there is nothing to tell."""
    said = say_findings(findings, frame.words)
    if not said:
        st.markdown(frame.words.say("definitions.all_carried"))
    for heading, lines in said:
        listed = "\n".join(f"* {escape_markdown(line)}" for line in lines)
        st.markdown(f"**{escape_markdown(heading)}**\n\n{listed}")
