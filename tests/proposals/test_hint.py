"""Is whoever publishes told which words may point out a person, and may they publish all the same?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from survey.installation import Installation
from survey.language import speak
from survey.proposals.feedback import find_told
from survey.proposals.hint import find_pointing, list_texts
from survey.proposals.states import State
from survey.proposals.visibility import find_history
from tests.proposals.test_pages import draw, read
from tests.proposals.written import MANAGER, TEXTS, make, propose
from tests.walks import opened

SAY = speak("sv").say
NAMED = "Maria Lind ringer alla."


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    with opened(f"sqlite:///{tmp_path / 'prov.db'}", tmp_path / "var", DEMO=True) as found:
        yield found


@pytest.mark.parametrize(
    ("texts", "pieces"),
    [
        ([], ()),
        (["Det ryms i budgeten."], ()),
        (["Region Kronoberg och Ljungby kommun inför en fast vårdkontakt."], ()),
        (["Läs mer på www.regionkronoberg.se. Beslut i nämnden 2026-09-10."], ()),
        ([NAMED], ("Maria Lind",)),
        ([NAMED, NAMED], ("Maria Lind",)),
        (["Ring Anna på 070-123 45 67."], ("Anna", "070-123 45 67")),
        (["Mötet är hos Eva, Storgatan 4."], ("Eva", "Storgatan 4")),
    ],
)
def test_what_may_point_out_a_person_is_found(texts: list[str], pieces: tuple[str, ...]) -> None:
    assert find_pointing(texts) == pieces


def test_every_language_and_part_is_looked_at() -> None:
    assert len(list_texts(TEXTS)) == 6
    assert find_pointing(list_texts(TEXTS | {"en": {"done": "Maria Lind calls."}})) == ("Maria Lind",)


def open_decision(
    installation: Installation, monkeypatch: pytest.MonkeyPatch, event: str
) -> tuple[AppTest, str, str]:
    one = propose(installation)
    key = f"proposal-{event}-{one.id}-2"
    page = draw(installation, monkeypatch, viewer=MANAGER, proposal=one.id, open_forms=(key,))
    return page, key, one.id


def is_decided(installation: Installation, proposal_id: str) -> bool:
    return find_history(installation, proposal_id, viewer=MANAGER)[-1].state != State.PROPOSED


def list_buttons(page: AppTest) -> set[str | None]:
    return {one.key for one in page.button}


@pytest.mark.parametrize("event", ["accept", "decline"])
def test_a_decision_with_a_name_is_hinted_at_and_can_be_published_anyway(
    installation: Installation, monkeypatch: pytest.MonkeyPatch, event: str
) -> None:
    page, key, proposal_id = open_decision(installation, monkeypatch, event)
    assert f"{key}-anyway" not in list_buttons(page)
    page.text_area(key=f"{key}-reason").set_value(NAMED)
    page.button(key=f"{key}-save").click().run()
    assert SAY("proposals.form.hint", words="Maria Lind") in read(page)
    assert page.text_area(key=f"{key}-reason").value == NAMED
    assert not is_decided(installation, proposal_id)
    page.button(key=f"{key}-save").click().run()  # the first button never publishes it
    assert not is_decided(installation, proposal_id)
    page.button(key=f"{key}-anyway").click().run()
    assert SAY(f"proposals.done.{event}") in read(page)
    assert is_decided(installation, proposal_id)


@pytest.mark.parametrize("button", ["save", "anyway"])
def test_a_text_without_the_name_is_published_by_either_button(
    installation: Installation, monkeypatch: pytest.MonkeyPatch, button: str
) -> None:
    page, key, proposal_id = open_decision(installation, monkeypatch, "accept")
    page.text_area(key=f"{key}-reason").set_value(NAMED)
    page.button(key=f"{key}-save").click().run()
    page.text_area(key=f"{key}-reason").set_value("En sköterska ringer alla.")
    page.button(key=f"{key}-{button}").click().run()
    assert is_decided(installation, proposal_id)


def test_only_what_was_shown_is_published_with_it(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, key, proposal_id = open_decision(installation, monkeypatch, "accept")
    page.text_area(key=f"{key}-reason").set_value(NAMED)
    page.button(key=f"{key}-save").click().run()
    page.text_area(key=f"{key}-reason").set_value("Maria Lind och Karin Berg ringer.")
    page.button(key=f"{key}-anyway").click().run()
    assert "Karin Berg" in SAY("proposals.form.hint", words="Maria Lind, Karin Berg")
    assert SAY("proposals.form.hint", words="Maria Lind, Karin Berg") in read(page)
    assert not is_decided(installation, proposal_id)
    page.button(key=f"{key}-anyway").click().run()
    assert is_decided(installation, proposal_id)


def test_what_residents_are_told_is_looked_at_in_every_language(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = make(installation, State.ACCEPTED)
    key = f"proposal-tell-{one.id}-0"
    page = draw(installation, monkeypatch, viewer=MANAGER, proposal=one.id, open_forms=(key,))
    for part in ("heard", "decided"):
        page.text_area(key=f"{key}-{part}-sv").set_value("Så här.")
        page.text_area(key=f"{key}-{part}-easy").set_value(NAMED)
    page.button(key=f"{key}-save").click().run()
    assert SAY("proposals.form.hint", words="Maria Lind") in read(page)
    assert find_told(installation, [one]) == {}
    page.button(key=f"{key}-anyway").click().run()
    assert SAY("proposals.done.tell") in read(page)
    assert find_told(installation, [one])[one.id].texts["sv-x-lattlast"]["heard"] == NAMED
