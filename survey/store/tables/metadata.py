"""What every table belongs to."""

from __future__ import annotations

from sqlalchemy import MetaData

metadata = MetaData()
ROWID_FREE = {"sqlite_with_rowid": False}  # a rowid tells in which order rows came (privacy.md 1)
