"""How is the file of an approved agreement made, whole or not at all?"""

from __future__ import annotations

import hashlib
import json
import secrets
import shutil
import zipfile
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from survey.errors import SurveyError
from survey.insight.open_data.traced import trace
from survey.installation import SWEDEN, Installation
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person
from survey.research.agreements import check_not_over, find_agreement, step_on
from survey.research.choosing import plan_file
from survey.research.codebook import Described, tell_facts, write_archive_codebook, write_page
from survey.research.kept import KEPT_DAYS, find_file, make_folder
from survey.research.layout import make_layout
from survey.research.states import Event, find_step
from survey.research.writing import FileFormat, write_people
from survey.store import research_files
from survey.store.research_files import Agreement

MOST_TRIES = 3  # how often a file is begun anew because answers were taken back meanwhile
OWNER_ONLY = 0o600
KINDS = {FileFormat.PARQUET: "Apache Parquet", FileFormat.CSV: "text/csv", FileFormat.SPSS: "SPSS"}
# What is packed small already is not packed again; what is large packs well at the lowest level.
PACKING = {
    FileFormat.PARQUET: zipfile.ZIP_STORED,
    FileFormat.CSV: zipfile.ZIP_DEFLATED,
    FileFormat.SPSS: zipfile.ZIP_DEFLATED,
}
PACKING_LEVEL = 1


@dataclass(frozen=True)
class Made:
    """A file that lies in a folder of its own and is nobody's yet: its path, and what is told of it."""

    path: Path
    told: Mapping[str, object]


def make_file(installation: Installation, agreement_id: str, *, based_on: int, by: Person) -> None:
    """Make the file of an agreement that is in force, of everything that is published now.

    Only whoever asked may. Whether the agreement still stands is looked at throughout and at the end, in the
    transaction that says the file is there. Raises SurveyError not_allowed, research_unknown,
    research_not_now, research_ended, research_changed, nothing_published, research_too_few,
    research_not_written, and database_*. Then there is no file, or the one there was.
    """
    agreement = check_can_make(installation, agreement_id, by=by)
    with made_apart(installation, agreement) as made:
        today = installation.today()
        values = {
            "made": today,
            "kept_until": min(today + timedelta(days=KEPT_DAYS), agreement.until),
            "checksum": seal(made.path),
            "told": json.dumps(dict(made.told), sort_keys=True),
        }
        with installation.database.write() as connection:
            now = research_files.find_agreement(connection, agreement.id)
            check_not_over(installation, now or agreement)
            step_on(connection, agreement, Event.MAKE, based_on=based_on, by=by.name, **values)
            made.path.replace(find_file(installation, agreement.id))


def check_can_make(installation: Installation, agreement_id: str, *, by: Person) -> Agreement:
    """The agreement, if its file may be made now by this person."""
    check_can_do(Permission.ASK_FOR_RESEARCH_FILE, by=by)
    agreement = find_agreement(installation, agreement_id, by=by)
    if agreement.asked_by != by.name:
        raise SurveyError("research_unknown")
    check_not_over(installation, agreement)
    if find_step(agreement.state, Event.MAKE) is None:
        raise SurveyError("research_not_now")
    return agreement


@contextmanager
def made_apart(installation: Installation, agreement: Agreement) -> Generator[Made]:
    """The file with its code books and terms, in a folder that is gone when the block ends."""
    folder = make_folder(installation) / f".{agreement.id}-{secrets.token_hex(4)}"
    check = watch(installation, agreement)
    try:
        folder.mkdir(mode=0o700)
        yield pack_again(installation, agreement, folder, check)
    except OSError as wrong:
        raise SurveyError("research_not_written", cause=wrong.strerror or type(wrong).__name__) from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def pack_again(
    installation: Installation, agreement: Agreement, folder: Path, check: Callable[[], None]
) -> Made:
    """The packet; begun anew when answers were taken back while it was made, but not for ever."""
    for _ in range(MOST_TRIES - 1):
        try:
            return pack(installation, agreement, folder, check)
        except SurveyError as wrong:
            if wrong.code != "database_busy":
                raise
    return pack(installation, agreement, folder, check)


def watch(installation: Installation, agreement: Agreement) -> Callable[[], None]:
    """What stops a file that is being made, or handed out, as soon as its agreement has ended."""

    def check() -> None:
        with installation.database.read(newest=True) as connection:
            now = research_files.find_agreement(connection, agreement.id)
        check_not_over(installation, now or agreement)

    return check


def pack(installation: Installation, agreement: Agreement, folder: Path, check: Callable[[], None]) -> Made:
    """Both passes, and everything in one packet: the answers, two code books and the terms."""
    plan = plan_file(installation, agreement.survey, check)
    layout, file_format = make_layout(plan, installation.areas), FileFormat(agreement.format)
    traced = dict(trace(plan.survey, plan.published)) | {
        "agreement": agreement.id,
        "approval": agreement.approval,
    }
    name = f"answers.{file_format}"
    made = datetime.combine(installation.today(), time(), SWEDEN)
    write_people(installation, plan, layout, folder / name, file_format, traced, check, made=made)
    described = Described(
        plan,
        layout,
        name,
        KINDS[file_format],
        installation.settings.installation_name,
        tuple(one.name for one in installation.areas.counties),
        traced,
        installation.today(),
    )
    texts = {
        "codebook.md": write_page(described).encode(),
        "codebook.xml": write_archive_codebook(described),
        "agreement.txt": write_agreement(agreement).encode(),
    }
    path = folder / "packet"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packet:
        packet.write(folder / name, name, compress_type=PACKING[file_format], compresslevel=PACKING_LEVEL)
        for entry, text in texts.items():
            packet.writestr(entry, text)
    (folder / name).unlink()
    path.chmod(OWNER_ONLY)
    return Made(path, tell_facts(plan))


def write_agreement(agreement: Agreement) -> str:
    """The agreement as the file carries it, terms last."""
    lines = (
        f"{agreement.id}",
        f"Etikprövning / ethical approval: {agreement.approval}",
        f"Forskningshuvudman / principal: {agreement.principal}",
        f"Gäller till och med / until: {agreement.until.isoformat()}",
        "",
        agreement.purpose,
        "",
        agreement.people,
        "",
        agreement.terms,
        "",
    )
    return "\n".join(lines)


def seal(path: Path) -> bytes:
    """The file's checksum (SHA-256)."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").digest()
