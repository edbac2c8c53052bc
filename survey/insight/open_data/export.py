"""Which files everything that the public may see becomes, and how they are made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import orjson

from analysis.periods import PeriodKind
from survey.errors import SurveyError
from survey.insight.choice import RESIDENTS_SURVEY
from survey.insight.open_data.archive import write_archive_codebook
from survey.insight.open_data.cells import Row, list_rows
from survey.insight.open_data.codebook import Content, list_files, make_codebook
from survey.insight.open_data.codebook_page import write_page
from survey.insight.open_data.coded import list_entries, read_coded, read_title
from survey.insight.open_data.files import (
    CELLS,
    CELLS_EXCEL,
    CELLS_PARQUET,
    CELLS_SPSS,
    CODEBOOK,
    CODEBOOK_DDI,
    CODEBOOK_JSON,
    FILES,
    HIERARCHIES,
    KOLADA,
    iterate_written,
    write_cells,
    write_table,
)
from survey.insight.open_data.hierarchies import Codes, Link, list_links
from survey.insight.open_data.kolada import NOTHING, KoladaRow, list_genders, list_kolada
from survey.insight.open_data.meanings import Entry, Meanings
from survey.insight.open_data.portal import write_portal
from survey.insight.open_data.spss import write_spss
from survey.insight.open_data.traced import find_made, trace
from survey.insight.published import list_all_publications, list_surveys, list_versions
from survey.installation import Installation, find_definition
from survey.language import DEFAULT_LANGUAGE, Words
from survey.store import publications
from survey.whole_folder import written_whole

YEAR = PeriodKind.YEAR.value
MOST_TRIES = 3  # how often an export begins anew because something was published in between


@dataclass(frozen=True)
class Exported:
    """What an export did. `others` are the surveys that have figures too and are not in it."""

    folder: Path
    survey: str
    rows: int
    others: tuple[str, ...]


def export_open_data(installation: Installation, folder: Path, *, survey: str | None = None) -> Exported:
    """Write every cell that the public may see, latest revisions, with what explains it, to a folder.

    The residents' survey unless another is named or it is the only one. Raises SurveyError nothing_published,
    export_survey_unknown, export_survey_missing when several are there and none is named, export_not_folder,
    export_foreign_files, export_not_written, and database_*. Then the folder is as it was.
    """
    chosen, others = choose_survey(list_surveys(installation), survey)
    with written_whole(folder, lambda name: name in FILES, last=FILES) as writing:
        for _ in range(MOST_TRIES):
            rows = write_files(installation, chosen, writing)
            if rows is not None:
                return Exported(folder, chosen, rows, others)
        raise SurveyError("database_busy")


def choose_survey(surveys: tuple[str, ...], asked: str | None) -> tuple[str, tuple[str, ...]]:
    """The survey to export, and those that are left out."""
    if not surveys:
        raise SurveyError("nothing_published")
    known = ", ".join(surveys)
    if asked is not None and asked not in surveys:
        raise SurveyError("export_survey_unknown", survey=asked[:40], surveys=known)
    chosen = asked or (surveys[0] if len(surveys) == 1 else RESIDENTS_SURVEY)
    if chosen not in surveys:
        raise SurveyError("export_survey_missing", surveys=known)
    return chosen, tuple(one for one in surveys if one != chosen)


def write_files(installation: Installation, survey: str, folder: Path) -> int | None:
    """Every file; how many rows of cells, None when something was published in the meantime."""
    published = list_all_publications(installation, survey)
    versions = list_versions(published)
    meanings = Meanings([find_definition(installation, survey, version) for version in versions])
    codes, traced = Codes(), trace(survey, published)
    rows = write_cells(folder, iterate_rows(installation, survey, meanings, codes), traced)
    if list_all_publications(installation, survey) != published:
        return None
    links = list_links(codes, installation.areas)
    write_table(folder / HIERARCHIES, Link._fields, links)
    publisher = installation.settings.installation_name
    content = Content(publisher, survey, meanings, published, codes, links)
    codebook = make_codebook(content, installation.areas)
    counts = {CELLS: rows, CELLS_PARQUET: rows, HIERARCHIES: len(links)}
    write_other_formats(folder, codebook, content, counts)
    (folder / CODEBOOK_JSON).write_bytes(orjson.dumps(codebook, option=orjson.OPT_INDENT_2) + b"\n")
    (folder / CODEBOOK).write_text(write_page(codebook), encoding="utf-8")
    return rows


def write_other_formats(folder: Path, codebook: Entry, content: Content, counts: dict[str, int]) -> None:
    """The rows that were written in every other format, and what each file holds put in the codebook."""
    from survey.insight.open_data.workbook import write_workbook  # here: a start goes without its library

    traced, made = trace(content.survey, content.publications), find_made(content.publications)
    coded = read_coded(codebook)
    rows = partial(iterate_written, folder)
    title = read_title(codebook).get(DEFAULT_LANGUAGE, content.survey)
    counts[CELLS_EXCEL] = write_workbook(folder / CELLS_EXCEL, rows(), codebook, coded, traced, made=made)
    counts[CELLS_SPSS] = write_spss(folder / CELLS_SPSS, rows(), coded, traced, title=title, made=made)
    counts |= write_portal(folder, rows, codebook, coded, traced, made)
    kolada = list(list_kolada(rows(), list_genders(content.meanings.definitions), list_whole_years(codebook)))
    write_table(folder / KOLADA, KoladaRow._fields, kolada, sign=NOTHING)
    counts[KOLADA] = len(kolada)
    codebook["files"] = list_files(folder, counts)
    (folder / CODEBOOK_DDI).write_bytes(write_archive_codebook(codebook, coded, traced, made))


def list_whole_years(codebook: Entry) -> frozenset[str]:
    """The years of which every month has been published."""
    periods = list_entries(codebook, "periods")
    return frozenset(str(one["code"]) for one in periods if one["kind"] == YEAR and one["whole"])


def iterate_rows(installation: Installation, survey: str, meanings: Meanings, codes: Codes) -> Iterator[Row]:
    """The rows of a survey's cells in the order of their places, their codes noted on the way.

    Areas that the installation has no more are left out, as on the pages.
    """
    known = {area.code for area in installation.areas}
    with installation.database.read() as connection:
        for cell in publications.iterate_latest_cells(connection):
            if cell.survey == survey and cell.area in known:
                for row in list_rows(cell, meanings.naming):
                    codes.add(row)
                    yield row


def say_exported(done: Exported, words: Words) -> list[str]:
    """What an export did, as lines."""
    facts = {"survey": done.survey, "folder": str(done.folder), "files": ", ".join(FILES)}
    said = [words.say("command.export_done", rows=words.number(done.rows), **facts)]
    if done.others:
        said.append(words.say("command.export_others", surveys=", ".join(done.others)))
    return said
