"""Information assets: what they are, who answers for them, and what may not be done where nobody does."""
