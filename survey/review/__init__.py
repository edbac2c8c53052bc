"""How the panel reads what residents wrote: who reads what, what is decided, and who may see it then."""
