"""How do the annual stories become a folder of files that any web server can show?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from survey.errors import SurveyError
from survey.insight.choice import RESIDENTS_SURVEY
from survey.insight.published import list_all_publications
from survey.installation import Installation
from survey.language import LANGUAGES, Words, speak
from survey.light.draw import read_file
from survey.running import set_installation
from survey.story.drawn import draw_list, draw_story
from survey.story.links import ICON, SHEETS, FileLinks, is_story_file, name_index, name_story
from survey.story.years import StoryYear, find_year, list_told_years
from survey.translating.current import keep_up
from survey.whole_folder import written_whole

MOST_TRIES = 3  # how often an export begins anew because something was published in between


@dataclass(frozen=True)
class ExportedStories:
    """What an export wrote: how many pages, and where."""

    folder: Path
    pages: int


def export_stories(installation: Installation, folder: Path, *, year: str | None = None) -> ExportedStories:
    """Write the story of every place in every language, of one year or of all that are told, to a folder.

    The pages are those of the service, with links to each other and to nothing else; what only the service
    can do is linked to where PUBLIC_ADDRESS says where that is. Raises SurveyError nothing_published,
    year_unknown, export_not_folder, export_foreign_files, export_not_written, and database_*. Then the folder
    is as it was.
    """
    set_installation(installation)  # what pages are drawn for
    keep_up(installation)
    chosen = choose_years(list_told_years(installation), year)
    with written_whole(folder, is_story_file, last=[name_index(one) for one in LANGUAGES]) as writing:
        for _ in range(MOST_TRIES):
            published = list_all_publications(installation, RESIDENTS_SURVEY)
            pages = write_files(installation, chosen, writing)
            if list_all_publications(installation, RESIDENTS_SURVEY) == published:
                return ExportedStories(folder, pages)
        raise SurveyError("database_busy")


def choose_years(years: Sequence[StoryYear], asked: str | None) -> Sequence[StoryYear]:
    """The years to write."""
    if not years:
        raise SurveyError("nothing_published")
    return years if asked is None else [find_year(years, asked)]


def write_files(installation: Installation, years: Sequence[StoryYear], folder: Path) -> int:
    """Every page with its style sheets; how many pages there are."""
    for name in (*SHEETS, ICON):
        (folder / name).write_bytes(read_file(name)[0])
    links = FileLinks(installation.settings.public_address.rstrip("/"))
    told = [one.code for one in years]
    pages = 0
    for language in LANGUAGES:
        words = speak(language)
        page = draw_list(installation, years, words, links, sheets=SHEETS)
        (folder / name_index(language)).write_text(page, encoding="utf-8")
        pages += 1
        for area in installation.areas:
            for year in told:
                page = draw_story(installation, area.code, year, words, links, told=told, sheets=SHEETS)
                (folder / name_story(area.code, year, language)).write_text(page, encoding="utf-8")
                pages += 1
    return pages


def say_exported(done: ExportedStories, words: Words) -> str:
    """What an export did, as a line."""
    return words.say("command.story_done", pages=words.number(done.pages), folder=str(done.folder))
