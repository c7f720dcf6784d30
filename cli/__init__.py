"""The terminal's door: what users type, and what they are told."""
