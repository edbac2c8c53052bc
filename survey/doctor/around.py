"""Is the machine fit: settings, packages, disk, the account it runs as?"""

from __future__ import annotations

import difflib
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from survey.areas import load_areas
from survey.doctor.finding import Finding, care, refused, wrong
from survey.doctor.patient import Patient
from survey.errors import SurveyError
from survey.health import LEAST_FREE
from survey.settings import Settings

ROOT = Path(__file__).parents[2]
PINNED = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[[^]]*\])?==([^\s;]+)")
LIKE = 0.84  # how alike two names are when one is a slip for the other
LOW_SHARE, LOW_BYTES = 0.1, 2 * 2**30  # of a disk that is free, when somebody should see to it
ANYWHERE = ("0.0.0.0", "::")  # noqa: S104 - what is looked for
OTHERS = 0o077


def check_variables(environment: Mapping[str, str]) -> Iterator[Finding]:
    """Variables that are nearly the name of a setting: what they say is not heard."""
    names = [str(one.alias) for one in Settings.model_fields.values()]
    for name in sorted(set(environment) - set(names)):
        if name.isupper() and (near := difflib.get_close_matches(name, names, 1, LIKE)):
            yield care("variable_unknown", name=name, meant=near[0])


def check_address(patient: Patient) -> Iterator[Finding]:
    """Where people reach the service."""
    settings = patient.settings
    if settings.demo:
        return
    if not settings.public_address:
        yield care("address_missing")
    elif not settings.is_secure:
        yield wrong("address_insecure")
    if settings.host in ANYWHERE:
        yield care("host_open", host=settings.host)
    if settings.public_address and not settings.read_metrics_token():
        yield care("unwatched")


def check_owner(_patient: Patient) -> Iterator[Finding]:
    """Who the service runs as."""
    if os.geteuid() == 0:
        yield care("runs_as_root")


def check_places(patient: Patient) -> Iterator[Finding]:
    """Folders that others may read, and disks that are full."""
    settings = patient.settings
    for folder in {settings.var_dir, settings.keys_dir, *filter(None, [settings.keys_copies])}:
        if not folder.exists():
            continue
        usage = shutil.disk_usage(folder)
        if usage.free < LEAST_FREE:
            yield wrong("disk_full", folder=folder.as_posix(), free=usage.free // 2**20)
        elif usage.free < min(LOW_BYTES, LOW_SHARE * usage.total):
            yield care("disk_filling", folder=folder.as_posix(), free=usage.free // 2**20)
    if settings.keys_dir.exists() and settings.keys_dir.stat().st_mode & OTHERS:
        yield care("keys_folder_open", folder=settings.keys_dir.as_posix())
    if not os.access(settings.var_dir if settings.var_dir.exists() else Path(), os.W_OK):
        yield wrong("var_unwritable", folder=settings.var_dir.as_posix())


def check_areas(patient: Patient) -> Iterator[Finding]:
    """Municipalities and counties."""
    try:
        load_areas(patient.settings)
    except SurveyError as error:
        yield refused("areas", error)


def check_packages(_patient: Patient) -> Iterator[Finding]:
    """Packages of other versions than those that the checks were run with."""
    needed = read_pins(ROOT / "requirements.txt")
    other: list[str] = []
    for name, pinned in read_pins(ROOT / "requirements.lock").items():
        try:
            found = version(name)
        except PackageNotFoundError:
            if name in needed:
                yield wrong("package_missing", name=name)
            continue
        if found != pinned:
            other.append(f"{name} {found} ({pinned})")
    if other:
        yield care("packages_differ", packages=", ".join(other))


def read_pins(path: Path) -> dict[str, str]:
    """Versions by package, in lower case, of a file of requirements."""
    lines = path.read_text(encoding="utf-8").splitlines()
    found = [match for line in lines if (match := PINNED.match(line.strip()))]
    return {match[1].lower(): match[2] for match in found}
