"""Does an installation start only when answers are safe in it, and say why when it does not?"""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, text

from survey.answering.drafts import begin_draft, find_draft, find_survey
from survey.answering.submit import send_answers
from survey.errors import SurveyError
from survey.installation import Installation, check_may_take_answers, find_definition, open_installation
from survey.store.rounds import Round
from survey.store.tables import audit, definition, inbox
from survey.store.tables import installation as installation_table
from tests.processes import run_together
from tests.survey.refusing_to_start import refusal
from tests.walks import (
    SURVEY,
    SURVEYS,
    VERSION,
    Calendar,
    answer_survey,
    begin_answering,
    make_settings,
    open_a_round,
    opened,
)


def refuses_answers(installation: Installation, round_: Round) -> str:
    """Why an installation that is open takes no answers."""
    with pytest.raises(SurveyError) as wrong:
        begin_draft(installation, round_, form="full", language="sv")
    return wrong.value.code


def test_a_new_installation_is_labelled_has_its_surveys_and_takes_answers(
    installation: Installation, open_round: Round
) -> None:
    check_may_take_answers(installation)
    assert find_definition(installation, SURVEY, VERSION).survey == SURVEY
    assert answer_survey(installation, open_round).receipt != ""
    with installation.database.read() as connection:
        assert connection.execute(select(installation_table.c.label)).scalars().all() == ["real"]


def test_opening_again_changes_nothing(database_url: str, tmp_path: Path) -> None:
    def read_events() -> list[str]:
        with (
            opened(database_url, tmp_path / "var") as installation,
            installation.database.read() as connection,
        ):
            return sorted(connection.scalars(select(audit.c.action)))

    assert (
        read_events()
        == read_events()
        == ["definition loaded", "definition loaded", "installation created", "strategy loaded"]
    )


def test_processes_that_open_a_new_installation_at_once_open_the_same(
    empty_database_url: str, tmp_path: Path
) -> None:
    settings = make_settings(empty_database_url, tmp_path / "var")
    peppers = run_together(*[lambda: open_installation(settings, today=Calendar()).pepper] * 3)
    assert [one.error for one in peppers] == [""] * 3
    assert len({one.value for one in peppers}) == 1
    with (
        opened(empty_database_url, tmp_path / "var") as installation,
        installation.database.read() as connection,
    ):
        assert len(connection.execute(select(installation_table)).all()) == 1
        assert len(connection.execute(select(definition)).all()) == 2


def test_processes_that_take_a_months_first_answers_share_its_key(
    installation: Installation, open_round: Round
) -> None:
    settings = installation.settings
    installation.database.close()

    def answer_once() -> str:
        return answer_survey(open_installation(settings, today=Calendar()), open_round).receipt

    assert [one.error for one in run_together(*[answer_once] * 4)] == [""] * 4
    with installation.database.read() as connection:
        assert len(connection.execute(select(inbox)).all()) == 4
    check_may_take_answers(installation)


@pytest.mark.parametrize("demo", [True, False])
def test_a_demonstration_and_a_real_installation_never_share_a_database(
    database_url: str, tmp_path: Path, demo: bool
) -> None:
    with opened(database_url, tmp_path / "var", DEMO=demo):
        pass
    wrong = refusal(make_settings(database_url, tmp_path / "var", DEMO=not demo))
    labels = {True: "demonstration", False: "real"}
    assert (wrong.code, wrong.facts) == ("label_differs", {"label": labels[demo], "asked": labels[not demo]})


def test_without_its_pepper_an_installation_does_not_open(database_url: str, tmp_path: Path) -> None:
    with opened(database_url, tmp_path / "var") as installation:
        pepper = installation.keys.pepper_file
    pepper.unlink()
    wrong = refusal(make_settings(database_url, tmp_path / "var"))
    assert (wrong.code, wrong.facts) == ("key_missing", {"file": pepper.as_posix()})
    assert not pepper.exists()


