"""What the doctor says of the list of broken passwords."""

from __future__ import annotations

from collections.abc import Iterator

from domain.errors import ConfigurationError
from operations.config import Settings
from operations.health.check import Check, Health
from operations.people.broken_passwords import form_of

_MEND = "Until then nobody can be given a password. What it may be made of: docs/people-and-audit.md"


def passwords_checks(settings: Settings) -> Iterator[Check]:
    """Nothing unless a list is named."""
    listed = settings.web.broken_passwords
    if listed is None:
        return
    try:
        yield Check("broken passwords", Health.GOOD, form_of(listed))
    except ConfigurationError as error:
        yield Check("broken passwords", Health.WRONG, str(error), _MEND)
