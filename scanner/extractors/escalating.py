"""A fast reader, and behind it a full one for what the fast one cannot do justice."""

from __future__ import annotations

from dataclasses import dataclass, replace

from domain.content import Content
from domain.errors import ItemTroubleError, ProblemCode
from scanner.blob import Blob
from scanner.extractor import EscalateError, Extractor

_LEFT_BY_THE_FULL_READER = (ProblemCode.CORRUPT, ProblemCode.UNSUPPORTED, ProblemCode.NO_TEXT)


@dataclass(frozen=True, slots=True)
class EscalatingExtractor:
    """What the fast reader read is kept where the full one fails, with the full one's problem: never less than either.

    A problem that the fast reader met stays one where the full reader met none: of damage it may not say a word.
    """

    fast: Extractor
    full: Extractor

    @property
    def version(self) -> str:
        return f"{self.fast.version}, else {self.full.version}"

    def extract(self, blob: Blob, media_type: str, limit: int) -> Content:
        try:
            return self.fast.extract(blob, media_type, limit)
        except EscalateError as escalation:
            return self._full(blob, media_type, limit, escalation)

    def _full(self, blob: Blob, media_type: str, limit: int, escalation: EscalateError) -> Content:
        read = escalation.content
        try:
            content = self.full.extract(blob, media_type, limit)
        except ItemTroubleError as trouble:
            if read is None or not read.text or trouble.problem.code not in _LEFT_BY_THE_FULL_READER:
                raise
            return replace(read, problem=read.problem or trouble.problem)
        known = read or content
        problem = content.problem or (read.problem if read else None)
        reader = f"{content.reader or 'tika'}: {escalation.reason}"
        return replace(
            content, properties=known.properties or content.properties, dates=known.dates or content.dates,
            picture=known.picture, problem=problem, reader=reader,
            pending=tuple(dict.fromkeys((*content.pending, *known.pending))),
        )  # fmt: skip
