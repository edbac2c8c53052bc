"""How a person walks through a survey, and how the answers become safe and unlinkable."""
