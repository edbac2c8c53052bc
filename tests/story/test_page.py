"""Can everybody read the story, in their language, safely, and whatever they ask for?"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import update

from survey.installation import Installation
from survey.language import LANGUAGES
from survey.proposals.activities import add_activity
from survey.proposals.states import State
from survey.store.tables import comment, published_theme
from tests.following.written import ACTION
from tests.insight.hand_made import CELL, HIDDEN_FROM_ALL, add_cells, add_publication
from tests.light.plain_phone import PlainPhone, read_page, read_words
from tests.proposals.written import LJUNGBY, MANAGER, NEW, REASON, add_comment, make, show_themes

PLACE = f"/arsberattelse/{LJUNGBY}/2026"
MOST_BYTES = 170_000  # where a letter is two or three bytes; 150,000 in Latin letters
STYLES = Path("survey/light/files/story.css")
HOSTILE = '<script src="//x.example"></script><img src=x onerror=alert(1)>&amp;'


def publish(installation: Installation) -> None:
    """A year in which one thing is shown in Ljungby, and one is hidden."""
    for month in ("2025-01", "2026-12"):
        add_publication(installation, month)
    shown = replace(CELL, area=LJUNGBY, kind="year", period="2026")
    add_cells(installation, shown, replace(shown, measure="kontinuitet", **HIDDEN_FROM_ALL))


def read(phone: PlainPhone, address: str = PLACE, status: int = 200) -> str:
    page = phone.open(address)
    assert page.status_code == status
    return read_words(page)


# What is there


def test_a_chapter_says_its_number_how_it_was_measured_and_what_is_hidden(
    phone: PlainPhone, installation: Installation
) -> None:
    publish(installation)
    said = read(phone)
    for part in (
        "Året 2026 i Ljungby",
        "Siffrorna gäller hela 2026.",
        "61 av 100",
        "40 % av dem som svarade ligger på 75 eller högre.",
        "Omkring 45 svar i 2026.",
        "Talet ligger troligen mellan 55 och 68.",
        "Enkätens version 2026-1. Metod 2026-2. Publicerat 2026-11-01.",
        "Tal som inte visas: Kontinuitet.",
        "Det betyder inte noll.",
        "Vart du kan vända dig",
    ):
        assert part in said


def test_a_year_that_is_not_over_or_began_late_is_said_to_be_so(
    phone: PlainPhone, installation: Installation
) -> None:
    for month in ("2025-11", "2026-08"):
        add_publication(installation, month)
    assert "Året är inte färdigt än. Siffrorna gäller halvår 1 2026" in read(phone)
    began = read(phone, f"/arsberattelse/{LJUNGBY}/2025")
    assert "Enkäten började i november 2025. Siffrorna gäller" in began


def test_what_was_decided_and_done_stands_in_the_chapter_of_its_year(
    phone: PlainPhone, installation: Installation
) -> None:
    publish(installation)
    one = make(installation, State.ACCEPTED)
    make(installation, State.PROPOSED, replace(NEW, title="Inte besvarat"))
    new = replace(ACTION, starts="2026-09", state="ongoing")
    add_activity(installation, one, new, organisation="both", by=MANAGER)
    said = read(phone)
    assert "Ett förslag fick svar och en åtgärd började under året." in said
    for part in (NEW.title, REASON, "Fast vårdkontakt införs"):
        assert part in said
    assert "Inte besvarat" not in said
    assert NEW.title not in read(phone, f"/arsberattelse/{LJUNGBY}/2025")
    assert NEW.title not in read(phone, "/arsberattelse/0780/2026")


# Residents' words


def test_only_cleared_words_of_a_shown_time_are_quoted(phone: PlainPhone, installation: Installation) -> None:
    publish(installation)
    show_themes(installation)
    text = "Det kommer nya personer hela tiden och man får börja om {}."
    shown = text.format("från början")
    add_comment(installation, shown)
    others = {
        "utan att någon har bedömt det": {"quotable": False},
        "utan att gruppen får läsa": {"for_panel": False},
        "fast det är undanhållet": {"withheld": True},
        "i en kommun intill": {"area": "0767"},
        "i ett kvartal som inte visas": {"month": "2026-05"},
    }
    for words, more in others.items():
        add_comment(installation, text.format(words), **more)
    said = read(phone)
    assert shown in said
    assert [words for words in others if words in said] == []


@pytest.mark.parametrize(("answers", "is_shown"), [(60, True), (9, False)])
def test_words_need_the_public_threshold(
    phone: PlainPhone, installation: Installation, answers: int, is_shown: bool
) -> None:
    publish(installation)
    show_themes(installation)
    with installation.database.write() as connection:
        connection.execute(update(published_theme).values(answers=answers))
    words = "Det kommer nya personer hela tiden och man får börja om."
    add_comment(installation, words)
    assert (words in read(phone)) is is_shown


def test_words_behind_a_proposal_stand_there_and_nowhere_else(
    phone: PlainPhone, installation: Installation
) -> None:
    publish(installation)
    show_themes(installation)
    words = "Det kommer nya personer hela tiden och man får börja om."
    make(installation, State.ACCEPTED, replace(NEW, quotes=(add_comment(installation, words),)))
    assert read(phone).count(words) == 1


def test_words_that_may_not_be_quoted_any_more_are_gone_with_the_next_view(
    phone: PlainPhone, installation: Installation
) -> None:
    publish(installation)
    show_themes(installation)
    words = "Det kommer nya personer hela tiden och man får börja om."
    add_comment(installation, words)
    assert words in read(phone)
    with installation.database.write() as connection:
        connection.execute(update(comment).values(quotable=False))
    assert words not in read(phone)


# Whatever is asked for


@pytest.mark.parametrize("code", ["9999", "0", "ljungby", "%3Cscript%3E", "b" * 2_000])
@pytest.mark.parametrize("year", ["", "/2026"])
def test_an_unknown_place_is_told_of_and_the_list_shown(
    phone: PlainPhone, installation: Installation, code: str, year: str
) -> None:
    add_publication(installation, "2026-10")
    said = read(phone, f"/arsberattelse/{code}{year}", 404)
    assert "Det finns inget län och ingen kommun här med koden" in said
    assert "Ljungby" in said
    assert "b" * 21 not in said
    assert {tag for tag, _ in read_page(phone.page).elements} & {"script"} == set()


@pytest.mark.parametrize("year", ["2025", "2027", "9999", "0", "år", "2026-10", "%3Cscript%3E", "2" * 2_000])
def test_a_year_that_nothing_is_published_of_is_told_of_and_the_list_shown(
    phone: PlainPhone, installation: Installation, year: str
) -> None:
    add_publication(installation, "2026-10")
    said = read(phone, f"/arsberattelse/{LJUNGBY}/{year}", 404)
    assert "Det finns ingen berättelse om år" in said
    assert "2" * 21 not in said
    assert {tag for tag, _ in read_page(phone.page).elements} & {"script"} == set()


def test_before_anything_is_published_that_is_said(phone: PlainPhone) -> None:
    for address in ("/arsberattelse", f"/arsberattelse/{LJUNGBY}"):
        assert "Inget har publicerats än." in read(phone, address)
    assert "Det finns ingen berättelse om år 2026" in read(phone, PLACE, 404)


def test_a_place_that_is_hidden_in_everything_is_still_a_story(
    phone: PlainPhone, installation: Installation
) -> None:
    add_publication(installation, "2026-10")
    hidden = replace(CELL, area=LJUNGBY, **HIDDEN_FROM_ALL)
    measures = ("personcentrering", "kontinuitet", "helhet", "trygghet")
    add_cells(installation, *(replace(hidden, measure=one) for one in measures))
    said = read(phone)
    assert "Inga siffror kan visas för Ljungby det här året" in said
    assert "61" not in said
    assert said.count("Det betyder inte noll.") == len(measures)
    county = {g.get("href", "") for _, g in read_page(phone.page).elements}
    assert "/arsberattelse/07/2026?sprak=sv#helhet" in county


def test_a_place_leads_to_its_newest_year(reader: PlainPhone) -> None:
    assert "Året 2026 i Ljungby" in read(reader, f"/arsberattelse/{LJUNGBY}")


@pytest.mark.parametrize(
    ("address", "status"),
    [("/arsberattelse/", 200), (f"{PLACE}/", 200), (f"{PLACE}/mer", 404), ("/arsberattelserna", 404)],
)
def test_addresses_beside_it(
    phone: PlainPhone, installation: Installation, address: str, status: int
) -> None:
    add_publication(installation, "2026-10")
    assert phone.open(address).status_code == status


# How it is sent and built


def test_nothing_typed_becomes_html(phone: PlainPhone, installation: Installation) -> None:
    publish(installation)
    make(installation, State.ACCEPTED, replace(NEW, title=HOSTILE[:80], text=HOSTILE))
    assert read(phone).count(HOSTILE[:80]) == 2
    assert {tag for tag, _ in read_page(phone.page).elements} & {"script", "img"} == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", ["07", "0781", "0760"])
def test_a_whole_story_is_light_safe_and_in_one_language(
    reader: PlainPhone, language: str, place: str
) -> None:
    page = reader.open(f"/arsberattelse/{place}/2026?sprak={language}")
    assert len(page.content) < MOST_BYTES
    assert f'<html lang="{language}"' in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert reader.cookies_given == []
    elements = read_page(page).elements
    assert [tag for tag, _ in elements if tag in ("script", "iframe", "form", "img", "style")] == []
    assert [given for _, given in elements if "style" in given] == []
    assert [given for _, given in elements if "//" in given.get("src", "") + given.get("href", "")] == []
    assert all(f"sprak={language}" in link or "#" in link for link in list_links(page.text))


def test_a_story_names_dimensions_groups_and_lists_in_the_readers_language(reader: PlainPhone) -> None:
    page = read(reader, "/arsberattelse/07/2026?sprak=de")
    assert "Komplexer Bedarf" in page
    assert [swedish for swedish in ("Komplexa behov", "Personcentrering", "Ålder") if swedish in page] == []
    assert " och " not in page[page.index("Jahresbericht") : page.index("Kontinuität")]


def list_links(page: str) -> list[str]:
    """The addresses of a page's own links, but for those to the other languages, styles and the icon."""
    found = re.findall(r'<a [^>]*href="([^"]+)"(?![^>]*hreflang)', page)
    return [one for one in found if "/e/fil/" not in one]


