"""A scan: what is listed and written down, and how one item is read."""
