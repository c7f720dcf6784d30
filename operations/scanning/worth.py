"""Which folders are worth reading first, by their names."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from domain.item import readable
from scanner.sources.mail_policy import spaced

RISKY = (
    "hr", "human resources", "personnel", "payroll", "pensions", "sickness", "absence", "disciplinary", "grievance",
    "occupational health", "social care", "social services", "social work", "safeguarding", "children", "adoption",
    "fostering", "looked after", "special educational needs", "medical", "housing benefit", "complaints", "passwords",
    "adnoddau dynol", "cyflogres", "pensiynau", "salwch", "disgyblu", "iechyd galwedigaethol", "gofal cymdeithasol",
    "gwasanaethau cymdeithasol", "diogelu", "plant", "mabwysiadu", "maethu", "cwynion",
)  # fmt: skip
"""Words of folders' names, in English and Welsh, behind which there is much about people."""


def risky_by(words: Iterable[str]) -> Callable[[bytes], bool]:
    """Whether a path has a folder with one of these words or phrases in its name, whole and however spelt."""
    phrases = tuple(spaced(word) for word in words if word.strip())

    @lru_cache(maxsize=4096)
    def is_risky(name: bytes) -> bool:
        words = spaced(readable(name))
        return any(phrase in words for phrase in phrases)

    return lambda path: any(map(is_risky, path.split(b"/")))
