"""The seam for scale: an item goes in, examinations come out; no database is written and no text leaves."""

from __future__ import annotations

import errno
import logging
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from classifiers.classifier import Classifier
from classifiers.risk import assess
from domain.content import Content
from domain.errors import ItemTroubleError, MunimentError, Problem, ProblemCode
from domain.examination import Batch, Cursor, Examination, Outcome
from domain.item import Item, ItemKind, ItemRef, Listing
from scanner.blob import Blob, read_once
from scanner.budget import MIB, Budget
from scanner.container import Container, Part
from scanner.containers import CONTAINERS
from scanner.encryption import is_encrypted
from scanner.extractor import Extractor
from scanner.extractors import extractor_for
from scanner.media import media_type
from scanner.source import Source

_log = logging.getLogger(__name__)

VERSION = "1"
"""Raise it when the same item would come out otherwise for a reason that no reader's or detector's version tells."""

_OUTCOMES = {
    ProblemCode.LIMIT: Outcome.PARTIAL,
    ProblemCode.NO_TEXT: Outcome.PARTIAL,
    ProblemCode.TOO_DEEP: Outcome.PARTIAL,
    ProblemCode.LINK: Outcome.SKIPPED,
    ProblemCode.NOT_A_FILE: Outcome.SKIPPED,
    ProblemCode.PLACEHOLDER: Outcome.SKIPPED,
}


@dataclass(frozen=True, slots=True)
class Toolkit:
    """All that examining needs, built once a process from the configuration.

    `extractor_for` gives the reader of a media type. `known` says whether content of this digest, read as this media
    type, was examined before by this `pipeline` (the versions of everything that decides what is found) and may be
    reused. `tag` names an item in logs.
    """

    sources: Mapping[str, Source]
    classifier: Classifier
    pipeline: str
    extractor_for: Callable[[str], Extractor | None] = extractor_for
    known: Callable[[bytes, str], bool] = field(default=lambda digest, media_type: False)  # noqa: ARG005
    tag: Callable[[ItemRef], str] = field(default=lambda ref: "-")  # noqa: ARG005
    budget: Budget = field(default_factory=Budget)


def examine(item: Item, tools: Toolkit, after: Cursor | None = None) -> Batch:
    """Examine an item and a bounded number of the parts inside it, going on from `after` where that is given.

    The trouble of one item, or of one part, is that examination's problem; nothing is raised for it.
    """
    if item.problem is not None:
        return Batch((failed(item, item.problem),))
    if item.size > tools.budget.bytes:
        return Batch((failed(item, Problem(ProblemCode.LIMIT, "bytes")),))
    try:
        source = tools.sources[item.ref.source]
        with (
            _surprises_named(tools.tag(item.ref)),
            source.open(item) as file,
            read_once(file, tools.budget.bytes) as blob,
        ):
            return _Walk(tools, after or Cursor()).batch(item, blob, begin=after is None)
    except ItemTroubleError as trouble:
        ended = failed(item, trouble.problem)
        begun = after is not None and after.at > 0
        return Batch((replace(ended, outcome=Outcome.PARTIAL) if begun else ended,))


def unlisted_folder(source: Source, listing: Listing) -> Item | None:
    """A folder whose listing ended early, as an item with that problem: it must not look as if it were whole."""
    if listing.problem is None:
        return None
    return Item(ItemRef(source.name, listing.folder), ItemKind.FOLDER, problem=listing.problem)


def failed(item: Item, problem: Problem) -> Examination:
    """The examination of an item that could not be opened, or not be read to any use."""
    return Examination(item, _OUTCOMES.get(problem.code, Outcome.UNREADABLE), problem)


_OUR_OWN = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EMFILE, errno.ENFILE, errno.ENOMEM})
"""What this process has run out of, which is no item's fault."""


@contextmanager
def _surprises_named(tag: str) -> Iterator[None]:
    """Make any error of a parser that nobody foresaw the trouble of the one item that it met.

    Raises MunimentError where the trouble is our own: a run that cannot work must end, not name every item damaged.
    """
    try:
        yield
    except (ItemTroubleError, MunimentError):
        raise
    except MemoryError as error:
        raise ItemTroubleError(ProblemCode.MEMORY, "memory") from error
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _OUR_OWN:
            raise MunimentError(f"Reading cannot go on: {os.strerror(error.errno or 0)}.") from error
        # The type alone: a parser's message may quote what it read.
        _log.info("item %s: a reader failed: %s", tag, type(error).__name__)
        raise ItemTroubleError(ProblemCode.CORRUPT) from error


