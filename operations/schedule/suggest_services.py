"""Proposes which service a top folder belongs to, by the services of those who own what is in it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from domain.item import readable

_WILD = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Of `files` in a folder `known` have an owner whose service is known, `own` of these of the service proposed.

    Without any that are known there is no service.
    """

    folder: str
    service: str | None
    own: int
    known: int
    files: int

    @property
    def pattern(self) -> str:
        """What `[[service]]` calls the folder and all below it."""
        return "".join(f"[{char}]" if char in _WILD else char for char in self.folder).replace("\\", "?") + "/**"


def suggest_services(
    owners: Iterable[tuple[bytes, str, int]], is_mapped: Callable[[bytes], bool]
) -> tuple[Suggestion, ...]:
    """One for each top folder that is not mapped yet, in order of their names; `owners` are folder, service, files.

    The same folder in several sources is one, since a pattern is below any source's root.
    """
    by_folder: defaultdict[bytes, Counter[str]] = defaultdict(Counter)
    for path, service, files in owners:
        by_folder[path.partition(b"/")[0]][service] += files
    tops = (folder for folder in sorted(by_folder) if folder and not is_mapped(folder))
    return tuple(_suggestion(readable(folder), by_folder[folder]) for folder in tops)


def _suggestion(folder: str, owners: Counter[str]) -> Suggestion:
    files, unknown = owners.total(), owners[""]
    known = sorted((pair for pair in owners.items() if pair[0]), key=lambda pair: (-pair[1], pair[0]))
    service, own = known[0] if known else (None, 0)
    return Suggestion(folder, service, own, files - unknown, files)
