"""The kinds of directory."""
