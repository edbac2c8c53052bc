"""What does an installation have when nothing is set, and what is it told when something is wrong?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from survey.errors import SurveyError
from survey.language import speak
from survey.settings import Settings, load_settings
from tests.survey.refusing_to_start import PASSWORD

SETTINGS_TOLD = ("PORT", "THRESHOLD_PUBLIC", "THRESHOLD_SIGNED_IN", "DEMO")


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """The settings as the environment of a test gives them."""
    load_settings.cache_clear()
    yield monkeypatch
    load_settings.cache_clear()


def test_everything_that_is_wrong_in_the_environment_is_told_at_once(
    environment: pytest.MonkeyPatch,
) -> None:
    bad = {"PORT": "70000", "THRESHOLD_PUBLIC": "3", "THRESHOLD_SIGNED_IN": "many", "DEMO": "perhaps"}
    for name, value in bad.items():
        environment.setenv(name, value)
    environment.setenv("DATABASE_URL", f"postgresql://somebody:{PASSWORD}@127.0.0.1/survey")
    with pytest.raises(SurveyError) as wrong:
        load_settings()
    told = speak("sv").explain(wrong.value)
    assert wrong.value.code == "settings_invalid"
    assert [name for name in SETTINGS_TOLD if name not in told] == []
    assert PASSWORD not in told


@pytest.mark.parametrize(
    ("public", "signed_in", "fits"),
    [("10", "5", True), ("5", "5", True), ("9", "10", False), ("100", "100", True)],
)
def test_the_public_never_sees_smaller_groups_than_those_who_are_signed_in(
    environment: pytest.MonkeyPatch, public: str, signed_in: str, fits: bool
) -> None:
    environment.setenv("THRESHOLD_PUBLIC", public)
    environment.setenv("THRESHOLD_SIGNED_IN", signed_in)
    if fits:
        assert load_settings().threshold_public == int(public)
        return
    with pytest.raises(SurveyError, match="setting_thresholds"):
        load_settings()


def test_nothing_need_be_set(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("DATABASE_URL", "VAR_DIR", "DEMO", "COUNTIES", "PORT"):
        environment.delenv(name, raising=False)
    environment.chdir(tmp_path)
    settings = load_settings()
    assert settings.database == f"sqlite:///{tmp_path / 'var' / 'invanarrosten.db'}"
    assert (settings.label, settings.port, settings.counties) == ("real", 8501, ("07", "08"))


def test_a_demonstration_keeps_its_database_and_keys_apart() -> None:
    real, demo = Settings(DEMO=False, VAR_DIR="var"), Settings(DEMO=True, VAR_DIR="var")  # type: ignore[arg-type]
    assert real.database != demo.database
    assert real.keys_dir != demo.keys_dir
