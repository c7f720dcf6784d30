"""Where many hosts write, a transaction may be refused because of another's, and is then made again."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from inventory.address import InventoryError

_log = logging.getLogger(__name__)
_TRIES = 5
_T = TypeVar("_T")


def again(transaction: Callable[[], _T]) -> _T:
    """Do what is one transaction, and do it again where others were in its way. Raises InventoryError."""
    for _ in range(_TRIES - 1):
        try:
            return transaction()
        except InventoryError as error:
            if not _passes_by_itself(error):
                raise
            _log.info("two hosts wrote the same at once; writing again")
    return transaction()


def _passes_by_itself(error: InventoryError) -> bool:
    """SQLSTATE class 40: a deadlock, or a view that another has changed."""
    state = getattr(getattr(error.__cause__, "orig", None), "sqlstate", None) or ""
    return str(state).startswith("40")
