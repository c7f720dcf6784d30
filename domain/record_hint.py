"""What kind of record a document seems to be: a proposal to people, never a class by itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RecordHint:
    """`record_class` in the words of an office ("invoice", "case note"), how sure (0-1), and why.

    The reason quotes no content: the words in it are those that were looked for.
    """

    record_class: str
    confidence: float
    reason: str
