"""Does a process start without what only some files and charts need, so that it is soon back after a kill?"""

from __future__ import annotations

import subprocess
import sys

from tests.browser.running_app import ROOT

HEAVY = ("docx", "matplotlib", "openpyxl", "pandas", "pyreadstat", "scipy", "sklearn", "textblob", "typst")
ASK = f"import sys, app; print(*(name for name in {HEAVY} if name in sys.modules))"


def test_what_takes_long_to_load_is_loaded_when_it_is_needed() -> None:
    done = subprocess.run([sys.executable, "-c", ASK], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
