"""Where the reader is after a step: at its heading, at the top, in the page's language."""

from __future__ import annotations

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


def keep_focus(words: Words, *, spot: str) -> None:
    """Move the focus to the heading when `spot` is another than before, and say what the framework cannot."""
    declare_files()
    mount = find_component()
    mount(key="focus-script", data=say_data(words) | {"spot": spot})


@lru_cache(maxsize=32)
def say_data(words: Words) -> dict[str, object]:
    """What the script says in a language."""
    return {
        "language": words.language.code,
        "direction": words.language.direction,
        "names": list_names(words),
        "texts": list_texts(words),
    }


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
    }


def list_texts(words: Words) -> list[tuple[str, str, str]]:
    """The framework's own sentences: where they stand, how they begin, and what to say instead."""
    return [
        ('[data-testid="stSkipToContent"]', "Skip to main content", words.say("answer.skip_link")),
        ('[role="listbox"] *', "No results", words.say("frame.no_match")),
        ('[role="dialog"] h2', "Page not found", words.say("answer.page_missing")),
        ('[role="dialog"] div', "The page that you have requested", words.say("frame.page_missing_about")),
        ('[role="dialog"] h2', "Connection error", words.say("frame.no_contact")),
    ]
