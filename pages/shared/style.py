"""How the pages look beyond Streamlit's theme: sizes to touch, focus to see, and paper."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

SHEET = Path(__file__).parent / "browser" / "style.css"


@lru_cache(maxsize=1)
def read_sheet() -> str:
    """The style sheet as an element of a page."""
    return f"<style>{SHEET.read_text(encoding='utf-8')}</style>"