class _Walk:
    """One batch through one outer item, counting what the whole tree has used of its budget."""

    def __init__(self, tools: Toolkit, cursor: Cursor) -> None:
        self._tools, self._budget = tools, tools.budget
        self._cursor = cursor
        self._parts, self._expanded = cursor.parts, cursor.expanded

    def batch(self, item: Item, blob: Blob, *, begin: bool) -> Batch:
        kind = media_type(blob, _name_of(item))
        if self._cursor.digest not in (b"", blob.digest):
            raise ItemTroubleError(ProblemCode.CHANGED)
        if begin and self._known(blob, kind):
            return Batch((Examination(item, Outcome.EXAMINED, media_type=kind, same_as=blob.digest),))
        container = self._container(kind, blob)
        if container is None:
            return Batch((self._own(item, blob, kind, self._cursor.spoiled),))
        inside: list[Examination] = []
        rest, problem = self._some_parts(item, blob, container, inside)
        spoiled = self._cursor.spoiled if self._cursor.at == 0 and self._tools.extractor_for(kind) else None
        if begin or self._cursor.at == 0 or problem:
            inside.insert(0, self._own(item, blob, kind, spoiled, problem))
        return Batch(tuple(inside), rest)

    def _tag(self, item: Item) -> str:
        return self._tools.tag(item.ref)

    def _known(self, blob: Blob, kind: str) -> bool:
        return self._tools.known(blob.digest, kind)

    def _container(self, kind: str, blob: Blob) -> Container | None:
        container = CONTAINERS.get(kind)
        return None if container is None or is_encrypted(blob, kind) else container

    def _some_parts(
        self, item: Item, blob: Blob, container: Container, inside: list[Examination]
    ) -> tuple[Cursor | None, Problem | None]:
        """Examine parts into `inside` until the batch is full; return where to go on, and what ended the walk early."""
        began = time.monotonic()
        spoiled = self._cursor.spoiled
        try:
            for part in _named(container.parts(blob, self._cursor.at), self._tag(item)):
                self._count(1)
                inside += self._part(item, part, spoiled)
                spoiled = None
                full = len(inside) >= self._budget.batch_parts or time.monotonic() - began > self._budget.batch_seconds
                if full:
                    return Cursor(part.next, self._parts, self._expanded, blob.digest), None
        except ItemTroubleError as trouble:
            return None, trouble.problem
        return None, None

    def _count(self, parts: int) -> None:
        self._parts += parts
        if self._parts > self._budget.parts:
            raise ItemTroubleError(ProblemCode.LIMIT, "parts")
        if self._expanded >= self._budget.expanded:
            raise ItemTroubleError(ProblemCode.LIMIT, "expanded")

    def _part(self, item: Item, part: Part, spoiled: Problem | None) -> list[Examination]:
        child = Item(item.ref.inside(part.name), ItemKind.PART, part.size or 0, part.modified)
        problem = spoiled or part.problem
        if problem is not None:
            return [failed(child, problem)]
        limit, name = min((self._budget.bytes, "bytes"), (self._budget.expanded - self._expanded, "expanded"),
                          (_unpacked_limit(part, self._budget.ratio), "ratio"))  # fmt: skip
        try:
            with _surprises_named(self._tag(child)), part.open() as stream, read_once(stream, limit) as blob:
                self._expanded += blob.size
                return list(self._inner(replace(child, size=blob.size), blob))
        except ItemTroubleError as trouble:
            if trouble.problem.code is not ProblemCode.LIMIT:
                return [failed(child, trouble.problem)]
            self._expanded += limit
            return [failed(child, Problem(ProblemCode.LIMIT, name))]

    def _inner(self, item: Item, blob: Blob) -> Iterator[Examination]:
        """The examinations of a part and, where it is a container itself, of all that is in it."""
        kind = media_type(blob, _name_of(item))
        if self._known(blob, kind):
            yield Examination(item, Outcome.EXAMINED, media_type=kind, same_as=blob.digest)
            return
        container = self._container(kind, blob)
        inside: list[Examination] = []
        problem = None
        if container is not None and len(item.ref.part) >= self._budget.depth:
            problem = Problem(ProblemCode.TOO_DEEP, "depth")
        elif container is not None:
            problem = self._all_parts(item, blob, container, inside)
        yield self._own(item, blob, kind, None, problem)
        yield from inside

    def _all_parts(self, item: Item, blob: Blob, container: Container, inside: list[Examination]) -> Problem | None:
        try:
            for part in _named(container.parts(blob, 0), self._tag(item)):
                self._count(1)
                inside += self._part(item, part, None)
        except ItemTroubleError as trouble:
            return trouble.problem
        return None

    def _own(
        self, item: Item, blob: Blob, kind: str, spoiled: Problem | None, cut: Problem | None = None
    ) -> Examination:
        """The examination of an item's own text. `spoiled`: it is not to be read; `cut`: its parts were left short."""
        began = time.process_time()
        found = Examination(item, Outcome.EXAMINED, media_type=kind, digest=blob.digest)
        if spoiled is not None:
            return replace(found, outcome=_OUTCOMES.get(spoiled.code, Outcome.UNREADABLE), problem=spoiled)
        try:
            with _surprises_named(self._tag(item)):
                content = self._content(blob, kind)
                findings = self._tools.classifier.find(content)
        except ItemTroubleError as trouble:
            outcome = _OUTCOMES.get(trouble.problem.code, Outcome.UNREADABLE)
            return replace(found, outcome=outcome, problem=trouble.problem, seconds=time.process_time() - began)
        problem = content.problem or cut
        return replace(
            found, outcome=Outcome.PARTIAL if problem else Outcome.EXAMINED, problem=problem,
            text_chars=len(content.text), findings=findings, assessment=assess(findings), pending=content.pending,
            seconds=time.process_time() - began,
        )  # fmt: skip

    def _content(self, blob: Blob, kind: str) -> Content:
        if is_encrypted(blob, kind):
            raise ItemTroubleError(ProblemCode.ENCRYPTED)
        extractor = self._tools.extractor_for(kind)
        return Content() if extractor is None else extractor.extract(blob, kind, self._budget.text)


def _named(parts: Iterator[Part], tag: str) -> Iterator[Part]:
    with _surprises_named(tag):
        yield from parts


def _name_of(item: Item) -> str:
    if item.ref.part:
        return item.ref.part[-1]
    return item.ref.name.decode("utf-8", "replace")


def _unpacked_limit(part: Part, ratio: int) -> int:
    """How many bytes a packed part may unpack to; a small one may grow to a mebibyte whatever its ratio."""
    return max(MIB, part.packed * ratio) if part.packed is not None else 2**63
