"""What is wrong with a setting, in our own errors instead of the words of the library that reads them?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from pathlib import Path
from typing import Any, get_args

from annotated_types import Ge, Le
from pydantic import ValidationError
from pydantic.fields import FieldInfo

from survey.errors import SurveyError


class SettingError(ValueError):
    """Raised by a check of settings; `faults` are what it found. The library that asked takes it along."""

    def __init__(self, faults: Iterable[SurveyError]) -> None:
        self.faults = tuple(faults)
        super().__init__(", ".join(fault.code for fault in self.faults))


def raise_faults(faults: Iterable[SurveyError]) -> None:
    """Raises SettingError when there are any."""
    found = tuple(faults)
    if found:
        raise SettingError(found)


def list_both_set(name: str, *, value: str, file: Path | None) -> Iterator[SurveyError]:
    """setting_both where a secret is given by itself and in a file too."""
    if value and file is not None:
        yield SurveyError("setting_both", name=name, other=f"{name}_FILE")


def list_setting_problems(wrong: ValidationError, fields: Mapping[str, FieldInfo]) -> tuple[SurveyError, ...]:
    """Everything that is wrong, each named once, in the order of the settings; no value is repeated."""
    by_name = {str(field.alias): field for field in fields.values()}
    found: dict[str, SurveyError] = {}
    for told in wrong.errors(include_input=False, include_url=False):
        cause = told.get("ctx", {}).get("error")
        name = str(told["loc"][0]) if told["loc"] else ""
        faults = cause.faults if isinstance(cause, SettingError) else (name_problem(name, by_name[name]),)
        found |= {str(fault): fault for fault in faults}
    return tuple(found.values())


def name_problem(name: str, field: FieldInfo) -> SurveyError:
    """What a setting must be, of one that is not: setting_number, _one_of, _yes_no or _unreadable."""
    kinds = get_args(field.annotation) or (field.annotation,)
    if bool in kinds:
        return SurveyError("setting_yes_no", name=name)
    if int in kinds or float in kinds:
        return SurveyError("setting_number", name=name, **find_range(field.metadata))
    chosen = next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Enum)), None)
    if chosen is not None:
        return SurveyError("setting_one_of", name=name, choices=", ".join(str(one.value) for one in chosen))
    return SurveyError("setting_unreadable", name=name)


def find_range(metadata: Iterable[Any]) -> dict[str, str]:
    """The least and the most that a number may be, as they are typed. Every number here has both."""
    marks = list(metadata)
    least = next(mark.ge for mark in marks if isinstance(mark, Ge))
    most = next(mark.le for mark in marks if isinstance(mark, Le))
    return {"least": f"{least:g}", "most": f"{most:g}"}
