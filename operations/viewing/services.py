"""The services that hold something, as somebody may see them."""

from __future__ import annotations

from inventory.engine import Database
from inventory.estate import by_outcome
from operations.viewing.board import in_order
from operations.viewing.sight import Sight


def services_of(database: Database, sight: Sight) -> tuple[str, ...]:
    """In their order; by the kept sums."""
    return tuple(in_order(one.service for one in sight.of(by_outcome(database))))
