"""Do the plain pages of keying work without scripts, keep codes out of addresses, and refuse who may not?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from httpx import ASGITransport, AsyncClient
from starlette.applications import Starlette

from survey.answering.codes import show_code
from survey.answering.drafts import find_survey
from survey.answering.throttle import MOST_IN_SPACE, Throttle
from survey.installation import Installation
from survey.keying import routes
from survey.keying.sampling import set_share
from survey.keying.states import STEPS, list_drawn_steps
from survey.language import speak
from survey.light.headers import ProtectResponses
from survey.light.routes import ServeForm
from survey.paper.boxes import list_rows
from survey.paper.numbers import make_numbers
from survey.people.roles import Role
from survey.people.sign_in import COOKIE, make_demo_ticket
from survey.running import set_installation
from survey.store.rounds import Round
from tests.keying.keyed import LEADER, list_payloads
from tests.light.plain_phone import PlainPhone, read_page, read_words
from tests.walks import open_a_round, opened

HOST = "svara.example.se"
SAY = speak("sv").say
SENT = {"sec-fetch-site": "same-origin"}
MakeDesk = Callable[[Role, str], PlainPhone]


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    with opened("", tmp_path / "var", DEMO=True) as found:
        set_installation(found)
        yield found
        set_installation(None)


@pytest.fixture
def round_(installation: Installation) -> Round:
    return open_a_round(installation, "alla")


@pytest.fixture
def make_desk(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> Iterator[MakeDesk]:
    """Makes a browser without scripts of somebody in a role."""
    monkeypatch.setattr(routes, "wrong_codes", Throttle())
    served = ProtectResponses(ServeForm(Starlette()), secure=False)
    with ExitStack() as desks:

        def make(role: Role, person: str) -> PlainPhone:
            cookies = {COOKIE: make_demo_ticket(installation, role, person=person)}
            client = AsyncClient(
                transport=ASGITransport(served), base_url=f"http://{HOST}", cookies=cookies, headers=SENT
            )
            return desks.enter_context(closing(PlainPhone(client)))

        yield make


def press(desk: PlainPhone, do: str, **fields: str) -> None:
    """Fill in the first form of the page, or what is given, and press a button."""
    form = read_page(desk.page).forms[0]
    kept = {name: values for name, values in form.fields.items() if name != "do"}
    sent = kept | {name: [value] for name, value in fields.items()} | {"do": [do]}
    desk.send(sent, address=form.action)
    desk.follow()


def open_at_desk(desk: PlainPhone, code: str) -> None:
    desk.open("/inmatning")
    press(desk, "open", code=code)


def skip_all(installation: Installation, round_: Round, **typed: str) -> dict[str, str]:
    rows = list_rows(find_survey(installation, round_, "full"))
    return {row.id: "" if row.kind == "text" else "-" for row in rows} | typed


def test_a_form_is_keyed_without_scripts_and_no_address_has_its_code(
    installation: Installation, round_: Round, make_desk: MakeDesk
) -> None:
    set_share(installation, round_.id, 0, by=LEADER)
    (code,) = make_numbers(installation, round_, 1, by=LEADER)
    desk = make_desk(Role.KEYER, "a1")
    open_at_desk(desk, show_code(code).lower())
    press(desk, "done", **skip_all(installation, round_, a01="2"))
    assert SAY("keying.done_last") in read_words(desk.page)
    desk.send({"do": ["keep"]}, address="/inmatning/alla")
    (payload,) = list_payloads(installation)
    assert (payload.channel, payload.answers["a01"], payload.answers["a02"]) == ("paper", "4", None)
    assert not [one for one in desk.addresses if code in one or show_code(code) in one]


def test_what_is_wrong_is_told_at_each_question_and_nothing_is_lost(
    installation: Installation, round_: Round, make_desk: MakeDesk
) -> None:
    (code,) = make_numbers(installation, round_, 1, by=LEADER)
    desk = make_desk(Role.KEYER, "a1")
    open_at_desk(desk, code)
    press(desk, "done", **skip_all(installation, round_, a01="12", a02="", a03="3"))
    assert desk.page.status_code == 422
    told = read_words(desk.page)
    assert SAY("keying.trouble.two_keys") in told and SAY("keying.trouble.not_keyed") in told
    assert read_page(desk.page).forms[0].fields["a03"] == ["3"]


def test_half_a_form_is_kept_as_it_is_typed_and_found_by_its_code(
    installation: Installation, round_: Round, make_desk: MakeDesk
) -> None:
    (code,) = make_numbers(installation, round_, 1, by=LEADER)
    desk = make_desk(Role.KEYER, "a1")
    open_at_desk(desk, code)
    page = desk.send({"code": [code], "a01": ["4"], "do": ["keep"]}, address="/inmatning/alla/blankett")
    assert page.status_code == 204
    again = make_desk(Role.KEYER, "a1")  # another browser, as after a night
    open_at_desk(again, code)
    assert read_page(again.page).forms[0].fields["a01"] == ["4"]


def test_a_masked_text_is_shown_as_it_is_kept_before_the_form_is_done(
    installation: Installation, round_: Round, make_desk: MakeDesk
) -> None:
    set_share(installation, round_.id, 0, by=LEADER)
    (code,) = make_numbers(installation, round_, 1, by=LEADER)
    desk = make_desk(Role.KEYER, "a1")
    open_at_desk(desk, code)
    press(desk, "done", **skip_all(installation, round_, ft1="Ring 070-123 45 67."))
    assert SAY("keying.press_again") in read_words(desk.page)
    assert read_page(desk.page).forms[0].fields["ft1"] == ["Ring [telefon]."]
    press(desk, "done")
    assert SAY("keying.done_last") in read_words(desk.page)


def test_a_drawn_form_is_keyed_by_another_and_chosen_side_by_side(
    installation: Installation, round_: Round, make_desk: MakeDesk
) -> None:
    set_share(installation, round_.id, 100, by=LEADER)
    (code,) = make_numbers(installation, round_, 1, by=LEADER)
    anna, bo = make_desk(Role.KEYER, "a1"), make_desk(Role.KEYER, "b2")
    open_at_desk(anna, code)
    press(anna, "done", **skip_all(installation, round_, a01="1"))
    assert SAY("keying.done_waiting") in read_words(anna.page)
    open_at_desk(anna, code)
    assert SAY("error.form_keyed_once") in read_words(anna.page)
    open_at_desk(bo, code)
    assert read_page(bo.page).forms[0].fields["a01"] == [""]
    press(bo, "done", **skip_all(installation, round_, a01="*"))
    assert "1 Alltid" in read_words(bo.page) and SAY("keying.two") in read_words(bo.page)
    press(bo, "choose")
    assert bo.page.status_code == 422
    press(bo, "choose", a01="second")
    assert SAY("keying.done_last") in read_words(bo.page)


def test_the_last_is_undone_by_a_button(
    installation: Installation, round_: Round, make_desk: MakeDesk
) -> None:
    set_share(installation, round_.id, 0, by=LEADER)
    (code,) = make_numbers(installation, round_, 1, by=LEADER)
    desk = make_desk(Role.KEYER, "a1")
    open_at_desk(desk, code)
    press(desk, "done", **skip_all(installation, round_, a01="5"))
    desk.send({"do": ["undo"]}, address="/inmatning/alla")
    assert SAY("keying.done_undone") in read_words(desk.follow())
    open_at_desk(desk, code)
    assert read_page(desk.page).forms[0].fields["a01"] == ["5"]


def test_a_form_without_a_number_gets_one_to_write_on_it(round_: Round, make_desk: MakeDesk) -> None:
    desk = make_desk(Role.KEYER, "a1")
    desk.open("/inmatning/alla")
    desk.send({"do": ["number"]}, address="/inmatning/alla")
    assert SAY("keying.write_number") in read_words(desk.page)
    press(desk, "open")
    assert desk.page.url.path.endswith("/blankett")


@pytest.mark.parametrize("role", [one for one in Role if one not in (Role.KEYER, Role.COORDINATOR)])
@pytest.mark.parametrize("path", ["/inmatning", "/inmatning/alla", "/inmatning/alla/blankett"])
def test_nobody_else_comes_in(round_: Round, make_desk: MakeDesk, role: Role, path: str) -> None:
    assert make_desk(role, "x").open(path).status_code == 403


@pytest.mark.parametrize("role", [one for one in Role if one is not Role.COORDINATOR])
def test_only_a_coordinator_prints(round_: Round, make_desk: MakeDesk, role: Role) -> None:
    assert make_desk(role, "x").open("/blankett/alla").status_code == 403


def test_a_form_that_another_site_posts_is_refused(round_: Round, make_desk: MakeDesk) -> None:
    desk = make_desk(Role.KEYER, "a1")
    headers = {"sec-fetch-site": "cross-site"}
    page = desk.send({"do": ["number"]}, address="/inmatning/alla", headers=headers)
    assert page.status_code == 403


def test_who_guesses_codes_is_stopped(round_: Round, make_desk: MakeDesk) -> None:
    for _ in range(MOST_IN_SPACE):
        routes.wrong_codes.note(routes.SPACE)
    desk = make_desk(Role.KEYER, "a1")
    assert desk.send({"code": ["x"], "do": ["open"]}, address="/inmatning/alla").status_code == 429


def test_a_round_of_another_door_takes_no_paper(installation: Installation, make_desk: MakeDesk) -> None:
    open_a_round(installation, "tavla", door="kiosk")
    assert make_desk(Role.KEYER, "a1").open("/inmatning/tavla").status_code == 404


def test_forms_are_printed_by_a_button(round_: Round, make_desk: MakeDesk) -> None:
    desk = make_desk(Role.COORDINATOR, "c3")
    desk.open("/blankett/alla")
    part = "--x\r\nContent-Disposition: form-data; name={}\r\n\r\n{}\r\n"
    given = {"number": "2", "form": "short", "paper_size": "14", "language": "en", "contact": ""}
    body = "".join(part.format(f'"{name}"', value) for name, value in given.items()) + "--x--\r\n"
    headers = {"content-type": "multipart/form-data; boundary=x"}
    page = desk.ask("POST", "/blankett/alla", content=body.encode(), headers=headers)
    assert (page.status_code, page.content[:5]) == (200, b"%PDF-")
    wrong = desk.ask("POST", "/blankett/alla", content=body.replace("2", "x").encode(), headers=headers)
    assert wrong.status_code == 422


def test_the_picture_of_the_states_is_the_table() -> None:
    page = (Path(__file__).parents[2] / "docs" / "paper.md").read_text()
    for come, by, to in list_drawn_steps():
        assert f"{come} --> {to}: {by}" in page
    assert page.count(" --> ") == len(STEPS)
