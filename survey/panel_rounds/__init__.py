"""How does the panel rate proposals and themes in rounds of its own, twice over, without names?"""
