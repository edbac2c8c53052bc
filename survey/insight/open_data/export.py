"""Which files everything that the public may see becomes, and how they are made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import orjson

from survey.errors import SurveyError
from survey.insight.choice import RESIDENTS_SURVEY
from survey.insight.open_data.cells import Row, list_rows
from survey.insight.open_data.codebook import Content, make_codebook
from survey.insight.open_data.codebook_page import write_page
from survey.insight.open_data.files import (
    CODEBOOK,
    CODEBOOK_JSON,
    FILES,
    HIERARCHIES,
    write_cells,
    write_table,
)
from survey.insight.open_data.hierarchies import Codes, Link, list_links
from survey.insight.open_data.meanings import Meanings
from survey.insight.published import list_all_publications, list_surveys, list_versions
from survey.installation import Installation, find_definition
from survey.language import Words
from survey.store import publications
from survey.whole_folder import written_whole

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
    codes = Codes()
    rows = write_cells(folder, iterate_rows(installation, survey, meanings, codes))
    if list_all_publications(installation, survey) != published:
        return None
    links = list_links(codes, installation.areas)
    write_table(folder / HIERARCHIES, Link._fields, links)
    publisher = installation.settings.installation_name
    content = Content(publisher, survey, meanings, published, codes, links, rows)
    codebook = make_codebook(content, folder, installation.areas)
    (folder / CODEBOOK_JSON).write_bytes(orjson.dumps(codebook, option=orjson.OPT_INDENT_2) + b"\n")
    (folder / CODEBOOK).write_text(write_page(codebook), encoding="utf-8")
    return rows


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
