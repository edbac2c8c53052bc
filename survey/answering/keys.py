"""Which secrets the service keeps, where they lie, and when they are destroyed."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import stat
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from nacl.public import PrivateKey

from survey.errors import SurveyError

PEPPER_BYTES = 32
OTHERS = stat.S_IRWXG | stat.S_IRWXO  # what a group and everybody may do with a file


@dataclass(frozen=True)
class KeyRing:
    """The folder of key files of one installation (0600, outside the database and its backups).

    `copies` is a second place, on another disk or machine, where every key is kept too and from which it goes
    first when it is destroyed; None where there is none. What is missing here is brought from there: several
    machines that name the same second place have the same keys, and a folder that was lost fills itself.
    """

    folder: Path
    copies: Path | None = None

    @property
    def pepper_file(self) -> Path:
        return self.folder / "pepper.key"

    def find_period_file(self, period: str) -> Path:
        return self.folder / f"period-{period}.key"

    def find_round_file(self, round_id: str) -> Path:
        return self.folder / f"round-{round_id}.key"

    def find_order_file(self, order_id: str) -> Path:
        return self.folder / f"order-{order_id}.key"

    def read_pepper(self) -> bytes:
        """The installation's pepper. Raises SurveyError key_missing or key_unreadable."""
        return self.read(self.pepper_file, PEPPER_BYTES)

    def create_pepper(self) -> bytes:
        """A new pepper on disk; the one that another process was first with, if it was."""
        return self.make(self.pepper_file, secrets.token_bytes(PEPPER_BYTES))

    def create_period_key(self, period: str) -> bytes:
        """The public key of a period, whose private key is made and kept here if there is none."""
        private = self.make(self.find_period_file(period), bytes(PrivateKey.generate()))
        return bytes(PrivateKey(private).public_key)

    def read_period_key(self, period: str) -> PrivateKey:
        """The private key of a period. Raises SurveyError key_missing or key_unreadable."""
        return PrivateKey(self.read(self.find_period_file(period), PrivateKey.SIZE))

    def destroy_period_key(self, period: str) -> None:
        """Remove a period's private key for good; from then on what it sealed is noise."""
        self.destroy(self.find_period_file(period))

    def create_round_key(self, round_id: str) -> bytes:
        """The secret that a round's drafts and submission ids hang on, made if there is none."""
        return self.make(self.find_round_file(round_id), secrets.token_bytes(PEPPER_BYTES))

    def read_round_key(self, round_id: str) -> bytes:
        """The secret of a round. Raises SurveyError key_missing or key_unreadable."""
        return self.read(self.find_round_file(round_id), PEPPER_BYTES)

    def has_round_key(self, round_id: str) -> bool:
        """Whether a round's secret is still here."""
        return self.find_round_file(round_id).exists()

    def destroy_round_key(self, round_id: str) -> None:
        """Remove a round's secret; from then on old drafts in backups are noise."""
        self.destroy(self.find_round_file(round_id))

    def create_order_key(self, order_id: str) -> bytes:
        """The secret that an order's codes follow from, new on disk; it lives for a day."""
        return self.make(self.find_order_file(order_id), secrets.token_bytes(PEPPER_BYTES))

    def read_order_key(self, order_id: str) -> bytes:
        """The secret of an order. Raises SurveyError key_missing once its list was handed out."""
        return self.read(self.find_order_file(order_id), PEPPER_BYTES)

    def list_order_keys(self) -> tuple[str, ...]:
        """The orders whose secrets are still here."""
        return tuple(path.stem.removeprefix("order-") for path in sorted(self.folder.glob("order-*.key")))

    def destroy_order_key(self, order_id: str) -> None:
        """Remove an order's secret; from then on nobody can write its codes again."""
        self.destroy(self.find_order_file(order_id))

    def find_copy(self, path: Path) -> Path | None:
        """Where a key file lies in the second place; None where there is no such place."""
        return None if self.copies is None else self.copies / path.name

    def read(self, path: Path, size: int) -> bytes:
        """A key as it lies here, brought from the second place when it is only there.

        Raises SurveyError key_missing when it is in neither, key_readable and key_unreadable.
        """
        copy = self.find_copy(path)
        if copy is not None and not path.exists() and copy.exists():
            keep_key(path, read_key(copy, size))
        return read_key(path, size)

    def make(self, path: Path, key: bytes) -> bytes:
        """A key on disk, in both places; the one that another process or machine was first with, if it was.

        Who is first in the second place decides, because that is the one that machines share. Raises
        SurveyError key_unwritable, and key_copy_differs when another key has its name there.
        """
        copy = self.find_copy(path)
        known = read_key(path, len(key)) if path.exists() else key
        if copy is None:
            return keep_key(path, known)
        decided = keep_key(copy, known)
        if keep_key(path, decided) != decided:
            raise SurveyError("key_copy_differs", file=copy.as_posix())
        return decided

    def has(self, path: Path) -> bool:
        """Whether a key file is in either place."""
        copy = self.find_copy(path)
        return path.exists() or (copy is not None and copy.exists())

    def destroy(self, path: Path) -> None:
        """Remove a key for good, first from the second place: what is left there would be found last.

        Raises SurveyError key_undestroyed when that place cannot be reached; then the key is still in both.
        """
        copy = self.find_copy(path)
        if copy is not None:
            check_copies(copy.parent)
            destroy_key(copy)
        destroy_key(path)

    def complete_copies(self, but: Collection[Path] = ()) -> None:
        """Copy what is not in the second place yet, as when it has just been named, `but` what is over.

        Raises SurveyError key_copy_differs, key_unwritable and key_*.
        """
        for path in sorted(self.folder.glob("*.key")):
            if path not in but:
                self.make(path, read_key(path, path.stat().st_size))


