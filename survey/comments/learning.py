"""How the panel's coding is learnt from: trained, compared with the lexicon, put in force by a person.

What is put in force counts for comments that are read from then on, and all stored ones are read again. What
was published stays as it was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from analysis.text.chain import ENGLISH
from survey.comments.coding import count_codes
from survey.comments.model_in_force import learn
from survey.comments.reading import find_asked, find_reader
from survey.comments.theme_lists import list_theme_codes
from survey.errors import SurveyError
from survey.insight.choice import RESIDENTS_SURVEY
from survey.installation import Installation
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person
from survey.store import audits, comments, themes
from survey.store.comments import Coding, Readable
from survey.store.themes import StoredModel, ThemeChoice
