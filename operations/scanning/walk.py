"""One batch through one outer item: its own content, then the parts inside it, nested ones part by part as well."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import TypeAlias

from domain.errors import ItemTroubleError, Problem, ProblemCode
from domain.examination import ENDED, Batch, Cursor, Examination, Outcome
from domain.item import Item, ItemKind
from operations.scanning.reading import failed, kind_of, name_of, read_own, withheld
from operations.toolkit import Toolkit, surprises_named
from scanner.blob import Blob, read_once
from scanner.budget import MIB
from scanner.container import Container, Part
from scanner.containers import container_for
from scanner.encryption import is_encrypted
from scanner.media_extension import extension_disagrees
from scanner.message import message_of

_Position: TypeAlias = tuple[int, ...]
_MOST_PARTS = 1000
"""So many parts end a batch however long it took to get to where it began."""


_SHARE_OF_CLOCK = 0.5
"""Of the parent's clock, how much a batch may use up: what it has done is lost when that runs out."""

_MESSAGE = "MESSAGE"
"""The kind under which messages are fingerprinted."""

_TOO_LARGE = Problem(ProblemCode.LIMIT, "bytes")
"""What `read_once` says of a part that is larger than it was told to read."""


class Walk:
    """Counts what the whole tree has used of its budget while one batch of it is examined.

    As far as the clock allows, a batch lasts at least as long as it took to get to where it begins, so that an archive
    which must be unpacked from its beginning every time costs no more than twice its reading. `began` is when it set
    out, by the monotonic clock: to copy or hash the item is part of the way.
    """

    def __init__(self, tools: Toolkit, cursor: Cursor, began: float) -> None:
        self._tools, self._budget, self._cursor = tools, tools.budget, cursor
        self._parts, self._expanded = cursor.parts, cursor.expanded
        self._spoiled = cursor.spoiled
        self._began = self._arrived = began
        self._steps = 0
        self._found: list[Examination] = []

    def batch(self, item: Item, blob: Blob, version: bytes) -> Batch:
        """The next batch of an item whose bytes are of this version, by its source."""
        if self._cursor.digest not in (b"", blob.digest):
            raise ItemTroubleError(ProblemCode.CHANGED)
        rest = self._examine(item, blob, self._cursor.at)
        if rest is None:
            return Batch(tuple(self._found))
        seconds = self._cursor.seconds + time.monotonic() - self._began
        used = self._parts, self._expanded, blob.digest, seconds
        return Batch(tuple(self._found), Cursor(rest, *used, version=version))

    def _examine(self, item: Item, blob: Blob, at: _Position) -> _Position | None:
        """Examine an item or part and what is inside it from `at` on; return where to go on, None at its end.

        Positions here are those below the item: () is its own text.
        """
        kind = kind_of(item, blob)
        if problem := withheld(item, kind, self._tools):
            self._fail(item, problem, begun=at != ())
            return None
        if not at and self._known(item, blob, kind):
            return None
        message = self._message(item, blob, kind) if not at else None
        if message and self._met(item, blob, kind, message):
            return None
        container = self._container(blob, kind)
        own = self._own(item, blob, kind, message) if not at else None
        if container is None:
            return None
        if not at and self._is_full():
            self._leave_open(own)
            return (0,)
        rest, problem = self._walk(item, blob, container, at)
        if problem is not None:
            self._cut_short(item, own, problem)
        if rest is not None:
            self._leave_open(own)
        return rest

    def _known(self, item: Item, blob: Blob, kind: str) -> bool:
        """Whether it came out before, under this digest; then that is written down in its place."""
        if self._tools.recogniser is not None or not self._tools.known(blob.digest, kind):
            return False
        self._step()
        self._found.append(Examination(item, Outcome.EXAMINED, media_type=kind, same_as=blob.digest))
        return True

    def _message(self, item: Item, blob: Blob, kind: str) -> bytes | None:
        """The fingerprint of a message; None of all else, and of one that cannot be told from others."""
        if self._tools.recogniser is not None or self._spoiled is not None:
            return None
        with suppress(ItemTroubleError), surprises_named(self._tools.tag(item.ref)):
            digest = message_of(blob, kind)
            return (digest and self._tools.fingerprint(_MESSAGE, digest.hex())) or None
        return None

    def _met(self, item: Item, blob: Blob, kind: str, message: bytes) -> bool:
        """Whether a copy of this message came out before, in another mailbox; then that is written down."""
        if not self._tools.known_message(message, kind):
            return False
        self._step()
        misnamed = extension_disagrees(kind, name_of(item))
        found = Examination(item, Outcome.EXAMINED, media_type=kind, digest=blob.digest, misnamed=misnamed)
        self._found.append(replace(found, same_message=message))
        return True

    def _container(self, blob: Blob, kind: str) -> Container | None:
        container = container_for(kind, self._tools.mail)
        return None if container is None or is_encrypted(blob, kind) else container

    def _own(self, item: Item, blob: Blob, kind: str, message: bytes | None) -> int | None:
        """Examine an item's own text and say where that is written; None where this pass has nothing to do with it."""
        self._step()
        if self._tools.recogniser is not None and not self._tools.awaits_ocr(blob.digest, kind):
            return None
        found = read_own(item, blob, kind, self._tools, self._began, self._take_spoiled())
        self._found.append(replace(found, traits=replace(found.traits, message=message)))
        return len(self._found) - 1

    def _take_spoiled(self) -> Problem | None:
        spoiled, self._spoiled = self._spoiled, None
        return spoiled

    def _leave_open(self, own: int | None) -> None:
        """Note that parts of what was examined at this index are still to come."""
        if own is not None:
            self._found[own] = replace(self._found[own], whole=False)

    def _cut_short(self, item: Item, own: int | None, problem: Problem) -> None:
        """Note that the parts of an item were left short: with its own text where that is in this batch.

        A limit says more than a trouble of the item's own text: with another limit there is more to be read.
        """
        if self._tools.recogniser is not None:
            return  # The first pass met it too.
        if own is None:
            self._found.append(failed(item, problem, begun=True))
            return
        found = self._found[own]
        if found.problem is None or problem.code in (ProblemCode.LIMIT, ProblemCode.TOO_DEEP):
            outcome = Outcome.PARTIAL if found.outcome is Outcome.EXAMINED else found.outcome
            self._found[own] = replace(found, outcome=outcome, problem=problem)

    def _walk(
        self, item: Item, blob: Blob, container: Container, at: _Position
    ) -> tuple[_Position | None, Problem | None]:
        """Examine the parts from `at` on; return where to go on, or what ended the walk early."""
        if len(item.ref.part) >= self._budget.depth:
            return None, self._too_deep(item, blob, container)
        here, deeper = (at[0] if at else 0), at[1:]
        try:
            for part in _named(container.parts(blob, here), self._tools.tag(item.ref)):
                self._count(resumed=bool(deeper))
                rest = self._part(item, part, deeper)
                if rest is not None:
                    return (here, *rest), None
                here, deeper = part.next, ()
                if self._is_full():
                    return (here,), None
        except ItemTroubleError as trouble:
            return None, trouble.problem
        return None, None

    def _too_deep(self, item: Item, blob: Blob, container: Container) -> Problem | None:
        """The problem of a container at the limit of depth that does hold something."""
        try:
            inside = next(iter(_named(container.parts(blob, 0), self._tools.tag(item.ref))), None)
        except ItemTroubleError as trouble:
            return trouble.problem
        return None if inside is None else Problem(ProblemCode.TOO_DEEP, "depth")

    def _count(self, *, resumed: bool) -> None:
        self._parts += not resumed
        if self._parts > self._budget.parts:
            raise ItemTroubleError(ProblemCode.LIMIT, "parts")
        if self._expanded >= self._budget.expanded:
            raise ItemTroubleError(ProblemCode.LIMIT, "expanded")
        if self._cursor.seconds + time.monotonic() - self._began > self._budget.all_seconds:
            raise ItemTroubleError(ProblemCode.LIMIT, "all-seconds")

    def _part(self, item: Item, part: Part, at: _Position) -> _Position | None:
        child = Item(item.ref.inside(part.name), ItemKind.PART, part.size or 0, part.modified)
        if at == (ENDED,):
            self._fail(child, self._take_spoiled() or Problem(ProblemCode.CRASHED), begun=True, again=True)
            return None
        spoiled = None if at else self._take_spoiled()
        if problem := part.problem or spoiled:
            self._fail(child, problem, again=spoiled is not None)
            return None
        limit, name = self._limit_of(part, resumed=bool(at))
        try:
            with (
                surprises_named(self._tools.tag(child.ref)),
                part.open() as stream,
                read_once(stream, limit) as blob,
            ):
                self._expanded += 0 if at else blob.size
                return self._examine(replace(child, size=blob.size), blob, at)
        except ItemTroubleError as trouble:
            if trouble.problem != _TOO_LARGE:
                self._fail(child, trouble.problem, begun=bool(at))
                return None
            self._expanded += limit
            self._fail(child, Problem(ProblemCode.LIMIT, name), begun=bool(at))
            return None

    def _limit_of(self, part: Part, *, resumed: bool) -> tuple[int, str]:
        """How many bytes of a part may be read, and the name of that limit. One that is read again is paid for."""
        limits = [(self._budget.bytes, "bytes"), (_unpacked_limit(part, self._budget.ratio), "ratio")]
        if not resumed:
            limits.append((self._budget.expanded - self._expanded, "expanded"))
        return min(limits)

    def _fail(self, child: Item, problem: Problem, *, begun: bool = False, again: bool = False) -> None:
        """Write the part's problem down; on a second pass only what that pass met, `again`, is news."""
        self._step()
        if again or self._tools.recogniser is None:
            self._found.append(failed(child, problem, begun=begun))

    def _step(self) -> None:
        if not self._steps:
            self._arrived = time.monotonic()
        self._steps += 1

    def _is_full(self) -> bool:
        if not self._steps:
            return False
        way, here = self._arrived - self._began, time.monotonic() - self._arrived
        if self._steps >= _MOST_PARTS or way + here > _SHARE_OF_CLOCK * self._budget.seconds:
            return True
        enough = self._steps >= self._budget.batch_parts and (here > way or self._budget.batch_parts == 1)
        return enough or here > max(self._budget.batch_seconds, way)


def _named(parts: Iterator[Part], tag: str) -> Iterator[Part]:
    with surprises_named(tag):
        yield from parts


def _unpacked_limit(part: Part, ratio: int) -> int:
    """How many bytes a packed part may unpack to; a small one may grow to a mebibyte whatever its ratio."""
    return max(MIB, part.packed * ratio) if part.packed is not None else 2**63
