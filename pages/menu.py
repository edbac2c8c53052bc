"""Which page is shown: the script that Streamlit runs for every visit and every press."""

from pages.shared.menu_table import draw_app
from pages.shared.turns import drawing

with drawing.take():
    draw_app()
