"""Do the papers say how the installation is set, and leave to people what only they can decide?"""

from __future__ import annotations

from datetime import date

import pytest

from survey.api.permits import NewPermit, make_permit
from survey.data_protection.facts import Facts, ResearchFacts, find_facts
from survey.data_protection.papers import Paper, write_line, write_paper
from survey.errors import SurveyError
from survey.installation import Installation
from survey.notices.receivers import add_receiver
from survey.people.organisations import NewOrganisation, add_organisation
from survey.people.roles import Person, Role
from survey.rounds import NewRound, open_round
from tests.walks import SURVEY, VERSION, open_a_round

OFFICER, ADMINISTRATOR = Person(Role.DATA_PROTECTION_OFFICER, "d1"), Person(Role.ADMINISTRATOR, "a1")


def read(installation: Installation, paper: Paper) -> str:
    return write_paper(paper, find_facts(installation, viewer=OFFICER))


@pytest.mark.parametrize("paper", Paper)
def test_a_new_installation_has_papers_with_blanks(installation: Installation, paper: Paper) -> None:
    text = read(installation, paper)
    assert "[fyll i]" in text
    assert "{{" not in text and "None" not in text


def test_the_record_names_areas_surveys_sensitive_questions_and_rules(installation: Installation) -> None:
    open_a_round(installation)
    text = read(installation, Paper.RECORD)
    for told in ("Kronobergs län", "Kalmar län", "version 2026-1", "Känsliga frågor: ”", "Fritext: ”"):
        assert told in text
    assert "| Kommentarer | 1095 | [fyll i] (inget beslut: ingenting gallras) | 0 |" in text
    assert "| Utkast som inte skickats | 30 | tas alltid bort av sig självt | |" in text


def test_a_confidential_round_is_named_and_never_called_anonymous(installation: Installation) -> None:
    days = (date(2026, 9, 1), date(2026, 12, 31))
    new = NewRound("uppfoljning", SURVEY, VERSION, "Uppföljning", *days, door="coded", mode="confidential")
    open_round(installation, new, by="test")
    assert "aldrig vad eller när någon svarat): Uppföljning." in read(installation, Paper.RECORD)


def test_regions_and_municipalities_that_are_written_down_are_the_controllers(
    installation: Installation,
) -> None:
    for name, kind in (("Region Kronoberg", "region"), ("Hemtjänsten", "unit")):
        add_organisation(installation, NewOrganisation(name, kind), by=ADMINISTRATOR)
    line = next(one for one in read(installation, Paper.RECORD).splitlines() if "artikel 26" in one)
    assert "Region Kronoberg" in line
    assert "Hemtjänsten" not in line


def test_programs_with_permits_and_who_is_told_are_named_as_recipients(on_sqlite: Installation) -> None:
    make_permit(on_sqlite, NewPermit("Portalen", "signed_in", 90), by=ADMINISTRATOR)
    add_receiver(on_sqlite, "Plattformen", "https://region.example.se/x?k=hemligt", by=ADMINISTRATOR)
    line = next(one for one in read(on_sqlite, Paper.RECORD).splitlines() if "Andra program" in one)
    assert "Med passerkort: Portalen. " in line
    assert line.endswith("sänds till: Plattformen (region.example.se).")


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("", "[fyll i]"),
        ("  a \n b ", "a b"),
        ("[x](//evil)", "\\[x\\](//evil)"),
        ("<b>|#*_`", "\\<b\\>\\|\\#\\*\\_\\`"),
        ("a\\b", "a\\\\b"),
    ],
)
def test_nothing_that_is_put_in_means_anything_else_in_markdown(value: str, line: str) -> None:
    assert write_line(value) == line


@pytest.mark.parametrize("role", [one for one in Role if one is not Role.DATA_PROTECTION_OFFICER])
def test_only_officers_get_them(on_sqlite: Installation, role: Role) -> None:
    with pytest.raises(SurveyError) as wrong:
        find_facts(on_sqlite, viewer=Person(role, "x"))
    assert wrong.value.code == "not_allowed"


def test_the_facts_hold_nobody(on_sqlite: Installation) -> None:
    """Everything in the papers is about the installation; no table of people is read."""
    assert set(Facts.__dataclass_fields__) == {
        "name", "address", "day", "version", "areas", "controllers", "mail_server", "surveys", "confidential",
        "threshold_public", "threshold_signed_in", "database", "rules", "always",
        "permits", "receivers", "research", "research_least",
    }  # fmt: skip
    assert set(ResearchFacts.__dataclass_fields__) == {"approval", "principal", "until"}
