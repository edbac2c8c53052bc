"""What do the files of a survey's translations say, and what is wrong with them?

They lie beside the definition, in a folder called as its version: surveys/<survey>/<version>/<language>.yaml.
The definition itself is not touched, so that a translation breaks no series and no checksum.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from survey.definition.check import check_file
from survey.definition.model import Definition
from survey.definition.read import Place, Problem, Source, read_source
from survey.language import DEFAULT_LANGUAGE, LANGUAGES
from survey.translating.places import list_missing, list_texts

KEYS = ("survey", "version", "language", "texts")


@dataclass(frozen=True)
class Drafted:
    """A text in a file, and the Swedish that it was translated from."""

    made_from: str
    said: str


def check_any_file(path: Path) -> tuple[Problem, ...]:
    """Everything that is wrong with a definition, or with a translation, which is called as its language."""
    if path.stem not in LANGUAGES:
        return check_file(path)[1]
    beside = path.parent.parent / f"{path.parent.name}.yaml"
    definition, _ = check_file(beside)
    if definition is None:
        return (Problem(path.as_posix(), 1, "-", "translation_alone", {"file": beside.as_posix()}),)
    return check_translation(path, definition)


@lru_cache(maxsize=64)
def read_files(folder: Path, survey: str, version: str) -> Mapping[str, Mapping[str, Drafted]]:
    """What the files of a survey say: language, name of a text, the text. Read once.

    What is wrong in a file is left out of it: the survey can be answered all the same, and the text falls
    back. `check_translation` says what it is.
    """
    found: dict[str, Mapping[str, Drafted]] = {}
    for code, language in LANGUAGES.items():
        path = folder / survey / version / f"{code}.yaml"
        if language.is_translated and path.is_file():
            found[code] = dict(list_drafted(read_source(path), code))
    return found


def list_drafted(source: Source, language: str) -> Iterator[tuple[str, Drafted]]:
    """The texts of a file that are whole."""
    tree = cast("dict[str, Any]", source.tree) if isinstance(source.tree, dict) else {}
    texts = tree.get("texts")
    for name, both in (cast("dict[str, Any]", texts) if isinstance(texts, dict) else {}).items():
        made_from, said = read_both(both, language)
        if made_from and said:
            yield name, Drafted(made_from, said)


def read_both(both: object, language: str) -> tuple[str, str]:
    """The Swedish and the translated text of an entry; empty for what is not there."""
    if not isinstance(both, dict):
        return "", ""
    found = cast("dict[str, Any]", both)
    texts = (found.get(DEFAULT_LANGUAGE), found.get(language))
    made_from, said = (one.strip() if isinstance(one, str) else "" for one in texts)
    return made_from, said


def check_translation(path: Path, definition: Definition) -> tuple[Problem, ...]:
    """Everything that is wrong with a file of translations, in the order of the lines."""
    source = read_source(path)
    tree = source.tree
    if not isinstance(tree, dict):
        if not source.problems:
            source.report((), "not_a_mapping")
        return tuple(source.problems)
    found = cast("dict[str, Any]", tree)
    check_head(found, path, source)
    texts = found.get("texts")
    if isinstance(texts, dict):
        check_texts(cast("dict[str, Any]", texts), path.stem, definition, source)
    return tuple(sorted(source.problems, key=lambda one: (one.line, one.place, one.code)))


def check_head(tree: Mapping[str, Any], path: Path, source: Source) -> None:
    """A file says which survey, version and language it is for, and lies where those do."""
    for key in tree:
        if key not in KEYS:
            source.report((key,), "key_unknown", key=key)
    meant = {"survey": path.parent.parent.name, "version": path.parent.name, "language": path.stem}
    for key in KEYS:
        if key not in tree:
            source.report((), "key_missing", key=key)
        elif key in meant and tree[key] != meant[key]:
            source.report((key,), "translation_elsewhere", said=str(tree[key])[:40], meant=meant[key])


def check_texts(texts: Mapping[str, Any], language: str, definition: Definition, source: Source) -> None:
    """Each text has a name of the definition, is translated from what that says now, and none is missing."""
    sources, known = list_texts(definition), dict(list_drafted(source, language))
    for name, both in texts.items():
        place: Place = ("texts", name)
        if name not in sources:
            source.report(place, "translation_unknown", name=name)
            continue
        made_from, said = read_both(both, language)
        if not said:
            source.report(place, "text_missing", language=language)
        if made_from != sources[name].get(DEFAULT_LANGUAGE, ""):
            source.report(place, "translation_of_other", name=name)
    for name in list_missing(set(sources) - set(texts), {}):
        source.report(("texts",), "translation_missing", name=name, known=len(known))
