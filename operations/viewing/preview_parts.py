"""From a file to what lies in it: by the readers of containers that an examination takes, and under its limits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import islice

from domain.errors import ItemTroubleError, Problem, ProblemCode
from domain.item import Item, ItemKind
from operations.scanning.reading import kind_of, withheld
from operations.toolkit import Toolkit
from scanner.blob import Blob, read_once, where_it_lies
from scanner.budget import MIB
from scanner.container import Part
from scanner.containers import container_for
from scanner.encryption import is_encrypted
from scanner.source import Opened


@contextmanager
def innermost(item: Item, whole: Item, opened: Opened, tools: Toolkit) -> Iterator[Blob]:
    """The bytes of an item: of the file that is `opened`, or of what lies in that under the names of its address.

    Raises ItemTroubleError: vanished where nothing lies there any more.
    """
    here = whole
    with ExitStack() as held:
        blob = held.enter_context(_outermost(item, opened, tools))
        for name in item.ref.part:
            part = _part(here, blob, name, tools)
            blob = held.enter_context(_unpacked(part, tools))
            here = Item(here.ref.inside(name), ItemKind.PART)
        yield blob


@contextmanager
def _outermost(item: Item, opened: Opened, tools: Toolkit) -> Iterator[Blob]:
    """A large store is read where it lies, and all else as a copy."""
    lying = where_it_lies(opened.file) if item.ref.part else None
    if lying is not None and tools.budget.bytes < lying.size <= tools.budget.store:
        yield lying
        return
    opened.file.seek(0)
    with read_once(opened.file, tools.budget.bytes) as blob:
        yield blob


def _part(item: Item, blob: Blob, name: str, tools: Toolkit) -> Part:
    kind = kind_of(item, blob)
    if problem := withheld(item, kind, tools):
        raise ItemTroubleError(problem.code, problem.limit)
    if is_encrypted(blob, kind):
        raise ItemTroubleError(ProblemCode.ENCRYPTED)
    container = container_for(kind, tools.mail)
    parts = container.parts(blob, 0) if container else iter(())
    part = next((one for one in islice(parts, tools.budget.parts) if one.name == name), None)
    if part is None:
        raise ItemTroubleError(ProblemCode.VANISHED)
    if part.problem is not None:
        raise ItemTroubleError(part.problem.code, part.problem.limit)
    return part


@contextmanager
def _unpacked(part: Part, tools: Toolkit) -> Iterator[Blob]:
    """Its bytes, as far as the limits go, the first of which is named. A small one may have a mebibyte in any case."""
    packed = 2**63 if part.packed is None else max(MIB, part.packed * tools.budget.ratio)
    limit, name = min((tools.budget.bytes, "bytes"), (packed, "ratio"), (tools.budget.expanded, "expanded"))
    with ExitStack() as held:
        try:
            blob = held.enter_context(read_once(held.enter_context(part.open()), limit))
        except ItemTroubleError as trouble:
            if trouble.problem != Problem(ProblemCode.LIMIT, "bytes"):
                raise
            raise ItemTroubleError(ProblemCode.LIMIT, name) from trouble
        yield blob
