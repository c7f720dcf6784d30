"""Disposal: what was decided is planned, moved into quarantine, put back or purged, and proved."""
