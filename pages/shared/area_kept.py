"""Which area does a page show when its address names none: the one that was chosen on the page before.

The address stays what a page is made from: what is kept is put there, so that the page can be sent on. It is
put there only when somebody comes from another page, so that the browser's way back to an address without an
area shows what that address shows.
"""

from __future__ import annotations

import streamlit as st

from pages.shared.frame import Frame

AREA, COUNTY = "area", "county"  # in the address
KEPT = "area-kept"  # in the session


def keep_area(frame: Frame) -> None:
    """Remember the area of the address, or put the remembered one there."""
    asked = st.query_params.get(AREA, "")
    if asked:
        if frame.installation.areas.has(asked):
            st.session_state[KEPT] = asked
    elif frame.comes_from_elsewhere:
        if find_kept(frame):
            st.query_params[AREA] = find_kept(frame)
    else:
        st.session_state.pop(KEPT, None)


def keep_county(frame: Frame) -> None:
    """Put the county of the remembered area in the address of a page that shows a county and names none."""
    kept = find_kept(frame)
    if kept and COUNTY not in st.query_params and frame.comes_from_elsewhere:
        area = frame.installation.areas.find(kept)
        st.query_params[COUNTY] = area.parent or area.code


def find_kept(frame: Frame) -> str:
    """The area that was chosen last in this session; empty when none was, or it is there no more."""
    kept = str(st.session_state.get(KEPT, ""))
    return kept if kept and frame.installation.areas.has(kept) else ""
