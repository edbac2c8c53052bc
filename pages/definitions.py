"""How does a coordinator take a survey out in other formats, and see what a file would become?"""

from __future__ import annotations

import streamlit as st

from analysis.tables import write_file_name
from pages.shared.definition_try import draw_try
from pages.shared.escape import escape_markdown
from pages.shared.findings import draw_findings
from pages.shared.frame import Frame, draw_problem
from survey.definition.interchange.carry import FORMATS, write
from survey.definition.interchange.json_schema import write_json_schema
from survey.definition.interchange.trying import write_definition
from survey.definition.model import Definition
from survey.definitions_in_force import list_known
from survey.errors import SurveyError
from survey.language import pick_text
from survey.people.permissions import can_do
from survey.people.roles import Permission


def draw_definitions_page(frame: Frame) -> None:
    """Each definition with its files, then a field for a file from elsewhere."""
    words = frame.words
    st.markdown(words.say("definitions.about"))
    st.header(words.say("definitions.take_out"), anchor=False)
    for known in list_known(frame.installation):
        definition = known.definition
        name = f"{definition.survey} {definition.version}"
        said = f"{pick_text(definition.title, frame.language)} ({name})"
        opened = st.expander(escape_markdown(said), on_change="rerun", key=f"definition-{name}")
        if opened.open:
            with opened:
                draw_files(frame, definition)
    if can_do(Permission.OPEN_ROUND, by=frame.viewer):
        st.header(words.say("definitions.try"), anchor=False)
        draw_try(frame)
    st.header(words.say("definitions.schema"), anchor=False)
    st.markdown(words.say("definitions.schema_about"))
    st.download_button(
        words.say("definitions.download_schema"),
        write_json_schema(),
        file_name="enkatdefinition.schema.json",
        mime="application/schema+json",
        on_click="ignore",
    )


def draw_files(frame: Frame, definition: Definition) -> None:
    """The definition as YAML and in each other format, with what does not come along in it."""
    words = frame.words
    name = f"{definition.survey}-{definition.version}"
    st.download_button(
        words.say("definitions.download_yaml"),
        write_definition(definition).encode(),
        file_name=write_file_name(name, ending="yaml"),
        mime="application/yaml",
        on_click="ignore",
        key=f"yaml-{name}",
    )
    for form in FORMATS:
        draw_format(frame, definition, form)


def draw_format(frame: Frame, definition: Definition, form: str) -> None:
    """One format's file and what is told of it."""
    words, format_ = frame.words, FORMATS[form]
    name = f"{definition.survey}-{definition.version}-{form}"
    st.subheader(words.say(f"definitions.format_{form}"), anchor=False)  # keys: definitions.format_*
    try:
        written = write(form, definition, frame.installation.areas)
    except SurveyError as wrong:
        draw_problem(frame, words.explain(wrong))
        return
    if written.content is not None:
        st.download_button(
            words.say(f"definitions.download_{form}"),  # keys: definitions.download_*
            written.content,
            file_name=write_file_name(name, ending=format_.ending),
            mime=format_.media_type,
            on_click="ignore",
            key=name,
        )
    draw_findings(frame, written.findings)
