"""The kinds of executor."""
