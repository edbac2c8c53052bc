"""What would a survey in a file from elsewhere become here?"""

from __future__ import annotations

import streamlit as st

from analysis.tables import write_file_name
from pages.shared.escape import escape_markdown
from pages.shared.findings import draw_findings
from pages.shared.frame import Frame, draw_problem
from survey.definition.interchange.trying import MOST_MEGABYTES, try_file
from survey.definition.model import Definition
from survey.errors import SurveyError
from survey.language import LANGUAGES, pick_text


def draw_try(frame: Frame) -> None:
    """A field for a file; under it what would come in, with its YAML, or everything that is in the way."""
    words = frame.words
    st.markdown(words.say("definitions.try_about"))
    sent = st.file_uploader(
        words.say("definitions.try_file", most=words.number(MOST_MEGABYTES)),
        type=["xlsx", "json"],
        max_upload_size=MOST_MEGABYTES,
        key="definition-try",
    )
    if sent is None:
        return
    try:
        brought = try_file(frame.installation, sent.name, sent.getvalue(), by=frame.viewer)
    except SurveyError as wrong:
        draw_problem(frame, words.explain(wrong))
        return
    if brought.definition is None:
        draw_problem(frame, words.say("definitions.not_in"))
    else:
        draw_comes_in(frame, brought.definition, brought.yaml)
    draw_findings(frame, brought.findings)


def draw_comes_in(frame: Frame, definition: Definition, yaml: str) -> None:
    """What the file becomes, in a sentence, and the YAML to keep."""
    words = frame.words
    told = words.say(
        "definitions.comes_in",
        title=pick_text(definition.title, frame.language),
        parts=words.count("definitions.parts", len(definition.parts)),
        questions=words.count("definitions.questions", len(definition.questions)),
        languages=", ".join(LANGUAGES[code].name for code in definition.languages),
    )
    kept = words.say("definitions.keep", survey=definition.survey, version=definition.version)
    st.markdown(f"{escape_markdown(told)} {escape_markdown(kept)}")
    st.download_button(
        words.say("definitions.download_yaml"),
        yaml.encode(),
        file_name=write_file_name(definition.version, ending="yaml"),
        mime="application/yaml",
        on_click="ignore",
        type="primary",
        key="tried-yaml",
    )
