"""Which page is shown: the script that Streamlit runs for every visit and every press."""

from pages.shared.menu_table import draw_app

draw_app()
