"""The sections of the configuration, typed at the door."""
