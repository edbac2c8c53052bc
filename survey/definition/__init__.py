"""What a survey asks: its model, how it is read and checked, and what changes between versions."""