def keep_key(path: Path, key: bytes) -> bytes:
    """A key in one place: this one, or the one that is there already."""
    try:
        return write_key(path, key)
    except FileExistsError:
        return read_key(path, len(key))


def check_copies(folder: Path) -> None:
    """Raises SurveyError key_undestroyed when the second place is not there, as an unmounted disk."""
    if not folder.is_dir():
        raise SurveyError("key_undestroyed", folder=folder.as_posix())


def read_key(path: Path, size: int) -> bytes:
    """The bytes of a key file of exactly `size` that nobody but its owner can read.

    Raises SurveyError key_missing, key_readable when others can read it, and key_unreadable.
    """
    try:
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_mode & OTHERS:
                raise SurveyError("key_readable", file=path.as_posix())
            key = file.read()
    except FileNotFoundError:
        raise SurveyError("key_missing", file=path.as_posix()) from None
    except OSError:
        raise SurveyError("key_unreadable", file=path.as_posix()) from None
    if len(key) != size:
        raise SurveyError("key_unreadable", file=path.as_posix())
    return key


def write_key(path: Path, key: bytes) -> bytes:
    """Write a key file for its owner alone, whole or not at all, and make it last a power cut.

    Raises FileExistsError when another process was first, and SurveyError key_unwritable.
    """
    try:
        return write_whole(path, key)
    except FileExistsError:
        raise
    except OSError:
        raise SurveyError("key_unwritable", file=path.as_posix()) from None


def write_whole(path: Path, key: bytes) -> bytes:
    """Write beside, then put in place in one step."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    half = path.with_suffix(f".{secrets.token_hex(6)}")
    try:
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
        os.link(half, path)
    finally:
        half.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return key


def destroy_key(path: Path) -> None:
    """Overwrite a key file with noise and remove it; nothing happens where there is none."""
    try:
        with path.open("r+b") as file:
            file.write(secrets.token_bytes(os.fstat(file.fileno()).st_size))
            file.flush()
            os.fsync(file.fileno())
    except FileNotFoundError:
        return
    path.unlink(missing_ok=True)


def name_panel_round(round_id: str) -> str:
    """What the key file of a panel round is called among those of all rounds."""
    return f"panelround-{round_id}"


def hash_keyed(pepper: bytes, purpose: str, *values: bytes) -> bytes:
    """HMAC-SHA256 under the pepper; the purpose keeps hashes for different uses from being joined."""
    return hmac.digest(pepper, b"\x00".join((purpose.encode(), *values)), hashlib.sha256)


def derive_key(key: bytes, purpose: str, secret: bytes) -> bytes:
    """Thirty-two bytes from a key of ours and a person's secret, other for every purpose (keyed BLAKE2b).

    As hard to find as with HMAC; and Python keeps its own lock meanwhile, which a page would wait for again.
    `purpose` has at most 16 signs.
    """
    return hashlib.blake2b(secret, digest_size=32, key=key, person=purpose.encode()).digest()
