"""Redundant, obsolete and trivial: what is proposed, and why."""
