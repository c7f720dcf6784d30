"""The detector's version: what decides what is found, in words for reports. Told without loading anything."""

from __future__ import annotations

from importlib.metadata import version as version_of_package

from classifiers.models import model_version

RULES_VERSION = 1
"""Raise it with every change of a rule: content examined before is then examined again."""


def detector_version(model: str | None) -> str:
    """Such as "presidio 2.2.366, rules 1, en_core_web_md 3.8.0". Raises ConfigurationError for an unknown model."""
    presidio = version_of_package("presidio-analyzer")
    return f"presidio {presidio}, rules {RULES_VERSION}, {model_version(model) if model else 'no name model'}"
