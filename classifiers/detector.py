"""The detector's version: what decides what is found, in words for reports. Told without loading the model."""

from __future__ import annotations

import json
from importlib.metadata import version as version_of_package
from importlib.resources import files
from pathlib import Path

from classifiers.models import MODELS
from classifiers.registry import RULES_VERSION


def detector_version(model: str | None) -> str:
    """Such as "presidio 2.2.366, rules 1, en_core_web_md 3.8.0". Raises ConfigurationError for an unknown model."""
    return f"presidio {version_of_package('presidio-analyzer')}, rules {RULES_VERSION}, {model or 'no name model'}"
