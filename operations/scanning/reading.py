"""One content: its text read, searched for personal data, and what later work needs of it gathered on the way."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial

from classifiers.record_class import OPENING, record_hints
from classifiers.risk import assess
from domain.content import Content, DatedBy
from domain.errors import ItemTroubleError, MunimentError, Problem, ProblemCode
from domain.examination import Examination, Outcome, Traits
from domain.finding import Finding
from domain.item import Item
from domain.record_hint import RecordHint
from operations.scanning.discretion import coarse_places, plain_property
from operations.scanning.self_told import lines_in, lines_of
from operations.toolkit import Toolkit, surprises_named
from scanner.blob import Blob
from scanner.dating import dates_in_text
from scanner.encryption import is_encrypted
from scanner.extractor import EscalateError
from scanner.media import media_type
from scanner.media_extension import extension_disagrees
from scanner.pronom import pronom_id
from scanner.similarity import Similarity
from scanner.sources.mail_places import problem_where_it_lies
from scanner.sources.mail_policy import CLOSED, CONTENT_OFF, EXCLUDED

_log = logging.getLogger(__name__)

_OUTCOMES = {
    ProblemCode.LIMIT: Outcome.PARTIAL,
    ProblemCode.NO_TEXT: Outcome.PARTIAL,
    ProblemCode.TOO_DEEP: Outcome.PARTIAL,
    ProblemCode.LINK: Outcome.SKIPPED,
    ProblemCode.NOT_A_FILE: Outcome.SKIPPED,
    ProblemCode.PLACEHOLDER: Outcome.SKIPPED,
}
_SHARE_OF_CLOCK = 0.6
"""Of a batch's seconds, how much one text may take before its rest is left: the parent's clock would lose it all."""
_OPENING = 2000
_LINES = 1000
"""Of what documents say of themselves, how much is looked through."""


def failed(item: Item, problem: Problem, *, begun: bool = False) -> Examination:
    """The examination of an item that could not be read to any use; or, where it was begun, no further."""
    outcome = Outcome.PARTIAL if begun else _outcome_of(problem)
    return Examination(item, outcome, problem, begun=begun)


def _outcome_of(problem: Problem) -> Outcome:
    """What the policy for mail keeps closed was passed by, not read in part."""
    if problem in (CLOSED, EXCLUDED, CONTENT_OFF):
        return Outcome.SKIPPED
    return _OUTCOMES.get(problem.code, Outcome.UNREADABLE)


def withheld(item: Item, kind: str, tools: Toolkit) -> Problem | None:
    """Why the policy for mail keeps an item unread: a store of messages, or a message of one."""
    if tools.mail is None:
        return None
    return problem_where_it_lies(tools.mail, kind, item.ref.locator, item.ref.part)


def kind_of(item: Item, blob: Blob) -> str:
    return media_type(blob, name_of(item))


def read_own(item: Item, blob: Blob, kind: str, tools: Toolkit, since: float, spoiled: Problem | None) -> Examination:
    """The examination of an item's own text, its parts apart. With `spoiled` it is not read, and has that problem.

    `since` is when the batch began, by the monotonic clock: what is left of a long text when that has used up most of
    its seconds is left unread, and the limit named.
    """
    began = time.process_time()
    found = Examination(
        item, Outcome.EXAMINED, media_type=kind, digest=blob.digest,
        misnamed=extension_disagrees(kind, name_of(item)),
    )  # fmt: skip
    if spoiled is not None:
        return _troubled(found, spoiled)
    try:
        with surprises_named(tools.tag(item.ref)):
            return replace(_examined(found, blob, tools, since), seconds=time.process_time() - began)
    except ItemTroubleError as trouble:
        return replace(_troubled(found, trouble.problem), seconds=time.process_time() - began)


def _troubled(found: Examination, problem: Problem) -> Examination:
    return replace(found, outcome=_OUTCOMES.get(problem.code, Outcome.UNREADABLE), problem=problem)


def _examined(found: Examination, blob: Blob, tools: Toolkit, since: float) -> Examination:
    content = _content(blob, found.media_type or "", tools)
    text = _Stretches(content, tools, since + _SHARE_OF_CLOCK * tools.budget.seconds, tools.tag(found.item.ref))
    findings = _detected(text.content, tools, found.item)
    return replace(
        found, outcome=Outcome.PARTIAL if text.problem else Outcome.EXAMINED, problem=text.problem,
        text_chars=text.end, findings=findings, assessment=assess(findings, tools.weights), pending=content.pending,
        traits=_traits(content, text, blob, found, tools),
    )  # fmt: skip


def _detected(content: Content, tools: Toolkit, item: Item) -> tuple[Finding, ...]:
    """What the classifier finds. A fault of its own is not the content's damage: that would be settled for good."""
    try:
        return tools.classifier.find(content)
    except (ItemTroubleError, MunimentError, MemoryError, OSError):
        raise
    except Exception as error:
        _log.warning("item %s: detection failed: %s", tools.tag(item.ref), type(error).__name__)
        raise ItemTroubleError(ProblemCode.CRASHED) from error


