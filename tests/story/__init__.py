"""Does a year become a story that everybody may read, and nothing more?"""
