"""Does the page about security name files that are there?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NAMED = re.compile(r"`((?:survey|pages|tests|analysis|\.streamlit|\.ci)(?:/[A-Za-z0-9_.-]+)+/?)`")


@pytest.mark.parametrize("page", ["security.md", "data-protection.md", "privacy.md", "sign-in.md"])
def test_every_file_that_is_named_is_there(page: str) -> None:
    named = set(NAMED.findall((ROOT / "docs" / page).read_text(encoding="utf-8")))
    assert sorted(one for one in named if not (ROOT / one).exists()) == []
    assert named or page == "data-protection.md"