def test_every_link_of_a_page_leads_to_a_chapter_that_is_there_and_each_id_is_one(
    reader: PlainPhone,
) -> None:
    page = reader.open("/arsberattelse/0781/2026")
    ids = re.findall(r'\bid="([^"]+)"', page.text)
    assert len(ids) == len(set(ids))
    inner = {link[1:] for link in list_links(page.text) if link.startswith("#")}
    named = set(re.findall(r'aria-labelledby="([^"]+)"', page.text))
    assert inner | {one for names in named for one in names.split()} <= set(ids)


def test_a_figure_has_its_words_and_its_table(reader: PlainPhone) -> None:
    page = reader.open("/arsberattelse/0781/2026").text
    pictures = re.findall(r"<svg .*?</svg>", page, re.DOTALL)
    assert len(pictures) >= 11
    assert all('role="img"' in one and "<title" in one and "<desc" in one for one in pictures)
    assert page.count('<figure class="line">') == page.count('<details class="numbers">') >= 3


def test_headings_go_down_one_step_at_a_time(reader: PlainPhone) -> None:
    levels = [int(n) for n in re.findall(r"<h([1-6])", reader.open("/arsberattelse/0781/2026").text)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_list_the_start_and_what_happened_lead_to_it(
    phone: PlainPhone, installation: Installation
) -> None:
    add_publication(installation, "2026-10")
    phone.open("/arsberattelse")
    links = {given.get("href", "") for _, given in read_page(phone.page).elements}
    assert {f"/arsberattelse/{area.code}/2026?sprak=sv" for area in installation.areas} <= links
    phone.open(f"/vad-hande-sen/{LJUNGBY}")
    assert f"/arsberattelse/{LJUNGBY}?sprak=sv" in {g.get("href") for _, g in read_page(phone.page).elements}
    phone.open("/e")
    assert "/arsberattelse?sprak=sv" in {g.get("href") for _, g in read_page(phone.page).elements}


def test_paper_opens_what_is_closed_and_splits_no_figure() -> None:
    sheet = STYLES.read_text()
    paper = sheet[sheet.index("@media print") :]
    assert "size: A4" in sheet
    assert "details::details-content { display: block; content-visibility: visible;" in paper
    assert "break-inside: avoid" in paper
    hidden = re.findall(r"([^{}]+)\{ display: none; \}", paper)
    assert [one.strip() for one in hidden] == [".contents, .back, .ways"]
