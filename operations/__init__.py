"""The verbs of Muniment: what ties the rooms together, and runs them."""