def test_with_another_pepper_an_installation_does_not_open(database_url: str, tmp_path: Path) -> None:
    with opened(database_url, tmp_path / "var") as installation:
        pepper = installation.keys.pepper_file
    pepper.write_bytes(bytes(32))
    wrong = refusal(make_settings(database_url, tmp_path / "var"))
    assert (wrong.code, wrong.facts) == ("key_differs", {"file": pepper.as_posix()})


def test_without_the_months_key_no_answers_are_taken(installation: Installation, open_round: Round) -> None:
    walked = begin_answering(installation, open_round)
    installation.keys.find_period_file("2026-09").unlink()
    with opened(installation.settings.database, installation.settings.var_dir) as again:
        assert refuses_answers(again, open_round) == "key_missing"
        with pytest.raises(SurveyError, match="key_missing"):
            send_answers(again, open_round, walked.secret)
        assert find_draft(again, open_round, walked.secret) is not None


def test_without_the_rounds_key_no_answers_are_taken(installation: Installation, open_round: Round) -> None:
    answer_survey(installation, open_round)
    (installation.keys.folder / f"round-{open_round.id}.key").unlink()
    with opened(installation.settings.database, installation.settings.var_dir) as again:
        assert refuses_answers(again, open_round) == "key_missing"


def test_with_another_months_key_no_answers_are_taken(installation: Installation, open_round: Round) -> None:
    answer_survey(installation, open_round)
    installation.keys.destroy_period_key("2026-09")
    installation.keys.create_period_key("2026-09")
    with opened(installation.settings.database, installation.settings.var_dir) as again:
        assert refuses_answers(again, open_round) == "key_differs"


def test_a_database_of_a_later_version_does_not_open(database_url: str, tmp_path: Path) -> None:
    with opened(database_url, tmp_path / "var") as installation, installation.database.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    wrong = refusal(make_settings(database_url, tmp_path / "var"))
    assert (wrong.code, wrong.facts) == ("database_newer", {"revision": "9999"})


# Definitions that change


@pytest.fixture
def surveys(tmp_path: Path) -> Path:
    """A folder of surveys that a test may change."""
    return Path(shutil.copytree(SURVEYS, tmp_path / "surveys"))


def change_wording(surveys: Path) -> None:
    path = surveys / SURVEY / f"{VERSION}.yaml"
    path.write_text(path.read_text().replace("Vem handlar svaren om?", "Vem gäller svaren?"))


def read_first_question(installation: Installation) -> str:
    return find_definition(installation, SURVEY, VERSION).questions[0].text["sv"]


def test_a_definition_that_nobody_has_answered_is_replaced(
    database_url: str, tmp_path: Path, surveys: Path
) -> None:
    with opened(database_url, tmp_path / "var", SURVEYS_DIR=surveys) as installation:
        begin_answering(installation, open_a_round(installation))
    change_wording(surveys)
    with opened(database_url, tmp_path / "var", SURVEYS_DIR=surveys) as installation:
        assert read_first_question(installation) == "Vem gäller svaren?"


def test_a_definition_that_has_been_answered_is_frozen(
    database_url: str, tmp_path: Path, surveys: Path
) -> None:
    with opened(database_url, tmp_path / "var", SURVEYS_DIR=surveys) as installation:
        answer_survey(installation, open_a_round(installation))
    change_wording(surveys)
    wrong = refusal(make_settings(database_url, tmp_path / "var", SURVEYS_DIR=surveys))
    assert (wrong.code, wrong.facts) == ("definition_frozen", {"survey": SURVEY, "version": VERSION})
    shutil.copytree(SURVEYS, surveys, dirs_exist_ok=True)
    with opened(database_url, tmp_path / "var", SURVEYS_DIR=surveys) as installation:
        assert read_first_question(installation) == "Vem handlar svaren om?"


def test_a_survey_that_is_asked_is_the_one_that_was_stored(
    installation: Installation, open_round: Round
) -> None:
    assert find_survey(installation, open_round, "full").definition.version == VERSION
    changed = replace(open_round, checksum="0" * 64)
    with pytest.raises(SurveyError, match="definition_unknown"):
        find_survey(installation, changed, "full")
