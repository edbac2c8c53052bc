"""Where the reader is after a step: at its heading, at the top, in the page's language."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from streamlit.components.v2 import component
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

from survey.language import Words

PACKAGE = "invanarrosten"
COMPONENT = f"{PACKAGE}.focus"
FOLDER = "browser"
SCRIPT = "focus.js"
EMPTY_LISTS = ("Choose an option", "Choose options")  # what the framework puts in them


def keep_focus(words: Words) -> None:
    """Move the focus to the heading when the foot of the page tells another spot than before, and say what
    the framework cannot."""
    declare_files()
    mount = find_component()
    # As bytes: of anything else Streamlit asks, at every run, whether some part of it is a data frame.
    mount(key="focus-script", data=say_data(words))


@lru_cache(maxsize=32)
def say_data(words: Words) -> bytes:
    """What the script says in a language, as JSON."""
    said = {
        "language": words.language.code,
        "direction": words.language.direction,
        "names": list_names(words),
        "placeholders": dict.fromkeys(EMPTY_LISTS, words.say("frame.choose")),
        "texts": list_texts(words),
    }
    return json.dumps(said, ensure_ascii=False).encode()


def declare_files() -> None:
    """Tell Streamlit where the script lies: the content policy runs only what is served as a file."""
    known = get_bidi_component_manager()
    if known.get_component_path(COMPONENT) is None:
        manifest = ComponentManifest(PACKAGE, "1", [ComponentConfig("focus", FOLDER)])
        known.register_from_manifest(manifest, Path(__file__).parent)


@lru_cache(maxsize=1)
def find_component():
    """The script as a component of Streamlit's."""
    return component(COMPONENT, js=SCRIPT)


def list_names(words: Words) -> dict[str, str]:
    """Names in the reader's language for the framework's own buttons, by the place they have on the page."""
    return {
        '[data-testid="stExpandSidebarButton"]': words.say("frame.open_menu"),
        '[data-testid="stSidebarCollapseButton"] button': words.say("frame.close_menu"),
        '[data-testid="stSidebarNav"]': words.say("frame.menu"),
        '[data-testid="stSidebar"]': words.say("frame.menu"),
        '[data-testid="stSelectbox"] button[aria-label="Open"]': words.say("frame.open_list"),
        '[data-testid="stSelectbox"] button[aria-label="Clear value"]': words.say("frame.clear_list"),
        '[role="dialog"] button[aria-label="Close"]': words.say("frame.close"),
        '[data-testid="stFileUploaderDropzoneInput"]': words.say("frame.choose_file"),
        '[data-testid="stFileUploaderDropzone"] > span button, [aria-label="Add files"]': words.say(
            "frame.choose_file"
        ),
        '[data-testid="stFileChipDeleteBtn"] button': words.say("frame.remove_file"),
        '[aria-label="file upload"]': words.say("frame.choose_file"),
        '[aria-label="progress"]': words.say("frame.progress"),
        '[aria-label="Dismiss"]': words.say("frame.close"),
        **list_names_of_fields(words),
        **list_names_of_pictures(words),
    }


def list_names_of_fields(words: Words) -> dict[str, str]:
    """The parts of a day's and a number's field. Days in the calendar are named by the reader's browser."""
    return {
        '[data-testid="stDateInputCalendarButton"]': words.say("frame.open_calendar"),
        '[data-testid="stDateInputCalendar"]': words.say("frame.calendar"),
        '[aria-label^="Choose date"]': words.say("frame.calendar"),
        '[data-testid="stMultiSelect"] button[aria-label="Open"]': words.say("frame.open_list"),
        '[data-testid="stMultiSelect"] button[aria-label="Clear all"]': words.say("frame.clear_list"),
        '[aria-label="Next month"]': words.say("frame.next_month"),
        '[aria-label="Previous month"]': words.say("frame.month_before"),
        '[aria-label^="year, "]': words.say("frame.year"),
        '[aria-label^="month, "]': words.say("frame.month"),
        '[aria-label^="day, "]': words.say("frame.day"),
        '[aria-label="Increment"]': words.say("frame.more"),
        '[aria-label="Decrement"]': words.say("frame.less"),
    }


def list_names_of_pictures(words: Words) -> dict[str, str]:
    """The buttons that stand over a text to copy and over a diagram."""
    return {
        '[aria-label="Copy to clipboard"]': words.say("frame.copy"),
        '[aria-label="Download as PNG"]': words.say("frame.as_picture"),
        '[aria-label="Fullscreen"]': words.say("frame.large"),
        '[aria-label="Close fullscreen"]': words.say("frame.close"),
        'img[alt="Mermaid flowchart"]': words.say("frame.diagram"),
    }


def list_texts(words: Words) -> list[tuple[str, str, str]]:
    """The framework's own sentences: where they stand, how they begin, and what to say instead."""
    return [
        ('[data-testid="stSkipToContent"]', "Skip to main content", words.say("answer.skip_link")),
        ('[role="listbox"] *', "No results", words.say("frame.no_match")),
        ('[role="listbox"] *', "Select all", words.say("frame.select_all")),
        ('[data-testid="stDateInputCalendar"] h2', "Choose date", words.say("frame.calendar")),
        ('[data-testid="stFileUploaderDropzone"] button *', "Upload", words.say("frame.choose_file")),
        ('[role="tooltip"] *', "Copy to clipboard", words.say("frame.copy")),
        ('[role="tooltip"] *', "Download as PNG", words.say("frame.as_picture")),
        ('[role="tooltip"] *', "Fullscreen", words.say("frame.large")),
        ('[role="dialog"] h2', "Page not found", words.say("answer.page_missing")),
        ('[role="dialog"] div', "The page that you have requested", words.say("frame.page_missing_about")),
        ('[role="dialog"] h2', "Connection error", words.say("frame.no_contact")),
    ]
