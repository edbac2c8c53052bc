"""Which word is used for what in each language? One file, locales/terms.yaml, for all who translate."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import yaml

from survey.language import CATALOGUES

TERMS = CATALOGUES / "terms.yaml"


@lru_cache(maxsize=1)
def read_terms() -> Mapping[str, Mapping[str, str]]:
    """The Swedish word, and what it is called in each language: {"kommun": {"fi": "kunta", …}}."""
    return yaml.safe_load(TERMS.read_text(encoding="utf-8"))
