"""Rich text."""

from __future__ import annotations

from dataclasses import dataclass, replace

from domain.content import Content
from domain.errors import ItemTroubleError, Problem, ProblemCode
from scanner.blob import Blob
from scanner.budget import MIB
from scanner.extractor import Extractor
from scanner.formats.html_text import html_text
from scanner.formats.rtf_body import RtfKind, rtf_text
from scanner.formats.united import united, words

_MOST = 64 * MIB
_OBJECT = b"\\objdata"
_NO_TEXT = Problem(ProblemCode.NO_TEXT)
_LEFT_BY_THE_FULL_READER = (ProblemCode.NO_TEXT, ProblemCode.CORRUPT, ProblemCode.UNSUPPORTED)


@dataclass(frozen=True, slots=True)
class RtfExtractor:
    """The text of up to 64 MiB, with where its links lead; and of what the full reader reads, what is not in that.

    The full reader knows what is embedded. It leaves out links, and text that stands before the first paragraph.
    """

    full: Extractor

    @property
    def version(self) -> str:
        return f"rtf 1, {self.full.version}"

    def extract(self, blob: Blob, media_type: str, limit: int) -> Content:
        blob.file.seek(0)
        rtf = blob.file.read(_MOST)
        shown = _shown(rtf)[: limit + 1]
        try:
            content = self.full.extract(blob, media_type, limit)
        except ItemTroubleError as trouble:
            if trouble.problem.code not in _LEFT_BY_THE_FULL_READER or not words(shown):
                raise
            content = Content(problem=trouble.problem)
        # A line of an embedded document may be made of words that all stand elsewhere, and say something of its own.
        text = f"{shown}\n{content.text}" if _OBJECT in rtf else united((shown, content.text))
        return _cut(text, content, limit)


def _shown(rtf: bytes) -> str:
    kind, text = rtf_text(rtf)
    return html_text(text) if kind is RtfKind.HTML else text


def _cut(text: str, content: Content, limit: int) -> Content:
    problem = content.problem
    if problem == _NO_TEXT and not words(text) <= words(content.text):
        problem = None
    if len(text) > limit:
        problem = Problem(ProblemCode.LIMIT, "text")
    return replace(content, text=text[:limit], places=(), problem=problem, reader="rtf")
