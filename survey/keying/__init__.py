"""How forms that come back on paper are keyed, some of them twice, and become sealed answers."""
