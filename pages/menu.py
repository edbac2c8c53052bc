"""Which page is shown: the script that Streamlit runs for every visit and every press."""

from importlib import import_module

from pages.shared.turns import drawing
from survey.warming import wait_until_warm

wait_until_warm()
with drawing.take():
    import_module("pages.shared.menu_table").draw_app()
