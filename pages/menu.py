"""Which page is shown: the script that Streamlit runs for every visit and every press."""

from importlib import import_module

from survey.warming import wait_until_warm

wait_until_warm()
import_module("pages.shared.menu_table").draw_app()
