"""Where do the panel's tags, agreement and fees lie: the installation's own file, else the product's?"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, StrictStr, ValidationError

from survey.errors import SurveyError
from survey.settings import Settings
from survey.yaml_faults import YAML_FAULTS

HERE = Path(__file__).parent
OWN_FOLDER = "panel"  # under VAR_DIR
Text = Mapping[StrictStr, StrictStr]


class Document(BaseModel):
    """Frozen, and refuses keys it does not know: a misspelt key is a fault and not a wish."""

    model_config = ConfigDict(frozen=True, extra="forbid")


Read = TypeVar("Read", bound=Document)


def find_own_folder(settings: Settings) -> Path:
    """Where an installation puts files of its own."""
    return settings.var_dir / OWN_FOLDER


def find_file(settings: Settings, name: str) -> Path | None:
    """The file of a name; None when neither the installation nor the product has one."""
    places = (find_own_folder(settings) / name, HERE / name)
    return next((place for place in places if place.is_file()), None)


@lru_cache(maxsize=64)
def load_content(path: Path) -> Any:
    """What stands in a file, read once."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def read_document(kind: type[Read], path: Path) -> Read:
    """What a file holds. Raises SurveyError panel_file_wrong with the file and where in it the fault is."""
    try:
        return kind.model_validate(load_content(path))
    except ValidationError as wrong:
        where = ", ".join(".".join(map(str, fault["loc"])) or "*" for fault in wrong.errors())
        raise SurveyError("panel_file_wrong", file=path.name, where=where) from None
    except (OSError, *YAML_FAULTS):
        raise SurveyError("panel_file_wrong", file=path.name, where="*") from None


def read_named(kind: type[Read], settings: Settings, name: str) -> Read:
    """What the file of a name holds. Raises SurveyError panel_file_missing and panel_file_wrong."""
    path = find_file(settings, name)
    if path is None:
        raise SurveyError("panel_file_missing", file=name)
    return read_document(kind, path)
