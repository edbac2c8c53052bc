"""How other programs are told that something was published."""
