"""The detector's version: what decides what is found, in words for reports. Told without loading anything."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version as version_of_package

from classifiers.models import model_version
from classifiers.user_defined import Definition, version_of

RULES_VERSION = 6
"""Raise it with every change of a rule: content examined before is then examined again."""


def detector_version(model: str | None, of_site: Sequence[Definition] = ()) -> str:
    """Such as "presidio 2.2.366, rules 1, 2 of this site (4f1c09ab), en_core_web_md 3.8.0".

    Raises ConfigurationError for an unknown model.
    """
    rules = f"rules {RULES_VERSION}"
    if of_site:
        rules += f", {len(of_site)} of this site ({version_of(of_site)})"
    named = model_version(model) if model else "no name model"
    return f"presidio {version_of_package('presidio-analyzer')}, {rules}, {named}"
