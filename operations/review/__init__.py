"""Review: what waits for a verdict, what one sees of it, what is decided on it, and by whom that is approved."""
