"""From what residents write to a proposal, a decision, what is done, and what residents are told of it."""
