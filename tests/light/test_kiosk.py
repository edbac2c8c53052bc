"""Is a tablet empty after each who answers, and can no other machine use it?"""

from __future__ import annotations

import pytest

from survey.answering.drafts import find_draft
from survey.installation import Installation
from survey.language import speak
from survey.light.cookies import read_secret
from survey.people.roles import Person, Role
from survey.store.rounds import Round
from survey.ways import add_way
from tests.light.conftest import MakePhone
from tests.light.kept import count_sealed
from tests.light.plain_phone import PlainPhone, read_words
from tests.walks import open_a_round

COORDINATOR = Person(Role.COORDINATOR)


@pytest.fixture
def kiosk_round(installation: Installation) -> Round:
    return open_a_round(installation, "platta", door="kiosk")


@pytest.fixture
def tablet(phone: PlainPhone, kiosk_round: Round, installation: Installation) -> PlainPhone:
    """A tablet that staff has opened the address on."""
    way = add_way(installation, kiosk_round.id, "Väntrummet", most_a_day=None, by=COORDINATOR)
    phone.open(f"/e/platta/v/{way.key}")
    assert phone.addresses[-1] == "/e/platta"
    return phone


def find_secret(tablet: PlainPhone) -> bytes | None:
    return read_secret({name: value.strip('"') for name, value in tablet.client.cookies.items()})


def begin(tablet: PlainPhone) -> None:
    tablet.ask("POST", "/e/platta", data={"form": "short"})
    tablet.follow()


def test_a_tablet_that_is_wiped_has_no_draft_and_no_cookie(
    tablet: PlainPhone, kiosk_round: Round, installation: Installation
) -> None:
    begin(tablet)
    assert tablet.addresses[-1] == "/e/platta/1"
    secret = find_secret(tablet)
    assert secret is not None and find_draft(installation, kiosk_round, secret) is not None
    tablet.ask("POST", "/e/platta/klar")
    assert tablet.page.headers["location"] == "/e/platta"
    assert find_draft(installation, kiosk_round, secret) is None
    assert find_secret(tablet) is None
    tablet.open("/e/platta/1")  # the browser's button back
    assert tablet.addresses[-1] == "/e/platta"


def test_a_tablet_is_at_its_first_page_when_somebody_is_done(
    tablet: PlainPhone, installation: Installation
) -> None:
    begin(tablet)
    while "granska" not in tablet.addresses[-1]:
        token = tablet.page.text.split('name="token" value="')[1].split('"')[0]
        tablet.ask("POST", tablet.addresses[-1], data={"token": token, "do": "next"})
        tablet.follow()
    token = tablet.page.text.split('name="token" value="')[1].split('"')[0]
    tablet.ask("POST", "/e/platta/granska", data={"token": token})
    tablet.follow()
    assert count_sealed(installation) == 1
    token = tablet.page.text.split('name="token" value="')[1].split('"')[0]
    tablet.ask("POST", "/e/platta/tack", data={"token": token})
    assert tablet.page.headers["location"] == "/e/platta"
    assert find_secret(tablet) is None


def test_who_leaves_a_survey_for_the_first_page_leaves_nothing_behind(tablet: PlainPhone) -> None:
    begin(tablet)
    assert 'class="name" href="/e/platta?' in tablet.page.text
    tablet.open("/e/platta/om")
    assert "kiosk.js" in tablet.page.text
    tablet.open("/e/platta")
    assert find_secret(tablet) is None


def test_another_machine_cannot_begin(
    phone: PlainPhone, kiosk_round: Round, installation: Installation
) -> None:
    assert phone.ask("POST", "/e/platta", data={"form": "full"}).status_code == 403


def test_only_a_tablets_answers_are_wiped(phone: PlainPhone, open_round: Round) -> None:
    phone.begin("alla")
    assert phone.ask("POST", "/e/alla/klar").status_code == 403
    phone.open("/e/alla/1")
    assert phone.addresses[-1] == "/e/alla/1"


def test_pages_of_a_tablet_say_when_they_are_emptied_and_others_do_not(
    tablet: PlainPhone, make_phone: MakePhone, open_round: Round
) -> None:
    begin(tablet)
    assert "kiosk.js" in tablet.page.text
    other = make_phone()
    other.begin("alla")
    assert "kiosk.js" not in other.page.text


def test_a_posters_link_begins_until_its_limit(
    make_phone: MakePhone, open_round: Round, installation: Installation
) -> None:
    way = add_way(installation, "alla", "Mottagningen", most_a_day=1, by=COORDINATOR)
    first, second = make_phone(), make_phone()
    first.open(f"/e/alla/v/{way.key}")
    first.send({"form": ["short"]})
    first.follow()
    assert first.addresses[-1] == "/e/alla/1"
    second.open(f"/e/alla/v/{way.key}")
    assert second.send({"form": ["short"]}).status_code == 429
    assert speak("sv").say("error.way_full") in read_words(second.page)
