"""Does the accessibility statement say what the last audit found, what is known, and what the law asks?"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from survey.accessibility.known import KNOWN, Known
from survey.accessibility.results import Audit, Fault, find_audit, join_faults, read_audit
from survey.accessibility.statement import Statement, make_statement
from survey.language import WHOLE_LANGUAGES, speak
from survey.settings import Settings

FAULT = Fault("/trends (manager)", "color-contrast", "…", "<p>", ("sv, dark, 320 px",))
AUDIT = Audit(
    version="1.2.0",
    day=date(2026, 11, 29),
    tools=("axe-core 4.10", "Chromium 142"),
    rules=("wcag2aa",),
    schemes=("light", "dark"),
    screens=("320 px", "1280 px, 400 %"),
    pages={"/e": ("sv", "ar"), "/trends (manager)": ("sv",)},
    faults=(),
)


def read(statement: Statement) -> str:
    """The whole statement as one text."""
    sections = [" ".join((one.title, *one.told, *one.points)) for one in statement.sections]
    ways = [f"{way.address} {way.label}" for one in statement.sections for way in one.ways]
    return "\n".join((statement.about, *sections, *ways))


def tell(audit: Audit, *, known: tuple[Known, ...] = KNOWN, version: str = "1.2.0", contact: str = "") -> str:
    found = make_statement(
        speak("sv"), audit, service="Provrösten", contact=contact, known=known, version=version
    )
    return read(found)


@pytest.mark.parametrize(
    "said",
    [
        "Provrösten ska kunna användas av alla.",
        "lagen (2018:1937)",
        "EN 301 549",
        "Prövad den 2026-11-29, version 1.2.0, med axe-core 4.10, Chromium 142.",
        "2 sidor på de språk de finns på av Svenska, العربية",
        "320 px; 1280 px, 400 %: 12 prov.",
        "Inget allvarligt hittades",
        "https://www.digg.se/tdosanmalan",
    ],
)
def test_the_statement_says_what_was_tested_and_what_the_law_asks_for(said: str) -> None:
    assert said in tell(AUDIT)


@pytest.mark.parametrize("language", WHOLE_LANGUAGES)
def test_every_known_fault_is_told_in_every_language(language: str) -> None:
    statement = make_statement(speak(language), AUDIT, service="Provrösten", contact="")
    points = statement.sections[1].points
    assert len(points) == len(KNOWN) == len(set(points))


def test_a_fault_of_the_audit_is_told_where_it_was_found() -> None:
    told = tell(AUDIT.model_copy(update={"faults": (FAULT,)}))
    assert "På sidan /trends (manager) bryter något mot regeln color-contrast i axe-core." in told
    assert "Ett fel hittades" in told
    assert "Inget allvarligt hittades" not in told


@pytest.mark.parametrize(
    ("known", "faults", "said"),
    [
        ((), (), "helt förenlig"),
        (KNOWN[:1], (), "delvis förenlig"),
        ((), (FAULT,), "delvis förenlig"),
    ],
)
def test_the_law_is_followed_wholly_only_where_nothing_is_known_or_found(
    known: tuple[Known, ...], faults: tuple[Fault, ...], said: str
) -> None:
    assert said in tell(AUDIT.model_copy(update={"faults": faults}), known=known)


@pytest.mark.parametrize(
    ("running", "is_told"), [("1.2.0", False), ("1.2.1", True), ("1.3.0", True), ("1.1.0", True)]
)
def test_an_audit_of_another_version_is_told_as_such(running: str, is_told: bool) -> None:
    said = f"Nu är tjänsten version {running}. Det som står här gäller version 1.2.0"
    assert (said in tell(AUDIT, version=running)) == is_told


@pytest.mark.parametrize(
    ("contact", "said"),
    [
        ("", "har inte angett någon adress"),
        ("hjalp@exempel.se", "mailto:hjalp@exempel.se hjalp@exempel.se"),
        ("https://exempel.se/hjalp", "https://exempel.se/hjalp https://exempel.se/hjalp"),
    ],
)
def test_where_to_turn_is_told_or_that_there_is_nowhere_yet(contact: str, said: str) -> None:
    assert said in tell(AUDIT, contact=contact)


@pytest.mark.parametrize(
    ("contact", "is_taken"),
    [
        ("", True),
        ("hjalp@exempel.se", True),
        ("https://exempel.se/hjalp", True),
        ("hjalp", False),
        ("javascript:alert(1)", False),
        ("data:text/html,x@y", False),
        ("hjalp@exempel.se?bcc=x@y", False),
    ],
)
def test_only_addresses_are_taken_for_a_contact(contact: str, is_taken: bool) -> None:
    try:
        assert Settings(ACCESSIBILITY_CONTACT=contact).accessibility_contact == contact  # type: ignore[call-arg]
    except ValidationError:
        assert not is_taken
    else:
        assert is_taken


def fault(page: str, rule: str, *seen: str) -> Fault:
    return Fault(page, rule, "…", "<p>", seen)


def test_what_is_found_on_a_page_is_one_fault_for_each_rule() -> None:
    found = [
        fault("/b", "label", "sv, light, 320 px"),
        fault("/a", "label", "sv, light, 320 px"),
        fault("/b", "label", "en, dark, 320 px"),
        fault("/b", "image-alt", "sv, dark, 360 px"),
    ]
    assert [(one.page, one.rule, one.seen) for one in join_faults(found)] == [
        ("/a", "label", ("sv, light, 320 px",)),
        ("/b", "image-alt", ("sv, dark, 360 px",)),
        ("/b", "label", ("en, dark, 320 px", "sv, light, 320 px")),
    ]


def test_pages_that_are_looked_at_anew_are_told_as_they_are_now() -> None:
    before = AUDIT.model_copy(
        update={"faults": (fault("/e", "label", "ar, dark, 320 px", "sv, dark, 320 px"), FAULT)}
    )
    anew = AUDIT.model_copy(
        update={
            "day": date(2026, 12, 1),
            "pages": {"/e": ("sv", "en"), "/new": ("sv",)},
            "faults": (fault("/new", "label", "sv, dark, 320 px"),),
        }
    )
    now = before.renew(anew)
    assert now.day == date(2026, 12, 1)
    assert now.pages == {"/e": ("sv", "ar", "en"), "/new": ("sv",), "/trends (manager)": ("sv",)}
    assert [(one.page, one.seen) for one in now.faults] == [
        ("/e", ("ar, dark, 320 px",)),
        ("/new", ("sv, dark, 320 px",)),
        ("/trends (manager)", ("sv, dark, 320 px",)),
    ]
    with pytest.raises(ValueError):
        before.renew(anew.model_copy(update={"version": "1.3.0"}))


def test_an_audit_is_read_as_it_was_written(tmp_path: Path) -> None:
    audit = AUDIT.model_copy(update={"faults": (FAULT,)})
    audit.write(tmp_path / "results.json")
    assert read_audit(tmp_path / "results.json") == audit


def test_the_audit_that_is_kept_looked_at_everything_and_is_what_the_statement_tells() -> None:
    audit = find_audit()
    assert set(audit.languages) == {"sv", "en", "ar"}
    assert audit.schemes == ("light", "dark")
    assert {"320 px", "360 px", "768 px", "1280 px", "1280 px, 200 %", "1280 px, 400 %"} <= set(audit.screens)
    told = read(make_statement(speak("sv"), audit, service="Provrösten", contact=""))
    assert f"Prövad den {audit.day}, version {audit.version}" in told
    assert all(one.page in told and one.rule in told for one in audit.faults)
