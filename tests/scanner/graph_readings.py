"""Short ways to say what a source listed."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from domain.errors import ItemTroubleError
from domain.item import Item, ItemKind, Listing
from scanner.source import Source

ALICE, BOB = "alice@council.example", "bob@council.example"
SITE = "council.sharepoint.example/sites/Housing"


def states_of(listings: Iterable[Listing]) -> Callable[[bytes], bytes]:
    """What an inventory knows after these listings."""
    states = {listing.folder: listing.state for listing in listings}
    return lambda folder: states.get(folder, b"")


def items_of(listings: Iterable[Listing]) -> list[Item]:
    return [item for listing in listings for item in listing.items]


def files_of(listings: Iterable[Listing]) -> list[bytes]:
    return [item.ref.locator for item in items_of(listings) if item.kind is ItemKind.FILE and item.problem is None]


def listing_of(listings: Iterable[Listing], folder: bytes) -> Listing:
    return next(listing for listing in listings if listing.folder == folder)


def content_of(source: Source, item: Item) -> bytes:
    with source.open(item) as opened:
        return opened.file.read()


def trouble_of(source: Source, item: Item) -> ItemTroubleError:
    try:
        with source.open(item):
            raise AssertionError("it was opened")
    except ItemTroubleError as trouble:
        return trouble
