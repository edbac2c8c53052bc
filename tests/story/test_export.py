"""Is the folder of stories whole and enough by itself, and is what was there kept when an export fails?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest

from survey.errors import SurveyError
from survey.installation import Installation
from survey.language import LANGUAGES, speak
from survey.running import set_installation
from survey.story import export
from survey.story.drawn import draw_story
from survey.story.export import export_stories
from survey.story.links import LiveLinks, is_story_file
from survey.whole_folder import WRITING
from tests.insight.hand_made import CELL, add_cells, add_publication

HREF = re.compile(r'(?:href|src|action)="([^"]*)"')


@pytest.fixture
def published(installation: Installation) -> Iterator[Installation]:
    """Two years with one number in each."""
    for month in ("2025-01", "2026-12"):
        add_publication(installation, month)
    year = replace(CELL, kind="year")
    add_cells(installation, replace(year, period="2025"), replace(year, period="2026"))
    few = tuple(one for one in installation.areas.municipalities if one.code in ("0780", "0781"))
    yield replace(installation, areas=replace(installation.areas, municipalities=few))
    set_installation(None)


def list_names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_every_place_year_and_language_has_its_page(published: Installation, tmp_path: Path) -> None:
    done = export_stories(published, tmp_path / "a" / "b")
    places, years = len(tuple(published.areas)), 2
    assert done.pages == len(LANGUAGES) * (1 + places * years)
    names = list_names(done.folder)
    assert len(names) == done.pages + 3
    assert {"index.html", "index.en.html", "index.sv-x-lattlast.html", "0781-2026.en.html"} <= set(names)
    assert all(map(is_story_file, names))


def test_no_link_leaves_the_folder_and_every_link_is_answered_there(
    published: Installation, tmp_path: Path
) -> None:
    folder = export_stories(published, tmp_path / "ut").folder
    for page in folder.glob("*.html"):
        text = page.read_text(encoding="utf-8")
        for address in HREF.findall(text):
            file, _, place = unquote(address).partition("#")
            assert "/" not in file
            assert ":" not in file
            target = folder / file if file else page
            assert target.is_file(), (page.name, address)
            if place:
                assert f'id="{place}"' in target.read_text(encoding="utf-8")
        assert "<script" not in text
    for sheet in folder.glob("*.css"):
        assert "url(" not in sheet.read_text()
        assert "@import" not in sheet.read_text()


def test_a_file_is_the_page_of_the_service_but_for_its_links(published: Installation, tmp_path: Path) -> None:
    folder = export_stories(published, tmp_path / "ut").folder
    live = draw_story(published, "0780", "2026", speak("sv"), LiveLinks())
    written = (folder / "0780-2026.html").read_text(encoding="utf-8")
    section = re.compile(r'<section aria-labelledby="helhet".*?</section>', re.DOTALL)
    drop = re.compile(r' href="[^"#]*')
    assert [drop.sub("", one) for one in section.findall(live)] == [
        drop.sub("", one) for one in section.findall(written)
    ]


def test_one_year_links_to_no_other(published: Installation, tmp_path: Path) -> None:
    folder = export_stories(published, tmp_path / "ut", year="2025").folder
    assert not list(folder.glob("*-2026*"))
    assert all("-2026" not in page.read_text(encoding="utf-8") for page in folder.glob("*.html"))


def test_what_only_the_service_can_do_is_linked_to_where_its_address_is_known(
    published: Installation, tmp_path: Path
) -> None:
    page = export_stories(published, tmp_path / "ut", year="2026").folder / "0780-2026.html"
    assert "Svara på enkäten" not in page.read_text(encoding="utf-8")
    settings = published.settings.model_copy(update={"public_address": "https://svara.example.se/"})
    export_stories(replace(published, settings=settings), tmp_path / "ut", year="2026")
    text = page.read_text(encoding="utf-8")
    for address in ("/e?", "/vad-hande-sen/0780?", "/trends?area=0780&amp;"):
        assert f'href="https://svara.example.se{address}sprak=sv"' in text
    assert "svara.example.se//" not in text


def test_an_earlier_export_is_replaced_and_what_is_no_more_is_gone(
    published: Installation, tmp_path: Path
) -> None:
    folder = export_stories(published, tmp_path / "ut").folder
    (folder / WRITING).mkdir()  # as a killed export leaves it
    export_stories(published, folder, year="2026")
    assert [name for name in list_names(folder) if "2025" in name or name == WRITING] == []


def test_a_folder_with_other_files_is_left_alone(published: Installation, tmp_path: Path) -> None:
    folder = tmp_path / "ut"
    folder.mkdir()
    (folder / "avtal.html").write_text("x")
    with pytest.raises(SurveyError) as wrong:
        export_stories(published, folder)
    assert (wrong.value.code, wrong.value.facts["files"]) == ("export_foreign_files", "avtal.html")
    assert list_names(folder) == ["avtal.html"]


def test_an_export_that_fails_leaves_the_earlier_one_whole(
    published: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = export_stories(published, tmp_path / "ut", year="2026").folder
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    def fail(*_: object, **__: object) -> str:
        raise SurveyError("database_busy")

    monkeypatch.setattr(export, "draw_story", fail)
    with pytest.raises(SurveyError):
        export_stories(published, folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_year_that_is_not_told_and_nothing_published_write_nothing(
    published: Installation, tmp_path: Path
) -> None:
    with pytest.raises(SurveyError) as wrong:
        export_stories(published, tmp_path / "ut", year="2019")
    assert wrong.value.code == "year_unknown"
    assert not (tmp_path / "ut").exists()


def test_before_anything_is_published_that_is_told(installation: Installation, tmp_path: Path) -> None:
    with pytest.raises(SurveyError) as wrong:
        export_stories(installation, tmp_path / "ut")
    assert wrong.value.code == "nothing_published"
    set_installation(None)


@pytest.mark.parametrize(
    ("name", "is_ours"),
    [
        ("index.html", True),
        ("index.en.html", True),
        ("0780-2025.sv-x-lattlast.html", True),
        ("story.css", True),
        ("ikon.svg", True),
        ("0780-2025.ar.html", True),
        ("0780-2025.da.html", False),
        ("0780.html", False),
        ("index.htm", False),
        ("-2025.html", False),
        ("cells.csv", False),
    ],
)
def test_only_names_of_our_own_are_replaced(name: str, is_ours: bool) -> None:
    assert is_story_file(name) is is_ours
