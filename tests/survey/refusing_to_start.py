"""Why does an installation in a test not start, and which password may that never tell?"""

from __future__ import annotations

import pytest

from survey.errors import SurveyError
from survey.installation import open_installation
from survey.settings import Settings
from tests.walks import Calendar

PASSWORD = "hemligt-losenord"


def refusal(settings: Settings) -> SurveyError:
    """Why an installation does not open."""
    with pytest.raises(SurveyError) as wrong:
        open_installation(settings, today=Calendar()).database.close()
    return wrong.value
