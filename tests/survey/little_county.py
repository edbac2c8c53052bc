"""Which little survey, in which two small counties, do the tests of closing use?

Three questions in two dimensions and their composite, one of them worded in reverse, and every way to tell
people apart that a real survey has. A later version has lost a dimension.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from survey.installation import Installation
from survey.population.load import keep_population
from survey.store.populations import Margin
from tests.walks import Calendar, opened

PROV, FIRST, SECOND = "prov", "2026-1", "2026-2"
COUNTY, OTHER_COUNTY = "01", "02"
AREAS = ("0101", "0102", "0103", "0104")  # of COUNTY
OTHER_AREAS = ("0201", "0202")
AGES = ("young", "middle", "old")
GENDERS = ("woman", "man")
DIMENSIONS = ("safety", "help", "all")
QUESTIONS = ("q1", "q2", "q3")
LOST = ("help", "all", "q3")  # measures that the second version does not have

SCORES: Mapping[str, Mapping[str, float | None]] = {
    "q1": {"4": 100.0, "3": 200 / 3, "2": 100 / 3, "1": 0.0, "na": None},
    "q2": {"4": 0.0, "3": 100 / 3, "2": 200 / 3, "1": 100.0, "na": None},
    "q3": {"5": 100.0, "4": 75.0, "3": 50.0, "2": 25.0, "1": 0.0},
}
"""What each answer scores when it has been turned round, as a person reads it off the definition below."""

HELP = """\
  - {id: help, text: {sv: Hjälp, en: Help}}
  - {id: all, text: {sv: Allt, en: All}, parts: [safety, help]}
"""
THIRD = """\
      - {id: q3, kind: scale, scale: five, dimension: help, text: {sv: Tre, en: Three}}
"""
DEFINITION = f"""\
survey: prov
version: "2026-1"
languages: [sv, en]
title: {{sv: Prov, en: Trial}}
intro: {{sv: Hej, en: Hello}}
minutes: {{full: 5}}
scales:
  four:
    options:
      - {{code: "4", text: {{sv: Fyra, en: Four}}, score: 100}}
      - {{code: "3", text: {{sv: Tre, en: Three}}, score: {200 / 3}}}
      - {{code: "2", text: {{sv: Två, en: Two}}, score: {100 / 3}}}
      - {{code: "1", text: {{sv: Ett, en: One}}, score: 0}}
    escape: {{code: na, text: {{sv: Ej aktuellt, en: Not relevant}}}}
  five:
    options:
      - {{code: "5", text: {{sv: Fem, en: Five}}, score: 100}}
      - {{code: "4", text: {{sv: Fyra, en: Four}}, score: 75}}
      - {{code: "3", text: {{sv: Tre, en: Three}}, score: 50}}
      - {{code: "2", text: {{sv: Två, en: Two}}, score: 25}}
      - {{code: "1", text: {{sv: Ett, en: One}}, score: 0}}
dimensions:
  - {{id: safety, text: {{sv: Trygghet, en: Safety}}, headline: 1}}
{HELP}parts:
  - id: people
    title: {{sv: Vem, en: Who}}
    questions:
      - id: b1
        key: role
        kind: single
        text: {{sv: Vem svarar, en: Who answers}}
        options:
          - {{code: self, text: {{sv: Jag, en: Me}}}}
          - {{code: carer, text: {{sv: Närstående, en: Carer}}}}
      - id: b2
        key: municipality
        kind: single
        text: {{sv: Kommun, en: Municipality}}
        options_from: municipalities
      - id: b3
        key: age_band
        kind: single
        text: {{sv: Ålder, en: Age}}
        options:
          - {{code: young, text: {{sv: Ung, en: Young}}}}
          - {{code: middle, text: {{sv: Mitt i livet, en: Middle}}}}
          - {{code: old, text: {{sv: Gammal, en: Old}}}}
          - {{code: pns, text: {{sv: Vill inte svara, en: Not said}}}}
      - id: b4
        key: gender
        kind: single
        text: {{sv: Kön, en: Gender}}
        options:
          - {{code: woman, text: {{sv: Kvinna, en: Woman}}}}
          - {{code: man, text: {{sv: Man, en: Man}}}}
          - {{code: other, text: {{sv: Annat, en: Other}}, never_reported_alone: true}}
          - {{code: pns, text: {{sv: Vill inte svara, en: Not said}}}}
      - id: b5
        key: care_types
        kind: multi
        text: {{sv: Vård, en: Care}}
        options:
          - {{code: home, text: {{sv: Hemma, en: At home}}}}
          - {{code: centre, text: {{sv: Vårdcentral, en: Health centre}}}}
  - id: questions
    title: {{sv: Frågor, en: Questions}}
    questions:
      - {{id: q1, kind: scale, scale: four, dimension: safety, text: {{sv: Ett, en: One}}}}
      - {{id: q2, kind: scale, scale: four, dimension: safety, reverse: true, text: {{sv: Två, en: Two}}}}
{THIRD}groups:
  - {{id: who, text: {{sv: Vem, en: Who}}, question: b1}}
  - {{id: age, text: {{sv: Ålder, en: Age}}, question: b3}}
  - {{id: gender, text: {{sv: Kön, en: Gender}}, question: b4}}
  - {{id: care, text: {{sv: Vård, en: Care}}, question: b5, each: true}}
"""


def write_files(folder: Path) -> dict[str, Path]:
    """The settings that name the little survey's folder and the counties' file, written when they are not."""
    files = {"AREAS_FILE": folder / "areas.csv", "SURVEYS_DIR": folder / "surveys"}
    (folder / "surveys" / PROV).mkdir(parents=True, exist_ok=True)
    rows = [f"{area},Kommun {area},{area[:2]},Län {area[:2]}\n" for area in (*AREAS, *OTHER_AREAS)]
    files["AREAS_FILE"].write_text("code,name,parent_code,parent_name\n" + "".join(rows), "utf-8")
    later = DEFINITION.replace(HELP, "").replace(THIRD, "").replace(FIRST, SECOND)
    for version, text in ((FIRST, DEFINITION), (SECOND, later)):
        (folder / "surveys" / PROV / f"{version}.yaml").write_text(text, "utf-8")
    return files


@contextmanager
def open_county(
    url: str, folder: Path, calendar: Calendar | None = None, **changes: Any
) -> Iterator[Installation]:
    """An installation of the little survey in the small counties."""
    folder.mkdir(parents=True, exist_ok=True)
    with opened(url, folder / "var", calendar, **write_files(folder), **changes) as installation:
        yield installation


def load_margins(installation: Installation, margins: Iterable[Margin], *, year: int = 2025) -> None:
    """Keep how many people live where, as the command does."""
    keep_population(installation, tuple(margins), year=year, source="prov.csv", by="test")
