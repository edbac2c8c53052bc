"""What does the doctor find in a test, but for what the machine that it runs on lacks?"""

from __future__ import annotations

from collections.abc import Mapping

from survey.doctor.examine import examine
from survey.doctor.finding import Finding, Level, tell_finding
from survey.language import speak
from survey.settings import Settings
from tests.walks import Calendar

PASSWORD = "hemligt-losenord"
# What is so wherever these tests run, and no fault of the installation.
OF_THE_MACHINE = {"runs_as_root", "not_running", "packages_differ", "postgres_unsafe", "package_missing"}


def find(settings: Settings, environment: Mapping[str, str] | None = None) -> dict[str, Finding]:
    """What is found, by the code that is told."""
    found = examine(lambda: settings, environment=environment or {}, today=Calendar())
    words = speak("sv")
    return {tell_finding(one, words).code: one for one in found}


def list_wrong(settings: Settings) -> set[str]:
    return {code for code, one in find(settings).items() if one.level is Level.WRONG} - OF_THE_MACHINE
