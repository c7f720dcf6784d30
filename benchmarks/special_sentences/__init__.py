"""Sentences as council papers have them, each with the special categories that it tells of somebody, or none."""
