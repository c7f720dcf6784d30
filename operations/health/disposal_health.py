"""What the doctor says of disposal, where it is switched on: which sources can, and what keeps the others from it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from domain.errors import MunimentError
from inventory.engine import Database, open_inventory
from operations.config import Settings
from operations.disposal.ready import readiness
from operations.health.check import Check, Health

_MEND = "Run the doctor as the account that disposes, and give it the rights of docs/disposal.md."


def disposal_checks(settings: Settings) -> Iterator[Check]:
    """Nothing unless `[disposal] enabled`. Wrong is only what is told to dispose and cannot."""
    if not settings.disposal.enabled:
        return
    told = {source.name for source in settings.sources if getattr(source, "dispose", False)}
    try:
        with _inventory_of(settings) as database:
            for name, seen in readiness(settings, database):
                yield _check(name, seen, is_told=name in told)
    except (MunimentError, OSError) as error:
        yield Check("disposal", Health.WRONG, str(error), _MEND)


@contextmanager
def _inventory_of(settings: Settings) -> Iterator[Database | None]:
    """None where there is none that opens, which another line says."""
    try:
        database = open_inventory(settings.inventory.url, create=False)
    except MunimentError:
        yield None
        return
    try:
        yield database
    finally:
        database.dispose()


def _check(name: str, seen: str, *, is_told: bool) -> Check:
    subject = f"disposal of {name}"
    if seen.startswith("can dispose"):
        return Check(subject, Health.GOOD, seen)
    if is_told:
        return Check(subject, Health.WRONG, seen, _MEND)
    return Check(
        subject, Health.ADVICE, seen, "Leave it so, unless what is approved there is to be removed by Muniment."
    )
