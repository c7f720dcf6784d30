from __future__ import annotations

import pytest

from classifiers.models import best_model
from classifiers.presidio import PresidioClassifier
from domain.privacy import FingerprintKey

KEY = FingerprintKey(b"a key that is only used in tests")


@pytest.fixture(scope="session")
def by_rules() -> PresidioClassifier:
    """The rules alone: quick, and sure of what they find."""
    return PresidioClassifier(KEY, None)


@pytest.fixture(scope="session")
def with_names() -> PresidioClassifier:
    """Rules and the best language model, loaded once for the whole session."""
    return PresidioClassifier(KEY, best_model())
