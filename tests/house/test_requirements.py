"""Is everything that the product imports installed where only the product is?"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions, requires

from tests.house.reading_code import ROOMS, ROOT, find_imports, list_files

OURS = {*ROOMS, "app"}
NAME = re.compile(r"^[A-Za-z0-9._-]+")


def normalise(name: str) -> str:
    """The name of a package as an index knows it: PEP 503."""
    return re.sub(r"[-_.]+", "-", name).lower()


def list_pinned() -> set[str]:
    """The packages that requirements.txt names."""
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    return {normalise(found[0]) for line in lines if (found := NAME.match(line))}


def list_needed(package: str) -> Iterator[str]:
    """The packages that a package always brings along."""
    for line in requires(package) or ():
        found = NAME.match(line)
        if found and ";" not in line:
            yield normalise(found[0])


def list_modules() -> set[str]:
    """The outermost modules of others that the product imports."""
    files = list_files("app.py", *ROOMS, "migrations")
    names = {name.partition(".")[0] for path in files for name in find_imports(path.read_text())}
    return names - set(sys.stdlib_module_names) - OURS - {""}


def test_the_product_imports_only_what_its_own_requirements_install() -> None:
    pinned = list_pinned()
    there = pinned | {needed for package in pinned for needed in list_needed(package)}
    known = packages_distributions()
    missing = {name for name in list_modules() if not there & {normalise(one) for one in known.get(name, ())}}
    assert missing == set()
