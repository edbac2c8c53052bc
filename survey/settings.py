"""What an installation can be told from its environment."""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError, ValidatorFunctionWrapHandler, field_validator, model_validator
from pydantic_settings import NoDecode, SettingsConfigDict

from survey.errors import SurveyError
from survey.mail_settings import MailSettings, is_web_address, list_mail_problems
from survey.running_settings import RunningSettings, list_running_problems
from survey.setting_problems import SettingError, list_setting_problems, raise_faults
from survey.sign_in_settings import SignInSettings, list_sign_in_problems

CONTACT = re.compile(r"([^\s@:/<>?&]+@[^\s@:/<>?&]+|https?://[^\s<>\"]+)?")  # or nothing


class Settings(MailSettings, SignInSettings, RunningSettings):
    """Every setting has a value that works, so that nothing need be set."""

    model_config = SettingsConfigDict(extra="ignore", frozen=True, env_ignore_empty=True)

    demo: bool = Field(False, alias="DEMO", description="a demonstration installation, with its own database")
    var_dir: Path = Field(
        Path("var"), alias="VAR_DIR", description="where everything that is written is kept"
    )
    database_url: str = Field("", alias="DATABASE_URL", description="PostgreSQL or SQLite; SQLite when empty")
    reader_url: str = Field("", alias="READER_URL", description="a replica for what only reads")
    host: str = Field("127.0.0.1", alias="HOST")
    port: int = Field(8501, alias="PORT", ge=1, le=65535)
    public_address: str = Field("", alias="PUBLIC_ADDRESS", description="https://… as residents type it")
    keys_copy_dir: Path | None = Field(
        None, alias="KEYS_COPY_DIR", description="a second place for the keys, on another disk or machine"
    )
    counties: Annotated[tuple[str, ...], NoDecode] = Field(("07", "08"), alias="COUNTIES")
    areas_file: Path | None = Field(None, alias="AREAS_FILE", description="own areas instead of Sweden's")
    surveys_dir: Path = Field(Path("surveys"), alias="SURVEYS_DIR")
    strategy_file: Path = Field(
        Path(__file__).parent.parent / "strategy" / "strategy.yaml",
        alias="STRATEGY_FILE",
        description="the strategy map that a new installation begins with",
    )
    themes_dir: Path | None = Field(
        None, alias="THEMES_DIR", description="own themes and words for them: docs/comments.md"
    )
    retention_file: Path | None = Field(
        None, alias="RETENTION_FILE", description="how long things are kept: docs/data-protection.md"
    )
    installation_name: str = Field("Invånarrösten", alias="INSTALLATION_NAME")
    accessibility_contact: str = Field(
        "",
        alias="ACCESSIBILITY_CONTACT",
        description="where people tell of what keeps them out: an e-mail address or a page",
    )
    receiver_networks: Annotated[tuple[IPv4Network | IPv6Network, ...], NoDecode] = Field(
        (), alias="RECEIVER_NETWORKS", description="inner networks that notices may be sent to: docs/api.md"
    )
    threshold_public: int = Field(10, alias="THRESHOLD_PUBLIC", ge=5, le=100)
    threshold_signed_in: int = Field(5, alias="THRESHOLD_SIGNED_IN", ge=5, le=100)

    @field_validator("counties", "receiver_networks", mode="before")
    @classmethod
    def split_list(cls, value: object) -> object:
        """COUNTIES=07,08 as a tuple of codes."""
        return (
            tuple(part.strip() for part in value.split(",") if part.strip())
            if isinstance(value, str)
            else value
        )

    @field_validator("receiver_networks", mode="wrap")
    @classmethod
    def read_networks(cls, value: object, read: ValidatorFunctionWrapHandler) -> object:
        """Networks as 10.0.0.0/8; the two kinds' own complaints would be four lines about one word."""
        try:
            return read(value)
        except ValidationError:
            raise SettingError([SurveyError("setting_networks")]) from None

    @field_validator("public_address")
    @classmethod
    def check_public_address(cls, value: str) -> str:
        """Every link that leaves the service begins with it."""
        if value and not is_web_address(value):
            raise SettingError([SurveyError("setting_address")])
        return value

    @field_validator("accessibility_contact")
    @classmethod
    def check_contact(cls, value: str) -> str:
        """It becomes a link in a page that everybody reads."""
        if not CONTACT.fullmatch(value):
            raise SettingError([SurveyError("setting_contact")])
        return value

    @model_validator(mode="after")
    def compare_thresholds(self) -> Settings:
        """The public may never see what a signed-in person may not."""
        if self.threshold_public < self.threshold_signed_in:
            raise SettingError([SurveyError("setting_thresholds")])
        return self

    @model_validator(mode="after")
    def check_copies(self) -> Settings:
        """A second place within the first one would be lost with it."""
        copies = self.keys_copy_dir
        if copies is not None and copies.resolve().is_relative_to(self.var_dir.resolve()):
            raise SettingError([SurveyError("setting_keys_copy")])
        return self

    @model_validator(mode="after")
    def check_mail(self) -> Settings:
        """A mail server needs a sender, and an address that links can lead to."""
        raise_faults(list_mail_problems(self, public_address=self.public_address))
        return self

    @model_validator(mode="after")
    def check_sign_in(self) -> Settings:
        """An identity provider needs everything about it, and roles have the names they have."""
        raise_faults(list_sign_in_problems(self, public_address=self.public_address))
        return self

    @model_validator(mode="after")
    def check_running(self) -> Settings:
        """A token that can be guessed, or that cannot be read, protects nothing."""
        raise_faults(list_running_problems(self))
        return self

    @property
    def label(self) -> str:
        """What kind of installation this is, as its database is labelled: demonstration or real."""
        return "demonstration" if self.demo else "real"

    @property
    def database(self) -> str:
        """The SQLAlchemy URL of the database that is written to."""
        if self.database_url:
            return self.database_url
        name = "demonstration.db" if self.demo else "invanarrosten.db"
        return f"sqlite:///{(self.var_dir / name).resolve()}"

    @property
    def keys_dir(self) -> Path:
        """Where the key files lie: beside the database, never in it."""
        return self.var_dir / ("demonstration-keys" if self.demo else "keys")

    @property
    def restore_mark(self) -> Path:
        """The file that is there while a backup is put back, until all of it is done."""
        return self.keys_dir / "restoring"

    @property
    def keys_copies(self) -> Path | None:
        """The second place of the keys, in which a demonstration has a folder of its own; None for none."""
        return None if self.keys_copy_dir is None else self.keys_copy_dir / self.keys_dir.name

    @property
    def near_host(self) -> str:
        """The host as it is reached from this machine: itself, where every one of its addresses is served."""
        return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104

    @property
    def near_address(self) -> str:
        """Where the service is reached from this machine, past any proxy."""
        host = f"[{self.near_host}]" if ":" in self.near_host else self.near_host
        return f"http://{host}:{self.port}"

    @property
    def address(self) -> str:
        """What the service's addresses begin with, no slash at the end; this machine's where none is set."""
        return self.public_address.rstrip("/") or self.near_address

    @property
    def is_secure(self) -> bool:
        """Whether people reach the service over HTTPS, so that cookies may be marked Secure."""
        return self.public_address.startswith("https://")


@lru_cache(maxsize=1)
def load_settings() -> Settings:
    """The installation's settings, read once.

    Raises SurveyError settings_invalid with an error, setting_*, for everything that is wrong at once.
    """
    try:
        return Settings()  # type: ignore[call-arg]
    except ValidationError as wrong:
        problems = list_setting_problems(wrong, Settings.model_fields)
        raise SurveyError("settings_invalid", problems=problems) from None
