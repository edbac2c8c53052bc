"""What of the settings, the surveys and the rules do the papers about data protection say?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from survey.answering.drafts import DRAFT_DAYS, SENT_DAYS
from survey.definition.model import Definition
from survey.digest.subscribe import CONFIRM_DAYS, PAUSED_DAYS
from survey.installation import Installation, find_definition
from survey.language import DEFAULT_LANGUAGE, pick_text
from survey.notices.receivers import open_where
from survey.panel.members import NAME_DAYS
from survey.people.forgetting import DAY, KEPT
from survey.people.organisations import OrganisationKind
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person
from survey.research.choosing import find_least
from survey.research.kept import KEPT_DAYS
from survey.research.states import IN_FORCE
from survey.retention.run import Due, count_due
from survey.rounds import list_rounds
from survey.settings import Settings
from survey.store import notices, organisations, permits, research_files, rounds
from survey.version import VERSION

CONTROLLERS = (OrganisationKind.REGION, OrganisationKind.MUNICIPALITY)


@dataclass(frozen=True)
class SurveyFacts:
    """A survey that is or has been asked: what is asked that the law asks more of."""

    title: str
    version: str
    questions: int
    sensitive: tuple[str, ...]
    free: tuple[str, ...]
    languages: tuple[str, ...]
    min_age: int | None


@dataclass(frozen=True)
class Kept:
    """Something that is always removed by itself after some days, whatever the rules say."""

    what: str
    days: int


@dataclass(frozen=True)
class ResearchFacts:
    """An agreement about a file for research that is in force; never who asked or works with it."""

    approval: str
    principal: str
    until: date


@dataclass(frozen=True)
class Facts:
    """Everything that the papers say of this installation on a day."""

    name: str
    address: str
    day: date
    version: str
    areas: tuple[str, ...]
    controllers: tuple[str, ...]
    mail_server: str
    surveys: tuple[SurveyFacts, ...]
    confidential: tuple[str, ...]
    research: tuple[ResearchFacts, ...]
    research_least: int
    threshold_public: int
    threshold_signed_in: int
    database: str
    rules: tuple[Due, ...]
    always: tuple[Kept, ...]
    permits: tuple[str, ...]
    receivers: tuple[str, ...]


def find_facts(installation: Installation, *, viewer: Person) -> Facts:
    """The facts as they are now. Raises SurveyError not_allowed and retention_*."""
    check_can_do(Permission.SEE_AUDIT, by=viewer)
    return gather_facts(installation)


def gather_facts(installation: Installation) -> Facts:
    """The facts as they are now, for whoever has the machine. Raises SurveyError retention_*."""
    settings = installation.settings
    with installation.database.read(newest=True) as connection:
        known = organisations.list_organisations(connection)
        research = research_files.list_agreements(connection, states=IN_FORCE)
        programs = permits.list_permits(connection)
        told = notices.list_receivers(connection)
    return Facts(
        name=settings.installation_name,
        address=settings.public_address,
        day=installation.today(),
        version=VERSION,
        areas=tuple(one.name for one in installation.areas.counties),
        controllers=tuple(one.name for one in known if one.kind in CONTROLLERS),
        mail_server=settings.smtp_host,
        surveys=tuple(describe_survey(one) for one in list_asked(installation)),
        research=tuple(ResearchFacts(o.approval, o.principal, o.until) for o in research),
        confidential=tuple(one.title for one in list_rounds(installation) if one.is_confidential),
        research_least=find_least(installation),
        threshold_public=settings.threshold_public,
        threshold_signed_in=settings.threshold_signed_in,
        database="PostgreSQL" if settings.database.startswith("postgresql") else "SQLite",
        rules=count_due(installation),
        always=list_always(settings),
        permits=tuple(one.name for one in programs),
        receivers=tuple(f"{one.name} ({open_where(installation, one).host})" for one in told),
    )


def list_asked(installation: Installation) -> tuple[Definition, ...]:
    """Every definition that a round asks or has asked, each version once."""
    with installation.database.read(newest=True) as connection:
        asked = sorted({(one.survey, one.version) for one in rounds.list_rounds(connection)})
    return tuple(find_definition(installation, survey, version) for survey, version in asked)


def describe_survey(definition: Definition) -> SurveyFacts:
    def list_texts(*, sensitive: bool) -> tuple[str, ...]:
        return tuple(
            pick_text(one.text, DEFAULT_LANGUAGE)
            for one in definition.questions
            if (one.sensitive if sensitive else one.kind == "text")
        )

    return SurveyFacts(
        pick_text(definition.title, DEFAULT_LANGUAGE),
        definition.version,
        len(definition.questions),
        list_texts(sensitive=True),
        list_texts(sensitive=False),
        definition.languages,
        definition.min_age,
    )


def list_always(settings: Settings) -> tuple[Kept, ...]:
    """What goes by itself after days that stand in the code or the settings, beside the file of rules."""
    return (
        Kept("drafts", DRAFT_DAYS),
        Kept("keyed", SENT_DAYS),
        Kept("receipts", SENT_DAYS),
        Kept("requests", CONFIRM_DAYS),
        Kept("paused", PAUSED_DAYS),
        Kept("sessions", round(KEPT / DAY)),
        Kept("left_members", NAME_DAYS),
        Kept("research_files", KEPT_DAYS),
        Kept("backups", settings.backup_days),
    )
