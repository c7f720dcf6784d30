"""What a preview's own process does: opens the item, compares the rights that it has now, reads it and searches it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from domain.admission import admits
from domain.content import Content
from domain.errors import ItemTroubleError, Problem, ProblemCode
from domain.finding import Finding
from domain.item import Item
from domain.preview import Preview, Withheld, in_pieces
from domain.privacy import FingerprintKey
from operations.config import Settings
from operations.scanning.reading import kind_of, withheld
from operations.toolkit import Toolkit, surprises_named
from operations.viewing.preview_fetching import UNKNOWN_RIGHTS, whole_of
from operations.viewing.preview_parts import innermost
from operations.viewing.preview_words import written
from operations.wiring import ToolkitMaker
from scanner.blob import Blob
from scanner.encryption import is_encrypted
from scanner.source import Opened, Source
from scanner.sources.carried import Carried, CarriedSource
from scanner.sources.filesystem import FilesystemSource
from scanner.sources.rights_now import rights_now
from scanner.sources.unreachable import SourceUnreachableError
from scanner.thumbnail import thumbnail

MOST = 20_000
"""Characters that are shown, and searched."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be shown, to somebody who is known to be these principals: as a `picture`, where it is one.

    `carried` is the copy of an item of a network source, whose rights were compared when it was made.
    """

    settings: Settings
    item: Item
    principals: frozenset[str] = field(repr=False)
    picture: bool = False
    carried: Carried | None = None

    def __call__(self) -> bytes:
        return written(read(self))


def read(order: Order) -> Preview:
    """The item as it is now. Its trouble is a preview's too."""
    # A key of the moment: what it makes of values is not looked at.
    tools = ToolkitMaker(order.settings, FingerprintKey(secrets.token_bytes(32)), reuse=False)()
    name, whole = order.item.ref.source, whole_of(order.item)
    source = CarriedSource(name, order.carried) if order.carried else tools.sources[name]
    try:
        with surprises_named("-"), source.open(whole) as opened:
            if not _is_let_in(source, order, opened):
                return Preview(why=Withheld.REFUSED)
            with innermost(order.item, whole, opened, tools) as blob:
                shown = _shown(order, blob, tools)
            return replace(shown, changed=opened.version != order.item.version)
    except ItemTroubleError as trouble:
        return Preview(why=Withheld.UNKNOWN if trouble.problem == UNKNOWN_RIGHTS else trouble.problem)
    except SourceUnreachableError:
        return Preview(why=Withheld.OUT_OF_REACH)


def _is_let_in(source: Source, order: Order, opened: Opened) -> bool:
    """By every folder on the way and the file itself, before a byte of it is read. Of a mailbox, by whose it is: that
    was asked before.
    """
    if not isinstance(source, FilesystemSource):
        return True
    try:
        on_the_way = list(rights_now(source.root, order.item.ref.locator, opened.file.fileno()))
    except OSError as error:
        raise ItemTroubleError(UNKNOWN_RIGHTS.code, UNKNOWN_RIGHTS.limit) from error
    return all(admits(rights, order.principals) for rights in on_the_way)


def _shown(order: Order, blob: Blob, tools: Toolkit) -> Preview:
    kind = kind_of(order.item, blob)
    if problem := withheld(order.item, kind, tools):
        return Preview(why=problem)
    if kind.startswith("image/"):
        return Preview(picture=thumbnail(blob)) if order.picture else Preview(why=Withheld.IS_PICTURE)
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
