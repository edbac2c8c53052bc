"""What an installation is told about signing in, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode

from survey.errors import SurveyError
from survey.mail_settings import is_here
from survey.people.roles import Role
from survey.setting_problems import list_both_set

MINUTE, HOUR = 60, 3600  # seconds


class SignInSettings(BaseSettings):
    """The part of the settings about who comes in. No provider is asked while OIDC_ISSUER is empty."""

    session_idle_minutes: int = Field(60, alias="SESSION_IDLE_MINUTES", ge=5, le=24 * 60)
    session_hours: int = Field(12, alias="SESSION_HOURS", ge=1, le=7 * 24)
    second_step_roles: Annotated[tuple[str, ...], NoDecode] = Field(
        (), alias="SECOND_STEP_ROLES", description="roles that nobody acts in without a second step"
    )
    oidc_issuer: str = Field("", alias="OIDC_ISSUER", description="an identity provider; none when empty")
    oidc_client_id: str = Field("", alias="OIDC_CLIENT_ID")
    oidc_client_secret: SecretStr = Field(SecretStr(""), alias="OIDC_CLIENT_SECRET", repr=False)
    oidc_client_secret_file: Path | None = Field(None, alias="OIDC_CLIENT_SECRET_FILE")
    oidc_groups_claim: str = Field("groups", alias="OIDC_GROUPS_CLAIM")
    oidc_roles_file: Path | None = Field(None, alias="OIDC_ROLES_FILE", description="groups to roles, YAML")

    @field_validator("second_step_roles", mode="before")
    @classmethod
    def split_roles(cls, value: object) -> object:
        """SECOND_STEP_ROLES=administrator,manager as a tuple."""
        if not isinstance(value, str):
            return value
        return tuple(part.strip() for part in value.split(",") if part.strip())

    @property
    def session_idle(self) -> float:
        """How many seconds somebody may do nothing and still be signed in."""
        return float(self.session_idle_minutes * MINUTE)

    @property
    def session_length(self) -> float:
        """How many seconds somebody is signed in at most."""
        return float(self.session_hours * HOUR)

    @property
    def has_provider(self) -> bool:
        """Whether people can sign in with an identity provider."""
        return bool(self.oidc_issuer)

    def read_client_secret(self) -> str:
        """The secret shared with the identity provider; empty when there is none. Raises OSError."""
        if self.oidc_client_secret_file is None:
            return self.oidc_client_secret.get_secret_value()
        return self.oidc_client_secret_file.read_text(encoding="utf-8").strip()


def list_sign_in_problems(settings: SignInSettings, *, public_address: str) -> Iterator[SurveyError]:
    """Everything that is wrong with the settings about signing in; it repeats no value."""
    roles = [role.value for role in Role if role is not Role.RESIDENT]
    if any(name not in roles for name in settings.second_step_roles):
        yield SurveyError("setting_roles", roles=", ".join(roles))
    if settings.has_provider:
        yield from list_provider_problems(settings, public_address=public_address)


def list_provider_problems(settings: SignInSettings, *, public_address: str) -> Iterator[SurveyError]:
    """Everything that is wrong with what is said of the identity provider."""
    if not is_trusted_address(settings.oidc_issuer):
        yield SurveyError("setting_issuer")
    if not settings.oidc_client_id:
        yield SurveyError("setting_client")
    if settings.oidc_roles_file is None:
        yield SurveyError("setting_roles_file")
    if not is_trusted_address(public_address):
        yield SurveyError("setting_address_provider")
    secret = settings.oidc_client_secret.get_secret_value()
    yield from list_both_set("OIDC_CLIENT_SECRET", value=secret, file=settings.oidc_client_secret_file)
    try:
        settings.read_client_secret()
    except (OSError, UnicodeDecodeError):
        yield SurveyError("setting_file", name="OIDC_CLIENT_SECRET_FILE")


def is_trusted_address(address: str) -> bool:
    """Whether what is sent to an address is encrypted on its way, or never leaves this machine."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    host = parts.hostname or ""
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and is_here(host)))