def _content(blob: Blob, kind: str, tools: Toolkit) -> Content:
    if is_encrypted(blob, kind):
        raise ItemTroubleError(ProblemCode.ENCRYPTED)
    extractor = tools.recogniser or tools.extractor_for(kind)
    return Content() if extractor is None else extractor.extract(blob, kind, tools.budget.stretch)


def _traits(content: Content, text: _Stretches, blob: Blob, found: Examination, tools: Toolkit) -> Traits:
    return Traits(
        text.similarity.simhash, text.similarity.minhash, content.picture,
        _properties(content.properties, text, tools), _dates(content), text.terms.counts, content.reader,
        pronom_id(blob, name_of(found.item)), _hints(content, found.media_type),
    )  # fmt: skip


def _hints(content: Content, kind: str | None) -> tuple[RecordHint, ...]:
    headings = [heading for table in content.tables for heading in table.columns]
    return record_hints("", content.text[:OPENING], headings, kind)


def _properties(written: Mapping[str, str], text: _Stretches, tools: Toolkit) -> Mapping[str, str]:
    asked = tools.self_told.kept([*lines_of(written), *text.lines], tools.fingerprint)
    return {
        name: plain_property(name, value) or tools.fingerprint(name, value).hex()
        for name, value in sorted(written.items())
        if value
    } | asked


def _dates(content: Content) -> tuple[DatedBy, ...]:
    """What it says of itself, and the dates of its first lines; those of a table are of its rows, not of it."""
    written = () if content.tables else dates_in_text(content.text[:_OPENING])
    return tuple(dict.fromkeys((*content.dates, *written)))


class _Stretches:
    """A text on its way to the classifier, stretch by stretch; ended in time, so that what was found is kept."""

    def __init__(self, first: Content, tools: Toolkit, until: float, tag: str) -> None:
        self._budget, self._until = tools.budget, until
        self._surprises = partial(surprises_named, tag)
        self._places: dict[str, str] = {}
        self.similarity = Similarity()
        self.terms = tools.terms.tally()
        self.problem: Problem | None = None
        self.lines: dict[str, None] = {}
        self.end = 0
        self.content = replace(self._passed(first), rest=self._rest(first))

    def _rest(self, first: Content) -> Iterator[Content]:
        for content in self._read(first):
            if self.end >= self._budget.text or time.monotonic() > self._until:
                limit = "text" if self.end >= self._budget.text else "seconds"
                self.problem = Problem(ProblemCode.LIMIT, limit)
                return
            yield self._passed(content)

    def _read(self, first: Content) -> Iterator[Content]:
        """The rest as its reader gives it, whose surprises are damage, unlike those of whoever searches it."""
        with self._surprises():
            try:
                yield from first.rest
            except EscalateError:  # Too late: what was found so far is kept.
                self.problem = Problem(ProblemCode.CORRUPT)

    def _passed(self, content: Content) -> Content:
        fresh = max(0, self.end - content.start)
        self.similarity.add(content.text, fresh)
        self.terms.add(content.text, fresh)
        if len(self.lines) < _LINES:
            self.lines |= dict.fromkeys(lines_in(content))
        self.problem = content.problem or self.problem
        self.end = content.start + len(content.text)
        return replace(content, places=coarse_places(content, self._places))


def name_of(item: Item) -> str:
    """The name that an item has where it lies: of a part, the part's own."""
    if item.ref.part:
        return item.ref.part[-1]
    return item.ref.name.decode("utf-8", "replace")
