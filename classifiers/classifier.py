"""The port of detection: text in, findings out."""

from __future__ import annotations

from typing import Protocol

from domain.content import Content
from domain.finding import Finding


class Classifier(Protocol):
    """Finds personal data in content. What the findings amount to is `classifiers.risk.assess`."""

    @property
    def version(self) -> str:
        """Detector, rules and model with their versions: changes whenever the same text could be found to hold more."""
        ...

    def find(self, content: Content) -> tuple[Finding, ...]:
        """One finding for each kind that the text holds, sorted by kind; none where it holds nothing.

        Raises `ItemTroubleError` (timeout) where a pattern ran out of time, because a gap must not look clean.
        """
        ...
