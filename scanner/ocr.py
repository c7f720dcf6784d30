"""Character recognition: the text in a picture, in the frames of a TIFF, and in those pages of a PDF that have none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain

from domain.content import Content, Place
from domain.errors import ItemTroubleError, Problem, ProblemCode
from scanner.blob import Blob
from scanner.extractor import EscalateError, Extractor
from scanner.extractors.pdf import PdfExtractor
from scanner.ocr_engine import engine_version, ocr_health, recognised
from scanner.ocr_pictures import pictures
from scanner.picture_filter import reason_against

_PDF = "application/pdf"


def pdf_only(media_type: str) -> Extractor | None:
    """The own reader of PDF; of nothing else."""
    return PdfExtractor() if media_type == _PDF else None


@dataclass(frozen=True, slots=True)
class OcrExtractor:
    """What an item's own reader reads, and behind it what stands in its pictures; nothing is pending afterwards.

    The first picture's text is in the first stretch, each other one's a stretch of its own, so that of a book of scans
    that is ended for its time all is kept that was read. A picture without text is no trouble: it holds none.
    Raises MunimentError where language data is missing.
    """

    languages: tuple[str, ...] = ("eng",)
    own: Callable[[str], Extractor | None] = pdf_only

    @property
    def version(self) -> str:
        return f"{engine_version(self.languages)} / 1"

    def extract(self, blob: Blob, media_type: str, limit: int) -> Content:
        own = replace(self._own(blob, media_type, limit), pending=(), reader="ocr")
        seen = self._seen(blob, media_type, limit)
        first = next(seen, _Seen("", ""))
        if own.rest != () or len(own.text) + len(first.text) >= limit > len(first.text):
            return replace(own, rest=_stretches(own, chain((first,), seen)))
        begun = _with(own, first)
        if not begun.text and begun.problem is not None:
            raise ItemTroubleError(begun.problem.code, begun.problem.limit)
        following = _stretches(begun, seen)
        if begun.text or media_type.startswith("image/"):
            return replace(begun, rest=following)
        return _not_blank(begun, following)

    def _own(self, blob: Blob, media_type: str, limit: int) -> Content:
        reader = self.own(media_type)
        try:
            return Content() if reader is None else reader.extract(blob, media_type, limit)
        except EscalateError as escalation:
            if escalation.content is None:
                raise ItemTroubleError(ProblemCode.CORRUPT) from escalation
            return escalation.content

    def _seen(self, blob: Blob, media_type: str, limit: int) -> Iterator[_Seen]:
        """What is read in each picture; the trouble of one is the last that is said."""
        try:
            for place, picture in pictures(blob, media_type):
                if reason_against(picture):
                    continue
                seen = recognised(picture, self.languages)
                problem = _limit_of(seen.text, limit, is_cut=seen.is_cut)
                yield _Seen(place, seen.text[:limit], problem)
        except ItemTroubleError as trouble:
            yield _Seen("", "", trouble.problem)


def _not_blank(begun: Content, following: Iterator[Content]) -> Content:
    """A document, in whose pictures something is read. Where nothing is it has no text, which is not to say none."""
    for content in following:
        if content.text:
            return replace(begun, rest=chain((content,), following))
        begun = replace(begun, problem=begun.problem or content.problem)
    return begun if begun.problem else replace(begun, problem=Problem(ProblemCode.NO_TEXT))


@dataclass(frozen=True, slots=True)
class _Seen:
    place: str
    text: str = field(repr=False)
    problem: Problem | None = None


def _limit_of(text: str, limit: int, *, is_cut: bool) -> Problem | None:
    if len(text) > limit:
        return Problem(ProblemCode.LIMIT, "text")
    return Problem(ProblemCode.LIMIT, "seconds") if is_cut else None


def _with(own: Content, seen: _Seen) -> Content:
    if not seen.text:
        return replace(own, problem=own.problem or seen.problem)
    text = own.text if not own.text or own.text.endswith("\n") else f"{own.text}\n"
    places = (*own.places, Place(len(text), seen.place))
    return replace(own, text=text + seen.text, places=places, problem=own.problem or seen.problem)


def _stretches(first: Content, seen: Iterator[_Seen]) -> Iterator[Content]:
    """What follows the first stretch: the rest of the own text, then the pictures. Trouble stays to the last."""
    end, problem = len(first.text), first.problem
    for content in first.rest:
        yield content
        end, problem = content.start + len(content.text), content.problem
    for picture in seen:
        problem = problem or picture.problem
        place = (Place(end, picture.place),) if picture.text else ()
        yield Content(picture.text, place, problem, start=end, reader=first.reader)
        end += len(picture.text)


__all__ = ["OcrExtractor", "ocr_health", "pdf_only"]
