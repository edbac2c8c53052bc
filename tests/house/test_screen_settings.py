"""Do the settings given to Streamlit exist, protect, and leave colours that can be read?"""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from streamlit import config

FILE = Path(__file__).parents[2] / ".streamlit" / "config.toml"
SETTINGS: dict[str, Any] = tomllib.loads(FILE.read_text())

READABLE_TEXT = 4.5  # WCAG 2.1, 1.4.3
VISIBLE_EDGE = 3.0  # WCAG 2.1, 1.4.11
WHITE = "#ffffff"  # Streamlit writes white on its primary buttons, in either theme
CAPTION = 0.6  # how much of the text's colour Streamlit leaves in a caption


def list_options(settings: dict[str, Any], section: str = "") -> list[str]:
    """Every option as Streamlit names it: theme.dark.sidebar.backgroundColor."""
    found: list[str] = []
    for name, value in settings.items():
        found += list_options(value, f"{section}{name}.") if isinstance(value, dict) else [f"{section}{name}"]
    return found


def read_channels(colour: str) -> list[int]:
    """#0a1518 as [10, 21, 24]."""
    return [int(colour[start : start + 2], 16) for start in (1, 3, 5)]


def measure_luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.1 defines it: 0 black, 1 white."""
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (v / 255 for v in read_channels(colour))
    ]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def measure_contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    dark, light = sorted((measure_luminance(one), measure_luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def fade(colour: str, background: str) -> str:
    """The colour of a caption: the text's, thinned over its background."""
    pairs = zip(read_channels(colour), read_channels(background), strict=True)
    return "#" + "".join(f"{round(CAPTION * above + (1 - CAPTION) * below):02x}" for above, below in pairs)


@pytest.mark.parametrize(
    ("one", "other", "contrast"), [("#000000", WHITE, 21), (WHITE, WHITE, 1), ("#777777", WHITE, 4.48)]
)
def test_contrast_is_measured_as_wcag_does(one: str, other: str, contrast: float) -> None:
    assert measure_contrast(one, other) == pytest.approx(contrast, abs=0.005)


@pytest.mark.parametrize("option", list_options(SETTINGS))
def test_every_option_is_one_that_streamlit_knows(option: str) -> None:
    assert option in config.get_config_options()


def test_an_option_that_streamlit_does_not_know_would_be_seen() -> None:
    assert list_options({"runner": {"postScriptGc": False}})[0] not in config.get_config_options()


@pytest.mark.parametrize(
    ("section", "option", "value"),
    [
        ("server", "enableCORS", True),
        ("server", "enableXsrfProtection", True),
        ("server", "enableAgentApi", False),
        ("server", "trustedUserHeaders", "{}"),
        ("server", "maxUploadSize", 5),
        ("server", "maxMessageSize", 20),
        ("server", "disconnectedSessionTTL", 120),
        ("browser", "gatherUsageStats", False),
        ("client", "showErrorDetails", "none"),
        ("client", "showErrorLinks", False),
        ("client", "toolbarMode", "minimal"),
        ("client", "showSidebarNavigation", True),
        ("runner", "postScriptGC", False),
        ("runner", "fastReruns", False),
    ],
)
def test_what_protects_residents_and_speed_is_set(section: str, option: str, value: object) -> None:
    assert SETTINGS[section][option] == value


def test_no_font_is_fetched() -> None:
    assert "://" not in SETTINGS["theme"]["font"] + SETTINGS["theme"]["codeFont"]
    assert "fontFaces" not in SETTINGS["theme"]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["backgroundColor", "secondaryBackgroundColor"])
def test_text_can_be_read_and_edges_seen(theme: str, ground: str) -> None:
    colours: dict[str, Any] = SETTINGS["theme"][theme]
    background = colours[ground]
    assert measure_contrast(colours["textColor"], background) >= READABLE_TEXT
    assert measure_contrast(fade(colours["textColor"], background), background) >= READABLE_TEXT
    assert measure_contrast(colours["linkColor"], background) >= READABLE_TEXT
    assert measure_contrast(WHITE, colours["primaryColor"]) >= READABLE_TEXT
    assert measure_contrast(colours["borderColor"], background) >= VISIBLE_EDGE
    assert measure_contrast(colours["primaryColor"], background) >= VISIBLE_EDGE


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_sidebar_uses_the_grounds_that_were_measured(theme: str) -> None:
    colours: dict[str, Any] = SETTINGS["theme"][theme]
    measured = {colours["backgroundColor"], colours["secondaryBackgroundColor"]}
    assert {colour for name, colour in colours["sidebar"].items()} == measured
