"""Does the product start with nothing set, and is everything that is set wrong told at once?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from survey.areas import load_areas
from survey.errors import SurveyError
from survey.language import speak
from survey.settings import Settings, load_settings

FRAMEWORK_ENGLISH = re.compile(r"[Ii]nput|should|valid|must|parse")
NAMES = [str(field.alias) for field in Settings.model_fields.values()]


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    load_settings.cache_clear()
    yield
    load_settings.cache_clear()


def refuse(monkeypatch: pytest.MonkeyPatch, **variables: str) -> str:
    """What is told of an environment that must be refused."""
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SurveyError) as wrong:
        load_settings()
    assert wrong.value.code == "settings_invalid"
    told = speak("sv").explain(wrong.value)
    assert not FRAMEWORK_ENGLISH.search(told)
    return told


def test_nothing_need_be_set() -> None:
    settings = load_settings()
    assert (settings.demo, settings.host, settings.port) == (False, "127.0.0.1", 8501)
    assert (settings.threshold_public, settings.threshold_signed_in) == (10, 5)
    assert settings.counties == ("07", "08")
    assert settings.label == "real"
    assert settings.keys_dir == Path("var/keys")
    assert settings.database == f"sqlite:///{Path('var/invanarrosten.db').resolve()}"
    assert not settings.is_secure


@pytest.mark.parametrize(
    ("host", "public", "address"),
    [
        ("127.0.0.1", "", "http://127.0.0.1:8501"),
        ("0.0.0.0", "", "http://127.0.0.1:8501"),
        ("::", "", "http://[::1]:8501"),
        ("::1", "", "http://[::1]:8501"),
        ("0.0.0.0", "https://svara.example.se/", "https://svara.example.se"),
    ],
)
def test_the_address_that_is_told_can_be_opened(
    host: str, public: str, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOST", host)
    monkeypatch.setenv("PUBLIC_ADDRESS", public)
    assert load_settings().address == address


def test_a_demonstration_has_a_database_and_keys_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO", "1")
    settings = load_settings()
    assert settings.label == "demonstration"
    assert settings.keys_dir == Path("var/demonstration-keys")
    assert settings.database.endswith("/var/demonstration.db")


@pytest.mark.parametrize(
    ("value", "counties"),
    [("07", ("07",)), ("07,08", ("07", "08")), (" 07 , 08 ,", ("07", "08"))],
)
def test_counties_are_codes_with_commas_between(
    value: str, counties: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COUNTIES", value)
    assert load_settings().counties == counties


@pytest.mark.parametrize("value", ["hej", "10.0.0.1/8", "10.0.0.0/8;fd00::/8"])
def test_networks_that_are_none_are_told_of_in_one_sentence(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = refuse(monkeypatch, RECEIVER_NETWORKS=value)
    assert told.count("RECEIVER_NETWORKS") == 1 and "10.0.0.0/8" in told and "lax-or-strict" not in told


@pytest.mark.parametrize("value", ["hej", "javascript:alert(1)", "https://x.se/<b>", "a@b c"])
def test_a_contact_that_is_none_is_told_of_in_words(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    told = refuse(monkeypatch, ACCESSIBILITY_CONTACT=value)
    assert "ACCESSIBILITY_CONTACT ska vara en e-postadress" in told


@pytest.mark.parametrize(
    ("address", "secure"),
    [("https://svara.example.se", True), ("http://localhost:8501", False), ("", False)],
)
def test_cookies_are_for_https_only_where_people_reach_the_service_so(
    address: str, secure: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUBLIC_ADDRESS", address)
    assert load_settings().is_secure is secure


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEMO", "perhaps"),
        ("PORT", "http"),
        ("PORT", "0"),
        ("PORT", "65536"),
        pytest.param("PORT", "9" * 5000, id="PORT of thousands of digits"),
        ("PORT", "1.5"),
        ("SMTP_PORT", "smtp"),
        ("SMTP_SECURITY", "ssl"),
        ("LOG_FORMAT", "xml"),
        ("DRAIN_SECONDS", "-1"),
        ("DRAIN_SECONDS", "nan"),
        ("SESSION_HOURS", "0"),
        ("PUBLIC_ADDRESS", "svara.example.se"),
        ("PUBLIC_ADDRESS", "http://[::1"),
        ("SECOND_STEP_ROLES", "boss"),
        ("METRICS_TOKEN", "short"),
        ("THRESHOLD_PUBLIC", "4"),
        ("THRESHOLD_PUBLIC", "101"),
        ("THRESHOLD_PUBLIC", "ten"),
        ("THRESHOLD_SIGNED_IN", "4"),
        ("THRESHOLD_SIGNED_IN", "0"),
    ],
)
def test_a_variable_that_is_wrong_is_named(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert name in refuse(monkeypatch, **{name: value})


@pytest.mark.parametrize(("name", "value"), [("PORT", "1"), ("PORT", "65535"), ("THRESHOLD_PUBLIC", "100")])
def test_the_ends_of_a_range_are_good(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    assert load_settings()


def test_every_variable_that_is_wrong_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    told = refuse(monkeypatch, DEMO="x", PORT="y", THRESHOLD_PUBLIC="1", THRESHOLD_SIGNED_IN="z")
    assert told == (
        "Miljövariabler har fel värde. DEMO ska vara true eller false. "
        "PORT ska vara ett tal från 1 till 65535. "
        "THRESHOLD_PUBLIC ska vara ett tal från 5 till 100. "
        "THRESHOLD_SIGNED_IN ska vara ett tal från 5 till 100. Rätta dem och starta om."
    )


def test_the_public_may_not_see_what_a_signed_in_person_may_not(monkeypatch: pytest.MonkeyPatch) -> None:
    told = refuse(monkeypatch, THRESHOLD_PUBLIC="9", THRESHOLD_SIGNED_IN="10")
    assert "THRESHOLD_PUBLIC" in told and "THRESHOLD_SIGNED_IN" in told


def test_the_same_threshold_for_both_is_good(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THRESHOLD_PUBLIC", "10")
    monkeypatch.setenv("THRESHOLD_SIGNED_IN", "10")
    assert load_settings().threshold_public == 10


def test_a_refusal_never_repeats_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    told = refuse(monkeypatch, PORT="hunter2", DATABASE_URL="postgresql://u:hunter3@h/d")
    assert "hunter" not in told


def test_a_county_that_does_not_exist_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COUNTIES", "07,99")
    with pytest.raises(SurveyError) as wrong:
        load_areas(load_settings())
    assert (wrong.value.code, wrong.value.facts) == ("county_unknown", {"county": "99"})


@pytest.mark.parametrize("name", NAMES)
def test_a_setting_that_is_empty_is_as_if_it_were_not_set(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    unset = load_settings()
    load_settings.cache_clear()
    monkeypatch.setenv(name, "")
    assert load_settings() == unset
