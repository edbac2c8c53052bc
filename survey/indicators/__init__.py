"""What others have measured about care: figures that are loaded from files and never computed here."""
