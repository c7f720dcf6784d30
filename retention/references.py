"""The references in a path or a name, by which an item is tied to what was reported of a case or a person."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import re2

from domain.event import Reference
from domain.record import Record
from domain.rule import KeyForm


class ReferenceFinder:
    """The forms of a schedule's keys, compiled. They run on RE2, so that no path is slow."""

    def __init__(self, forms: Iterable[KeyForm]) -> None:
        self._forms = [(form.name, _compiled(form.pattern)) for form in forms]

    def references(self, record: Record) -> tuple[Reference, ...]:
        """Those that are known of the record, then those found in its path; each once. A form's group is the number."""
        found = self.found_in(record.ref.path) if self._forms else ()
        return tuple(dict.fromkeys((*record.references, *found)))

    def found_in(self, path: str) -> tuple[Reference, ...]:
        """Those in a path, in their order."""
        return tuple(
            Reference(name, match[match.re.groups and 1] or match[0])
            for name, pattern in self._forms
            for match in pattern.finditer(path)
        )


def _compiled(pattern: str) -> Any:
    options = re2.Options()
    options.log_errors = False
    return re2.compile(pattern, options)
