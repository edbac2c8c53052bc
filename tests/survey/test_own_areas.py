"""Is a file of an installation's own areas read, and is one that cannot be read told in a sentence?"""

from __future__ import annotations

from pathlib import Path

import pytest

from survey.areas import read_own
from survey.errors import SurveyError

HEADER = "code,name,parent_code,parent_name\n"


def test_areas_are_read_with_what_they_lie_in_in_the_swedish_alphabet(tmp_path: Path) -> None:
    file = tmp_path / "areas.csv"
    file.write_text(f"{HEADER}2,Ösmo,9,Länet\n1,Åby,9,Länet\n", "utf-8-sig")
    assert [area.name for area in read_own(file)] == ["Länet", "Åby", "Ösmo"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        HEADER.encode(),
        b"code;name\n0780;V\xe4xj\xf6\n",
        f"{HEADER}x\n".encode(),
        f"{HEADER}1,,9,L\n".encode(),
        b"\xff\xfe\0",
        HEADER.encode() + b'1,"' + b"x" * 200_000,
    ],
    ids=["empty", "no row", "Latin-1", "a short row", "no name", "UTF-16", "a quote that never ends"],
)
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "areas.csv"
    file.write_bytes(content)
    with pytest.raises(SurveyError) as wrong:
        read_own(file)
    assert (wrong.value.code, wrong.value.facts) == ("areas_file_wrong", {"file": str(file)})
