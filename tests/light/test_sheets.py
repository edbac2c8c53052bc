"""Does a page that is drawn once for everybody hold only what is everybody's?"""

from __future__ import annotations

import pytest

from survey.light.sheets import HERE, fill


def test_a_sheet_is_filled_in_the_order_of_its_places() -> None:
    sheet = tuple(f"a{HERE}b{HERE}c".split(HERE))
    assert fill(sheet, "1", "2") == "a1b2c"
    assert fill(("whole",)) == "whole"


@pytest.mark.parametrize("own", [(), ("1",), ("1", "2", "3")])
def test_a_sheet_is_never_filled_with_too_little_or_too_much(own: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="zip"):
        fill(("a", "b", "c"), *own)
