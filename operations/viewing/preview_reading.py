"""What a preview's own process does: opens the item, compares the rights that it has now, reads it and searches it."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from domain.admission import admits
from domain.content import Content
from domain.errors import ItemTroubleError, Problem, ProblemCode
from domain.finding import Finding
from domain.item import Item
from domain.preview import Piece, Preview, Withheld, in_pieces
from domain.privacy import FingerprintKey
from operations.config import Settings
from operations.scanning.reading import kind_of, withheld
from operations.toolkit import Toolkit, surprises_named
from operations.wiring import ToolkitMaker
from scanner.blob import Blob, read_once
from scanner.encryption import is_encrypted
from scanner.source import Opened
from scanner.sources.filesystem import FilesystemSource
from scanner.sources.rights_now import rights_now
from scanner.sources.unreachable import SourceUnreachableError

MOST = 20_000
"""Characters that are shown, and searched."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be shown, to somebody who is known to be these principals."""

    settings: Settings
    item: Item
    principals: frozenset[str] = field(repr=False)

    def __call__(self) -> bytes:
        return written(read(self))


def read(order: Order) -> Preview:
    """The item as it is now. Its trouble is a preview's too."""
    # A key of the moment: what it makes of values is not looked at.
    tools = ToolkitMaker(order.settings, FingerprintKey(secrets.token_bytes(32)), reuse=False)()
    source = tools.sources[order.item.ref.source]
    if not isinstance(source, FilesystemSource):
        return Preview(why=Withheld.IS_FAR)
    try:
        with surprises_named("-"), source.open(order.item) as opened:
            if not _is_let_in(source, order, opened):
                return Preview(why=Withheld.REFUSED)
            with read_once(opened.file, tools.budget.bytes) as blob:
                shown = _shown(order.item, blob, tools)
            return replace(shown, changed=opened.version != order.item.version)
    except ItemTroubleError as trouble:
        unknown = trouble.problem == Problem(ProblemCode.UNSUPPORTED, "rights")
        return Preview(why=Withheld.UNKNOWN if unknown else trouble.problem)
    except SourceUnreachableError:
        return Preview(why=Withheld.OUT_OF_REACH)


def _is_let_in(source: FilesystemSource, order: Order, opened: Opened) -> bool:
    """By every folder on the way and the file itself, before a byte of it is read."""
    try:
        on_the_way = list(rights_now(source.root, order.item.ref.locator, opened.file.fileno()))
    except OSError as error:
        raise ItemTroubleError(ProblemCode.UNSUPPORTED, "rights") from error
    return all(admits(rights, order.principals) for rights in on_the_way)


def _shown(item: Item, blob: Blob, tools: Toolkit) -> Preview:
    kind = kind_of(item, blob)
    if problem := withheld(item, kind, tools):
        return Preview(why=problem)
    if kind.startswith("image/"):
        return Preview(why=Withheld.IS_PICTURE)
    if is_encrypted(blob, kind):
        return Preview(why=Problem(ProblemCode.ENCRYPTED))
    extractor = tools.extractor_for(kind)
    content = extractor.extract(blob, kind, tools.budget.stretch) if extractor else Content()
    begun = _beginning(content)
    if not begun.text.strip():
        return Preview(why=content.problem or Withheld.HAS_NO_TEXT)
    pieces = in_pieces(begun.text, _spans(tools.classifier.find(begun)))
    return Preview(pieces, longer=len(content.text) > MOST, partly=content.problem)


def _beginning(content: Content) -> Content:
    tables = tuple(replace(one, end=min(one.end, MOST)) for one in content.tables if one.start < MOST)
    return replace(content, text=content.text[:MOST], tables=tables, rest=())


def _spans(findings: tuple[Finding, ...]) -> Mapping[str, tuple[tuple[int, int], ...]]:
    return {one.kind: one.spans for one in findings}


def written(preview: Preview) -> bytes:
    """As it leaves the process: plain, so that it can be read without trusting who wrote it."""
    why = {"withheld": preview.why} if isinstance(preview.why, Withheld) else {"problem": _told(preview.why)}
    return json.dumps({
        "pieces": [(one.text, one.kinds) for one in preview.pieces], **why, "longer": preview.longer,
        "changed": preview.changed, "partly": _told(preview.partly),
    }).encode("ascii")  # fmt: skip


def understood(told: bytes) -> Preview:
    """Raises ItemTroubleError (crashed) for what is not as `written` writes it."""
    try:
        said = json.loads(told)
        pieces = tuple(Piece(str(text), tuple(map(str, kinds))) for text, kinds in said["pieces"])
        why = Withheld(said["withheld"]) if "withheld" in said else _problem(said["problem"])
        return Preview(pieces, why, bool(said["longer"]), bool(said["changed"]), _problem(said["partly"]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ItemTroubleError(ProblemCode.CRASHED) from error


def _told(problem: Problem | None) -> tuple[str, str | None] | None:
    return (problem.code, problem.limit) if problem else None


def _problem(told: Any) -> Problem | None:
    if told is None:
        return None
    code, limit = told
    return Problem(ProblemCode(code), None if limit is None else str(limit))
