"""python -m survey."""

from survey.commands import main

main()
