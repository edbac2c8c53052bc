"""How long is each kind of thing kept, and who decided so?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from survey.errors import SurveyError
from survey.settings import Settings
from survey.yaml_faults import YAML_FAULTS

SHIPPED = Path(__file__).parent / "retention.yaml"
MOST_DAYS = 36_525  # a hundred years
LEAST_DAYS: Mapping[str, int] = {
    "comments": 460,  # their year's themes are counted after its end, of quarters that lie 15 months back
    "responses": 460,  # so are a year's figures
    "audit": 365,
    "missions": 365,  # fees are asked about when the year's tax is
    "panel_texts": 90,
}
MOST_IN_DECISION = 200  # signs


@dataclass(frozen=True)
class Rule:
    """A kind, the days it is kept, and the decision to remove it after that; none removes nothing."""

    kind: str
    days: int
    decision: str

    @property
    def is_decided(self) -> bool:
        return bool(self.decision)


class KindInFile(BaseModel):
    """What a file says of one kind."""

    model_config = ConfigDict(extra="forbid", strict=True)

    days: int = Field(ge=1, le=MOST_DAYS)
    decision: str = Field(max_length=MOST_IN_DECISION)


class KindsInFile(BaseModel):
    """Every kind there is, each once."""

    model_config = ConfigDict(extra="forbid")

    comments: KindInFile
    responses: KindInFile
    audit: KindInFile
    missions: KindInFile
    panel_texts: KindInFile


class RetentionFile(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid")

    kinds: KindsInFile


def find_rules(settings: Settings) -> tuple[Rule, ...]:
    """The rules in force, in the order of LEAST_DAYS.

    Raises SurveyError retention_wrong with everything that is wrong and where, and retention_missing when the
    file that a setting names is not there.
    """
    return read_rules(settings.retention_file or SHIPPED)


@lru_cache(maxsize=8)
def read_rules(path: Path) -> tuple[Rule, ...]:
    """The rules of a file; read once."""
    try:
        said = RetentionFile.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except OSError:
        raise SurveyError("retention_missing", file=path.as_posix()) from None
    except ValidationError as wrong:
        raise SurveyError("retention_wrong", file=path.name, problems=list_faults(wrong)) from None
    except YAML_FAULTS:
        raise SurveyError("retention_unreadable", file=path.name) from None
    found = {kind: getattr(said.kinds, kind) for kind in LEAST_DAYS}
    short = tuple(
        SurveyError("retention_short", place=f"kinds.{kind}.days", least=least)
        for kind, least in LEAST_DAYS.items()
        if found[kind].days < least
    )
    if short:
        raise SurveyError("retention_wrong", file=path.name, problems=short)
    return tuple(Rule(kind, one.days, " ".join(one.decision.split())) for kind, one in found.items())


def list_faults(wrong: ValidationError) -> tuple[SurveyError, ...]:
    """What does not fit: retention_lacks, _extra or _unfit, each with its place in the file."""
    return tuple(
        SurveyError(  # keys: error.retention_lacks, error.retention_extra, error.retention_unfit
            name_fault(one["type"]), place=".".join(map(str, one["loc"])) or "-"
        )
        for one in wrong.errors(include_input=False, include_url=False)
    )


def name_fault(kind: str) -> str:
    """Our code of what the library calls a fault."""
    if kind == "missing":
        return "retention_lacks"
    return "retention_extra" if kind == "extra_forbidden" else "retention_unfit"
