"""Does the map show what is known and what is missing, and can its owner alone change it and lose no word?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import menu_table
from pages.shared.area_kept import KEPT
from pages.shared.frame import Frame
from survey.errors import SurveyError
from survey.installation import Installation
from survey.language import speak
from survey.people.roles import Person, Role
from survey.strategy.edit import Edit
from survey.strategy.model import Status
from survey.strategy.versions import find_current, list_versions, save_edit
from tests.insight.hand_made import CELL, add_cells, add_publication
from tests.insight.monthly import publish_line
from tests.walks import opened

MENU_SCRIPT = str(Path(__file__).parents[2] / "pages" / "menu.py")
RESIDENT, MANAGER, OWNER = Person(), Person(Role.MANAGER), Person(Role.STRATEGY_OWNER)
SWEDISH = speak("sv")
MISSING = SWEDISH.say("strategy.about.not_found")
L09 = Edit("kronoberg", "L09", Status.ENTERED, {"sv": "Vi ska lyssna"})


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    with opened(f"sqlite:///{tmp_path / 'a.db'}", tmp_path / "var") as found:
        yield found


class PageOpener:
    """Opens the page as somebody, in a language, with what its address asks."""

    def __init__(self, installation: Installation, patch: pytest.MonkeyPatch) -> None:
        self.installation = installation
        self.patch = patch

    def __call__(
        self, person: Person, language: str = "sv", *, opened: str = "", kept: str = "", **asked: str
    ) -> AppTest:
        frame = Frame(self.installation, person, language)
        self.patch.setattr(menu_table, "open_frame", lambda: frame)
        self.patch.setattr(menu_table, "HOME", "strategy")
        page = AppTest.from_file(MENU_SCRIPT, default_timeout=30)
        for name, value in asked.items():
            page.query_params[name] = value
        if kept:
            page.session_state[KEPT] = kept
        if opened:
            page.session_state[opened] = True
        page.run()
        assert not page.exception
        return page


@pytest.fixture
def open_page(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> PageOpener:
    return PageOpener(installation, monkeypatch)


def read(page: AppTest) -> list[str]:
    return [one.value for one in (*page.header, *page.subheader, *page.markdown)]


def list_links(page: AppTest) -> set[str]:
    return {one.proto.query_string for one in page.get("page_link")}


@pytest.mark.parametrize(
    "key", ["kronoberg", "programme", "kalmar", "lund", "patientkontrakt", "skr_shifts", "ibic"]
)
@pytest.mark.parametrize("language", ["sv", "sv-x-lattlast", "en"])
def test_every_framework_is_shown_whole_in_every_language(
    open_page: PageOpener, installation: Installation, key: str, language: str
) -> None:
    page = open_page(RESIDENT, language, framework=key)
    framework = find_current(installation, viewer=RESIDENT).map.find_framework(key)
    assert framework is not None
    headings = [one.value for one in (*page.header, *page.subheader)]
    assert {item.id for item in framework.items} <= {heading.split(".")[0] for heading in headings}
    assert not page.error


def test_what_is_missing_or_cut_off_says_so_and_nothing_is_made_up(open_page: PageOpener) -> None:
    told = read(open_page(RESIDENT))
    assert [one for one in told if one.endswith(". Saknas")] == [
        "D4. Saknas",
        "L09. Saknas",
        "L10. Saknas",
        "L11. Saknas",
        "L12. Saknas",
        "L13. Saknas",
    ]
    assert told.count(MISSING) == 6
    assert "L08. Vi ska vara en förebyggande och hälsofrämja…" in told
    assert told.count(SWEDISH.say("strategy.about.truncated")) == 1


def test_what_no_question_measures_says_so_with_what_else_does(open_page: PageOpener) -> None:
    told = read(open_page(RESIDENT))
    assert told.count(SWEDISH.say("strategy.unmeasured")) == 2  # of the vision, and of L03
    assert any(one.startswith("Invånarna märker inte det här själva.") for one in told)


def test_no_source_that_is_no_address_reaches_the_screen(open_page: PageOpener) -> None:
    for key in ("kronoberg", "lund"):
        assert not [one for one in read(open_page(RESIDENT, framework=key)) if ".txt" in one]
    assert SWEDISH.say("strategy.no_address") in " ".join(read(open_page(RESIDENT, framework="lund")))


def test_a_dimension_leads_to_its_trend_with_its_figure_in_words(
    open_page: PageOpener, installation: Installation
) -> None:
    add_publication(installation)
    add_cells(installation, replace(CELL, measure="trygghet"))
    page = open_page(MANAGER, framework="lund", area="0780")
    assert "area=0780&by=month&survey=invanarupplevelse" in list_links(page)
    told = read(page)
    assert "61,3 (oktober 2026). För få mätningar än för att säga om det ändras." in told
    assert "Inget tal kan visas: inga svar, eller för få (färre än 5)." in told


@pytest.mark.parametrize(
    ("asked", "area"),
    [
        ({}, "Kronobergs län"),
        ({"framework": "kalmar"}, "Kalmar län"),
        ({"framework": "kalmar", "area": "0780"}, "Växjö"),  # chosen by somebody
        ({"framework": "ibic"}, "Kronobergs län"),  # nobody's in particular
    ],
)
def test_the_figures_are_those_of_the_owners_area_where_nobody_chose_another(
    open_page: PageOpener, installation: Installation, asked: dict[str, str], area: str
) -> None:
    add_publication(installation)
    assert any(
        one.startswith(f"Talen gäller {area} och är poäng") for one in read(open_page(MANAGER, **asked))
    )


def test_an_owner_who_is_not_here_is_said_not_to_be(
    open_page: PageOpener, installation: Installation
) -> None:
    add_publication(installation)
    (told,) = [one for one in read(open_page(MANAGER, framework="lund")) if one.startswith("Talen gäller")]
    assert told.endswith(
        "Lunds kommun har inget område i den här installationen. "
        "Talen gäller Kronobergs län och säger inget om ägaren."
    )


@pytest.mark.parametrize(("kept", "area"), [("0880", "Kalmar"), ("0781", "Kalmar län"), ("", "Kalmar län")])
def test_the_area_of_the_page_before_stays_where_the_owner_has_it(
    open_page: PageOpener, installation: Installation, kept: str, area: str
) -> None:
    add_publication(installation)
    page = open_page(MANAGER, framework="kalmar", kept=kept)
    assert any(one.startswith(f"Talen gäller {area} och är poäng") for one in read(page))


def test_what_changes_is_told_under_its_name_without_saying_the_name_again(
    open_page: PageOpener, installation: Installation
) -> None:
    publish_line(installation, [*[60.0, 62.0] * 9, *[68.0, 66.0] * 4], measure="trygghet")
    told = read(open_page(MANAGER, framework="lund", area="0780"))
    assert "Har förbättrats: över medel 62,8 i 8 mätningar i rad, senast 66,0 i oktober 2026." in told


def test_without_figures_the_map_is_still_there(open_page: PageOpener) -> None:
    told = read(open_page(RESIDENT, framework="lund"))
    assert SWEDISH.say("strategy.no_figures") in told
    assert "LU1. trygghet" in told


@pytest.mark.parametrize(
    "asked", [{"framework": "nora"}, {"area": "9999"}, {"framework": "<b>", "area": "0780x"}]
)
def test_an_address_that_makes_no_sense_is_told_and_the_first_is_shown(
    open_page: PageOpener, asked: dict[str, str]
) -> None:
    page = open_page(RESIDENT, **asked)
    assert len(page.error) == 1
    assert "D1. I Kronoberg ska vården vara till för alla" in read(page)


@pytest.mark.parametrize("role", Role)
def test_only_the_owner_is_offered_to_change_and_who_sees_publications_the_history(
    open_page: PageOpener, role: Role
) -> None:
    labels = [one.label for one in open_page(Person(role), framework="lund").expander]
    assert ("Ändra LU1" in labels) == (role is Role.STRATEGY_OWNER)
    sees = role in (Role.MANAGER, Role.COORDINATOR, Role.STRATEGY_OWNER)
    assert (SWEDISH.say("strategy.history") in labels) == sees


def fill_in(page: AppTest, text: str, *, version: int = 1, status: Status = Status.ENTERED) -> AppTest:
    key = f"edit-L09-{version}"
    page.text_area(key=f"{key}-text-sv").set_value(text)
    page.selectbox(key=f"{key}-status").set_value(status)
    return page.button(key=f"{key}-save").click().run()


def test_the_owner_types_in_what_was_missing(open_page: PageOpener, installation: Installation) -> None:
    page = fill_in(open_page(OWNER, opened="edit-L09"), "Vi ska *lyssna*")
    assert [one.value for one in page.success] == [SWEDISH.say("strategy.saved", number="2")]
    assert "L09. Vi ska \\*lyssna\\*" in read(page)
    assert list_versions(installation)[0].made_by == "strategy_owner"


def test_what_is_wrong_is_told_and_what_was_typed_stays(
    open_page: PageOpener, installation: Installation
) -> None:
    page = fill_in(open_page(OWNER, opened="edit-L09"), "Vi ska lyssna", status=Status.NOT_FOUND)
    assert [one.value for one in page.error] == [SWEDISH.say("error.strategy_text_not_here", item="L09")]
    assert page.text_area(key="edit-L09-1-text-sv").value == "Vi ska lyssna"
    assert len(list_versions(installation)) == 1


def test_two_at_once_are_told_nothing_is_lost_and_the_second_may_still_save(
    open_page: PageOpener, installation: Installation
) -> None:
    page = open_page(OWNER, opened="edit-L09")
    save_edit(installation, L09, based_on=1, by=OWNER)
    page = fill_in(page, "Vi ska svara")
    told = SurveyError("strategy_changed_meanwhile", item="L09", number=2)
    assert [one.value for one in page.error] == [SWEDISH.explain(told)]
    assert page.text_area(key="edit-L09-1-text-sv").value == "Vi ska svara"
    assert any("Vi ska lyssna" in one and SWEDISH.say("strategy.form.now") in one for one in read(page))
    page = page.button(key="edit-L09-1-save").click().run()
    assert [one.value for one in page.success] == [SWEDISH.say("strategy.saved", number="3")]
    assert "L09. Vi ska svara" in read(page)


def test_the_history_tells_what_changed_and_an_earlier_version_is_put_back(
    open_page: PageOpener, installation: Installation
) -> None:
    save_edit(installation, replace(L09, why="Läst i beslutet"), based_on=1, by=OWNER)
    page = open_page(OWNER, opened="history-open")
    told = " ".join(read(page))
    assert "Ändrat: L09 (status, texten på svenska). Skäl: Läst i beslutet" in told
    assert "L09: texten på svenska var tomt och är nu ”Vi ska lyssna”." in told
    page = page.button(key="restore-1-2").click().run()
    assert [one.value for one in page.success] == [SWEDISH.say("strategy.restored", earlier="1", number="3")]
    assert "L09. Saknas" in read(page)


def test_a_manager_reads_the_history_and_cannot_put_anything_back(
    open_page: PageOpener, installation: Installation
) -> None:
    save_edit(installation, L09, based_on=1, by=OWNER)
    page = open_page(MANAGER, opened="history-open")
    assert any("Version 2" in one for one in read(page))
    assert not [one for one in page.button if one.key and one.key.startswith("restore")]
