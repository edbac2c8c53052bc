"""Is an application that does not start told of with its own words?"""

import sys
from pathlib import Path

import pytest

from tests.browser.running_app import run_app


def test_the_log_of_an_application_that_ends_at_once_is_shown(tmp_path: Path) -> None:
    dies = (sys.executable, "-c", "raise SystemExit('the key file is missing')")
    with pytest.raises(RuntimeError, match="the key file is missing"), run_app(tmp_path, command=dies):
        pass
