"""The kinds of source. Each lists and opens; none can change anything."""
