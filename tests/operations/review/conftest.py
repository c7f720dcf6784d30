from __future__ import annotations

import pytest
from review_desk import FILES, a_desk
from scan_driver import scan

from operations.review.desk import Desk


@pytest.fixture
def desk(trail) -> Desk:
    """Four files of two services, all due, in their queues; three reviewers and two who approve."""
    scan(trail.database, FILES)
    return a_desk(trail)
