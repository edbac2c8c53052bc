"""Streamlit's face: one file per page, as functions in one menu."""
