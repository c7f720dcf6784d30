"""The reference of the documentation, each page made of what the code itself says."""
