"""Does a theme file do what its head tells, and is everything that is wrong with it told at once?"""

from pathlib import Path

import pytest

from analysis.text.asked import Asked
from analysis.text.themes import Fault, Problem, ThemesError, find_problems, find_themes, load_themes

NAMES = """participation continuity coordination access information attitude competence_safety
    staffing digital environment food transport activities"""
GOOD = """# A note.
themes: food, access
<staff>: läkare, -personal
[nothing]
matta, hand i hand   # no theme
[food]
mat, =te
mat-, -soppa
[access]
väntetid, ny/annan <staff> .. gång, för sent
weak: bord
could_improve: klocka
"""


def write(folder: Path, text: str, language: str = "sv") -> Path:
    """A folder with one theme file."""
    (folder / f"themes_{language}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_shipped_files_hold_the_themes_of_the_product_in_order(language: str) -> None:
    themes = load_themes()
    assert list(themes.names) == NAMES.split()
    spoken_of = {entry.theme for found in themes.lexicons[language].words.values() for entry in found}
    assert spoken_of >= set(themes.names)


@pytest.mark.parametrize(
    ("text", "themes"),
    [
        ("Maten", ["food"]),
        ("te", ["food"]),
        ("tet", []),
        ("matlåda", ["food"]),
        ("ärtsoppan", ["food"]),
        ("soppa", []),
        ("matta", []),
        ("ny läkare varje gång", ["access"]),
        ("annan vårdpersonal på varje gång", ["access"]),
        ("ny stol varje gång", []),
        ("för sent", ["access"]),
        ("för. Sent", []),
        ("bord", ["access"]),
        ("bord och mat", ["food"]),
        ("klocka", []),
    ],
)
def test_a_file_does_what_its_head_tells(tmp_path: Path, text: str, themes: list[str]) -> None:
    found = find_themes(text, language="sv", themes=load_themes(write(tmp_path, GOOD)))
    assert [each.theme for each in found] == themes


def test_an_entry_may_wait_for_a_question(tmp_path: Path) -> None:
    themes = load_themes(write(tmp_path, GOOD))
    found = find_themes("klocka", language="sv", asked=Asked.COULD_IMPROVE, themes=themes)
    assert [each.theme for each in found] == ["access"]


def test_every_mistake_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    text = """mat
themes: food, Access, food
[fod]
[food]
mat, bröd, mat
hårt <bord>
!!, .. bröd
bröd/
"""
    assert find_problems(write(tmp_path, text)) == (
        Problem("themes_sv.txt", 1, Fault.OUTSIDE_SECTION, "mat"),
        Problem("themes_sv.txt", 2, Fault.THEME_NAME, "Access"),
        Problem("themes_sv.txt", 2, Fault.THEME_NAME, "food"),
        Problem("themes_sv.txt", 3, Fault.UNKNOWN_THEME, "fod"),
        Problem("themes_sv.txt", 5, Fault.TWICE, "mat"),
        Problem("themes_sv.txt", 6, Fault.UNKNOWN_GROUP, "<bord>"),
        Problem("themes_sv.txt", 7, Fault.ENTRY, "!!"),
        Problem("themes_sv.txt", 7, Fault.ENTRY, ".. bröd"),
        Problem("themes_sv.txt", 8, Fault.ENTRY, "bröd/"),
    )
    with pytest.raises(ThemesError) as raised:
        load_themes(tmp_path)
    assert raised.value.problems == find_problems(tmp_path)


@pytest.mark.parametrize("text", ["", "# nothing but a note\n"])
def test_a_file_must_name_its_themes(tmp_path: Path, text: str) -> None:
    assert find_problems(write(tmp_path, text)) == (Problem("themes_sv.txt", 0, Fault.NO_THEMES, "themes:"),)


def test_the_files_of_a_folder_must_name_the_same_themes(tmp_path: Path) -> None:
    write(tmp_path, "themes: food, access", "en")
    write(tmp_path, "themes: access, food", "sv")
    assert find_problems(tmp_path) == (Problem("themes_sv.txt", 0, Fault.OTHER_THEMES, "access, food"),)


def test_a_folder_must_hold_a_file(tmp_path: Path) -> None:
    write(tmp_path, GOOD, "swedish")
    assert [problem.fault for problem in find_problems(tmp_path)] == [Fault.NO_FILE]


def test_a_file_must_be_utf8(tmp_path: Path) -> None:
    (tmp_path / "themes_sv.txt").write_bytes("themes: food\n[food]\nbröd".encode("latin-1"))
    assert [problem.fault for problem in find_problems(tmp_path)] == [Fault.NOT_READABLE]
