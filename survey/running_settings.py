"""What an installation is told about how it is run, watched and backed up."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings

from survey.errors import SurveyError
from survey.setting_problems import list_both_set

LEAST_TOKEN = 16  # signs of a token: fewer could be guessed


class LogFormat(StrEnum):
    """How a line of the log is written: for people, or one JSON document for programs."""

    TEXT = "text"
    JSON = "json"


class RunningSettings(BaseSettings):
    """The part of the settings about running. Figures are given to this machine only, unless a token is
    set.
    """

    log_format: LogFormat = Field(LogFormat.TEXT, alias="LOG_FORMAT", description="text or json")
    metrics_token: SecretStr = Field(SecretStr(""), alias="METRICS_TOKEN", repr=False)
    metrics_token_file: Path | None = Field(None, alias="METRICS_TOKEN_FILE")
    backup_days: int = Field(
        30, alias="BACKUP_DAYS", ge=1, le=366, description="how long a backup is kept at most"
    )
    drain_seconds: float = Field(
        0.0, alias="DRAIN_SECONDS", ge=0, le=120, description="between not being ready and closing"
    )

    def read_metrics_token(self) -> str:
        """What opens the figures; empty when there is none. Raises OSError for a file that is gone."""
        if self.metrics_token_file is None:
            return self.metrics_token.get_secret_value()
        return self.metrics_token_file.read_text(encoding="utf-8").strip()


def list_running_problems(settings: RunningSettings) -> Iterator[SurveyError]:
    """Everything that is wrong with how the installation is to be run; it repeats no value."""
    token = settings.metrics_token.get_secret_value()
    yield from list_both_set("METRICS_TOKEN", value=token, file=settings.metrics_token_file)
    try:
        token = settings.read_metrics_token()
    except (OSError, UnicodeDecodeError):
        yield SurveyError("setting_file", name="METRICS_TOKEN_FILE")
        return
    if 0 < len(token) < LEAST_TOKEN or (settings.metrics_token_file is not None and not token):
        yield SurveyError("setting_token", least=LEAST_TOKEN)
